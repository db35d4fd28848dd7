using System.Text.Json.Serialization;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Which person-years are counted, after the panel is built; null means all.</summary>
public sealed record Sample
{
    /// <summary>Position size of the main job at least, in hundredths of a percent; unknown sizes do not count then.</summary>
    public int? MinimumSize { get; init; }

    /// <summary>New hires or others only; unknown ones do not count then.</summary>
    public NewHire? NewHire { get; init; }

    /// <summary>Years.</summary>
    public IReadOnlyList<int>? Years { get; init; }

    /// <summary>Position codes.</summary>
    public IReadOnlyList<string>? PositionCodes { get; init; }

    /// <summary>Service areas.</summary>
    public IReadOnlyList<string>? ServiceAreas { get; init; }

    /// <summary>Municipalities.</summary>
    public IReadOnlyList<string>? Municipalities { get; init; }

    /// <summary>Workplaces.</summary>
    public IReadOnlyList<string>? Workplaces { get; init; }

    /// <summary>Whether nothing but the size of the position decides.</summary>
    internal bool IsBySizeAlone =>
        this is { NewHire: null, Years: null, PositionCodes: null, ServiceAreas: null, Municipalities: null, Workplaces: null };
}

/// <summary>One table of cells to make: person-years of a sample, grouped.</summary>
public sealed record CellPlan
{
    /// <summary>Name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>What it is grouped by, in the order of its columns; nothing for one cell of all.</summary>
    public required IReadOnlyList<Dimension> By { get; init; }

    /// <summary>Which person-years are counted.</summary>
    public Sample Sample { get; init; } = new();

    /// <summary>Whether the year after each of the sample is counted too, for the average of its stock and the next.</summary>
    [JsonIgnore]
    public bool HasYearAfter { get; init; }

    /// <summary>The sample that is counted.</summary>
    internal Sample Counted => HasYearAfter && Sample.Years is { } years ? Sample with { Years = [.. years.Union(years.Select(year => year + 1))] } : Sample;
}

/// <summary>Age groups: each begins at one age and ends before the next begins.</summary>
/// <param name="Starts">First ages, in order; the first group takes all younger ones too.</param>
public sealed record AgeGroups(IReadOnlyList<int> Starts)
{
    /// <summary>Under 20, 20-29, ... 60-69, 70 and over.</summary>
    public static AgeGroups TenYears { get; } = new([0, 20, 30, 40, 50, 60, 70]);

    /// <summary>The name of a group: <c>0-19</c>, <c>20-29</c>, <c>70+</c>.</summary>
    public string Label(int group) => group + 1 < Starts.Count ? $"{FirstOf(group)}-{Starts[group + 1] - 1}" : $"{FirstOf(group)}+";

    /// <summary>The group of an age.</summary>
    public int GroupOf(int age)
    {
        int group = 0;
        while (group + 1 < Starts.Count && age >= Starts[group + 1])
            group++;
        return group;
    }

    private int FirstOf(int group) => group == 0 ? 0 : Starts[group];
}
