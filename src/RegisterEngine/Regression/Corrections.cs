namespace RegisterEngine.Regression;

/// <summary>Counts of a fit, and the factors for small samples that follow from them.</summary>
internal sealed class Corrections
{
    private readonly SmallSample _convention;
    private readonly double _rows;

    public Corrections(LeastSquares fit, SmallSample convention)
    {
        Problem problem = fit.Problem;
        _convention = convention;
        _rows = problem.Rows;
        Parameters = fit.Terms.Kept.Length + (fit.Absorber?.Rank ?? 0);
        int nested = 0;
        foreach (Grouping effect in problem.Effects)
            if (problem.Clusters.Any(effect.IsWithin))
                nested += effect.Used() - 1;
        Counted = convention is SmallSample.Fixest or SmallSample.Reghdfe && problem.Clusters.Count > 0 ? Parameters - nested : Parameters;
    }

    /// <summary>All parameters.</summary>
    public int Parameters { get; }

    /// <summary>Parameters that count in the correction of clustered errors.</summary>
    public int Counted { get; }

    /// <summary>Degrees of freedom of residuals.</summary>
    public double Left => _rows - Parameters;

    /// <summary>HC1: n / (n - K).</summary>
    public double Robust => _rows / (_rows - Parameters);

    /// <summary>CR1, of one of the variances that are added: its own clusters, and the fewest of any way.</summary>
    public double Clustered(int clusters, int fewest)
    {
        double own = _convention is SmallSample.Fixest or SmallSample.Reghdfe ? fewest : clusters;
        double factor = own / (own - 1);
        return _convention == SmallSample.ClustersOnly ? factor : factor * (_rows - 1) / (_rows - Counted);
    }

    /// <summary>Degrees of freedom of t with clustered errors.</summary>
    public double Degrees(int fewest) => _convention == SmallSample.Sandwich ? Left : fewest - 1;
}
