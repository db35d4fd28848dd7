namespace RegisterEngine.Regression;

/// <summary>How the variance of coefficients is estimated.</summary>
public enum ErrorKind
{
    /// <summary>Classical: all errors have one variance.</summary>
    Classical,

    /// <summary>Robust to unequal variances (White), without a correction.</summary>
    HC0,

    /// <summary>Robust, times n / (n - K).</summary>
    HC1,

    /// <summary>Robust, squares divided by 1 - leverage.</summary>
    HC2,

    /// <summary>Robust, squares divided by the square of 1 - leverage.</summary>
    HC3,

    /// <summary>Clustered, without a correction.</summary>
    CR0,

    /// <summary>Clustered, with the correction that <see cref="SmallSample"/> names.</summary>
    CR1,

    /// <summary>Clustered, unbiased under equal variances, with Satterthwaite degrees of freedom.</summary>
    CR2,

    /// <summary>Clustered, by leaving out one cluster at a time: the sum of squares of the changes.</summary>
    CR3,

    /// <summary>The same, times (G - 1) / G.</summary>
    Jackknife,
}

/// <summary>Whose correction for small samples is used, and whose degrees of freedom; n rows, K parameters with absorbed effects, G clusters.</summary>
public enum SmallSample
{
    /// <summary>R's lm with sandwich: G / (G - 1) * (n - 1) / (n - K); t with n - K.</summary>
    Sandwich,

    /// <summary>Stata's regress and areg: the same factor; t with G - 1.</summary>
    Areg,

    /// <summary>fixest: as areg, but levels of effects that lie within clusters are not counted in K; for two ways, the smaller G everywhere.</summary>
    Fixest,

    /// <summary>reghdfe: as fixest, after rows that are alone in an effect are dropped.</summary>
    Reghdfe,

    /// <summary>G / (G - 1) only; t with G - 1.</summary>
    ClustersOnly,
}

/// <summary>What becomes of terms that others make up.</summary>
public enum Collinearity
{
    /// <summary>Every term whose coefficient is not identified is reported as that, with the terms that it cannot be told from.</summary>
    Name,

    /// <summary>The later of such terms are left out, and named; the coefficients of the others are given as what they are without these.</summary>
    LeaveOutLater,
}

/// <summary>What a weight means.</summary>
public enum WeightKind
{
    /// <summary>So many equal rows.</summary>
    Repetition,

    /// <summary>One row, whose variance is in inverse proportion.</summary>
    Precision,
}

/// <summary>How a model is fitted.</summary>
public sealed record OlsOptions
{
    /// <summary>How the variance of coefficients is estimated.</summary>
    public ErrorKind Errors { get; init; } = ErrorKind.HC1;

    /// <summary>Corrections for small samples.</summary>
    public SmallSample SmallSample { get; init; } = SmallSample.Fixest;

    /// <summary>Whether rows that are alone in a level of an effect are dropped before the fit, over and over until there are none.</summary>
    public bool DropSingletons { get; init; }

    /// <summary>What becomes of terms that others make up.</summary>
    public Collinearity Collinearity { get; init; }

    /// <summary>Probability of confidence intervals.</summary>
    public double Confidence { get; init; } = 0.95;
}
