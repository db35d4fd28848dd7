namespace RegisterEngine.Regression;

/// <summary>What a model is fitted to, row by row.</summary>
public sealed record ModelRows
{
    /// <summary>Regressors, in the order of results, without the constant.</summary>
    public required IReadOnlyList<Variable> Regressors { get; init; }

    /// <summary>Outcomes: each is a model of its own, by the same regressors.</summary>
    public required IReadOnlyList<Variable> Outcomes { get; init; }

    /// <summary>Whether there is a constant; effects take its place.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>One for each row; null for ones.</summary>
    public double[]? Weights { get; init; }

    /// <summary>What a weight means.</summary>
    public WeightKind WeightKind { get; init; }

    /// <summary>Effects that are absorbed.</summary>
    public IReadOnlyList<Grouping> Effects { get; init; } = [];

    /// <summary>Clusters of errors: none, one or two ways.</summary>
    public IReadOnlyList<Grouping> Clusters { get; init; } = [];
}
