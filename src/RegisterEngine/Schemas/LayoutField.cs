using RegisterEngine.Columns;

namespace RegisterEngine.Schemas;

/// <summary>What is looked up or counted about the values of a column, without refusing any.</summary>
public enum FieldCheck
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Norwegian organisation numbers: invalid ones are counted.</summary>
    OrganisationNumber,
}

/// <summary>One column of an extract.</summary>
public sealed record LayoutField
{
    /// <summary>Its name in the header.</summary>
    public required string Name { get; init; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The canonical column that it holds; null for a column that is not used.</summary>
    public RegisterColumn? Column { get; init; }

    /// <summary>The column holds the age at the count, from which the year of birth is reckoned (year minus age).</summary>
    public bool IsAge { get; init; }

    /// <summary>First position in a fixed-width record, counted from 1.</summary>
    public int Start { get; init; }

    /// <summary>Positions in a fixed-width record.</summary>
    public int Length { get; init; }

    /// <summary>A record without a value is rejected.</summary>
    public bool Required { get; init; }

    /// <summary>Smallest value, in the unit of the canonical column (hundredths for sizes and pay).</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest value, in the unit of the canonical column.</summary>
    public long? Maximum { get; init; }

    /// <summary>A regular expression that the whole text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only values allowed; null where any is.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Texts that mean that there is no value.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [""];

    /// <summary>The sign between whole numbers and decimals.</summary>
    public char DecimalSign { get; init; } = '.';

    /// <summary>What a number is multiplied by to be in the unit of the canonical column: 100 for percent, 10 000 for fractions.</summary>
    public int Scale { get; init; } = 100;

    /// <summary>The pattern of dates, of <c>%Y</c>, <c>%m</c> and <c>%d</c>.</summary>
    public string DatePattern { get; init; } = "%Y-%m-%d";

    /// <summary>Codes of digits that are shorter than this are filled with zeros on the left, and counted as repaired; 0 for none.</summary>
    public int PadLeft { get; init; }

    /// <summary>What the texts of a column of sexes mean.</summary>
    public IReadOnlyDictionary<string, Sex> Sexes { get; init; } = DefaultSexes;

    /// <summary>What is counted about the values.</summary>
    public FieldCheck Check { get; init; }

    /// <summary>Known codes; others are counted. Null where nobody said which are known.</summary>
    public IReadOnlyCollection<string>? KnownCodes { get; init; }

    /// <summary>How sexes are usually written in Norwegian registers.</summary>
    public static IReadOnlyDictionary<string, Sex> DefaultSexes { get; } = new Dictionary<string, Sex>(StringComparer.OrdinalIgnoreCase)
    {
        ["M"] = Sex.Male,
        ["1"] = Sex.Male,
        ["Mann"] = Sex.Male,
        ["Male"] = Sex.Male,
        ["K"] = Sex.Female,
        ["2"] = Sex.Female,
        ["Kvinne"] = Sex.Female,
        ["F"] = Sex.Female,
        ["Female"] = Sex.Female,
    };
}
