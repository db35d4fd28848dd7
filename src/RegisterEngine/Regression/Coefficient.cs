namespace RegisterEngine.Regression;

/// <summary>A coefficient, or the reason why there is none.</summary>
public sealed record Coefficient
{
    /// <summary>Its term.</summary>
    public required string Term { get; init; }

    /// <summary>The estimate; null where it is not identified.</summary>
    public double? Value { get; init; }

    /// <summary>Standard error; null where there is none.</summary>
    public double? Error { get; init; }

    /// <summary>Estimate over error.</summary>
    public double? T { get; init; }

    /// <summary>Degrees of freedom of t.</summary>
    public double? Degrees { get; init; }

    /// <summary>Probability of a t at least as far from zero.</summary>
    public double? P { get; init; }

    /// <summary>Lower bound of the confidence interval.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound of the confidence interval.</summary>
    public double? High { get; init; }

    /// <summary>With errors by leaving out one cluster at a time (CR3, jackknife): the least estimate without one of them; else null.</summary>
    public double? LeastWithoutOne { get; init; }

    /// <summary>The most.</summary>
    public double? MostWithoutOne { get; init; }

    /// <summary>For a term of a treatment: in how many treated clusters it is identified, so that without them it would not be; else null.</summary>
    public int? TreatedClusters { get; init; }

    /// <summary>Why something above is missing, or what must be known about it; null where nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Stars of the probability: * below 0.1, ** below 0.05, *** below 0.01.</summary>
    public string Stars => StarsOf(P);

    /// <summary>Stars of a probability.</summary>
    public static string StarsOf(double? p) => p switch
    {
        < 0.01 => "***",
        < 0.05 => "**",
        < 0.1 => "*",
        _ => "",
    };
}
