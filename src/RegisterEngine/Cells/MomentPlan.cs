namespace RegisterEngine.Cells;

/// <summary>One table of cells with moments to make: person-years of a sample, grouped, with what models need to know of those within a cell.</summary>
public sealed record MomentPlan
{
    /// <summary>Name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>Factors: what it is grouped by, in the order of its columns. Cells whose first factors agree lie together.</summary>
    public required IReadOnlyList<Dimension> By { get; init; }

    /// <summary>Which person-years count.</summary>
    public Sample Sample { get; init; } = new();

    /// <summary>
    /// Highest degree of the moments: 2 gives coefficients, classical and clustered errors of models that are linear in age and sex; 4 gives exact robust errors too.
    /// </summary>
    public int Degree { get; init; } = MomentBasis.HighestDegree;

    /// <summary>Whether the distinct person-years of each cell are kept, with their counts: for leverages, and for models whose normal equations lose digits.</summary>
    public bool KeepRows { get; init; }
}

/// <summary>What is known of a person-year beside its factors.</summary>
[Flags]
public enum KnownControls
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Age.</summary>
    Age = 1,

    /// <summary>Sex.</summary>
    Sex = 2,

    /// <summary>Age and sex.</summary>
    Both = Age | Sex,
}
