namespace RegisterEngine.Panel;

/// <summary>Which employment is the main job.</summary>
public enum MainJobRule
{
    /// <summary>The one with the largest position size.</summary>
    LargestEmployment,

    /// <summary>Sizes of employments at one workplace are added first; the largest sum wins.</summary>
    SumByWorkplace,
}

/// <summary>What makes a new hire.</summary>
public enum NewHireRule
{
    /// <summary>The main job is at another workplace than the main job of the year before.</summary>
    MainJob,

    /// <summary>No employment at all at this workplace the year before.</summary>
    AnyJob,
}

/// <summary>Of which units gaps in coverage are looked for.</summary>
public enum CoverageLevel
{
    /// <summary>Municipalities.</summary>
    Municipality,

    /// <summary>Municipalities and workplaces.</summary>
    Workplace,
}

/// <summary>Which employments count at all, before the main job is chosen; null means all.</summary>
public sealed record Universe
{
    /// <summary>Position codes.</summary>
    public IReadOnlyList<string>? PositionCodes { get; init; }

    /// <summary>Service areas.</summary>
    public IReadOnlyList<string>? ServiceAreas { get; init; }

    /// <summary>Municipalities.</summary>
    public IReadOnlyList<string>? Municipalities { get; init; }

    /// <summary>Forms of employment.</summary>
    public IReadOnlyList<string>? EmploymentForms { get; init; }
}

/// <summary>A unit that delivered nothing in a year, as the user knows.</summary>
/// <param name="Unit">Code of a municipality, or key of a workplace.</param>
/// <param name="Year">The year.</param>
public sealed record MissingDelivery(string Unit, int Year);

/// <summary>How gaps in coverage are found.</summary>
public sealed record CoverageOptions
{
    /// <summary>Of which units gaps are looked for.</summary>
    public CoverageLevel Level { get; init; }

    /// <summary>A year with less than this share of the rows of both neighbours is a gap.</summary>
    public double Threshold { get; init; } = 0.1;

    /// <summary>Gaps that the data alone do not show.</summary>
    public IReadOnlyList<MissingDelivery> Missing { get; init; } = [];
}

/// <summary>The rules by which the panel is built; the defaults are those of the evaluation of the mentor programme.</summary>
public sealed record PanelOptions
{
    /// <summary>Which employments count at all.</summary>
    public Universe Universe { get; init; } = new();

    /// <summary>Which employment is the main job.</summary>
    public MainJobRule MainJob { get; init; }

    /// <summary>What makes a new hire.</summary>
    public NewHireRule NewHire { get; init; }

    /// <summary>How gaps in coverage are found.</summary>
    public CoverageOptions Coverage { get; init; } = new();
}
