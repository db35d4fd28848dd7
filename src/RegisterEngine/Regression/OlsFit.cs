namespace RegisterEngine.Regression;

/// <summary>By which way the coefficients were found.</summary>
public enum SolvePath
{
    /// <summary>Normal equations, whose condition leaves enough digits.</summary>
    NormalEquations,

    /// <summary>Reflections of the rows, refined with twice the digits.</summary>
    Rows,
}

/// <summary>An effect that was absorbed.</summary>
/// <param name="Name">Its factor.</param>
/// <param name="Levels">Levels that have rows.</param>
/// <param name="Singletons">Levels with one row only.</param>
public sealed record EffectInfo(string Name, int Levels, int Singletons);

/// <summary>Clusters of errors.</summary>
/// <param name="Name">Their factor.</param>
/// <param name="Count">How many have rows.</param>
public sealed record ClusterInfo(string Name, int Count);

/// <summary>A model of one outcome by least squares.</summary>
public sealed record OlsFit
{
    /// <summary>The outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>Coefficients, in the order of the terms; the constant first.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>Rows that count, with repetitions.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that were left out because a variable is missing.</summary>
    public required long Missing { get; init; }

    /// <summary>Rows that were left out because they were alone in a level of an effect.</summary>
    public required long DroppedSingletons { get; init; }

    /// <summary>Rows without influence on the coefficients, with leverage one.</summary>
    public required long LeverageOne { get; init; }

    /// <summary>All parameters: identified terms and absorbed effects.</summary>
    public required int Parameters { get; init; }

    /// <summary>Parameters that count in the correction for small samples.</summary>
    public required int CountedParameters { get; init; }

    /// <summary>Effects that were absorbed.</summary>
    public required IReadOnlyList<EffectInfo> Effects { get; init; }

    /// <summary>Clusters of errors.</summary>
    public required IReadOnlyList<ClusterInfo> Clusters { get; init; }

    /// <summary>How the variance was estimated.</summary>
    public required ErrorKind Errors { get; init; }

    /// <summary>Corrections for small samples.</summary>
    public required SmallSample SmallSample { get; init; }

    /// <summary>Degrees of freedom of t, unless a coefficient has its own.</summary>
    public required double Degrees { get; init; }

    /// <summary>Mean of the outcome.</summary>
    public required double Mean { get; init; }

    /// <summary>Sum of squares of residuals.</summary>
    public required double ResidualSquares { get; init; }

    /// <summary>Sum of squares of the outcome around its mean (around zero without a constant or effects).</summary>
    public required double TotalSquares { get; init; }

    /// <summary>By which way the coefficients were found.</summary>
    public required SolvePath Path { get; init; }

    /// <summary>Condition of the regressors, each divided by its norm, after effects are taken out.</summary>
    public required double Condition { get; init; }

    /// <summary>Variances and covariances of the coefficients that have a value, in their order; row by row.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Share of the sum of squares that the model explains; null where the outcome does not vary.</summary>
    public double? RSquared => TotalSquares > 0 ? 1 - (ResidualSquares / TotalSquares) : null;

    /// <summary>The coefficient of a term.</summary>
    /// <exception cref="KeyNotFoundException">The model has no such term.</exception>
    public Coefficient this[string term] =>
        Coefficients.FirstOrDefault(coefficient => coefficient.Term == term) ?? throw new KeyNotFoundException($"The model has no term '{term}'.");
}
