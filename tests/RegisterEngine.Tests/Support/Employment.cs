using System.Globalization;

namespace RegisterEngine.Tests.Support;

/// <summary>One employment as a test writes it; null is a missing value.</summary>
public sealed record Employment(int Year, string Person, string Workplace)
{
    public string? Municipality { get; init; } = "0301";

    /// <summary>Hundredths of a percent.</summary>
    public int? Size { get; init; } = 10_000;

    public DateOnly? Start { get; init; }

    public string? Position { get; init; } = "7174";

    public string? PositionName { get; init; } = "Sykepleier";

    public string? Area { get; init; } = "helse";

    public string? Form { get; init; } = "Fast";

    public string? WorkplaceName { get; init; } = "Solhaug";

    public int? BirthYear { get; init; } = 1980;

    public string? Sex { get; init; } = "K";

    /// <summary>Whole kroner.</summary>
    public int? Pay { get; init; }

    public static string Header =>
        "aar;personid;fodselsaar;kjonn;kommunenr;orgnr;virksomhet;stillingskode;stillingsnavn;tjenesteomrade;stillingsprosent;ansettelsesform;ansattdato;grunnlonn";

    public string ToLine() => string.Join(';',
        Year, Person, BirthYear, Sex, Municipality, Workplace, WorkplaceName, Position, PositionName, Area,
        Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size / 100},{size % 100:00}") : "", Form,
        Start?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Pay);

    public static string ToCsv(IEnumerable<Employment> employments) =>
        string.Concat(employments.Select(employment => employment.ToLine() + "\n").Prepend(Header + "\n"));
}

/// <summary>One person-year as a test expects it.</summary>
public sealed record PersonYear(int Year, string Person, string Workplace, string? Municipality, int? Size, string? Position, string NewHire, string Transition)
{
    public DateOnly? Start { get; init; }

    public int? Pay { get; init; }

    public string? Area { get; init; }

    public string? WorkplaceName { get; init; }

    public string? Form { get; init; }

    public int? BirthYear { get; init; }

    public string? Sex { get; init; }
}
