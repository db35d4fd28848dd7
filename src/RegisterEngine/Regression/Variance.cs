using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Probability;

namespace RegisterEngine.Regression;

/// <summary>Variances and covariances of the coefficients of working columns, for the outcomes of one fit.</summary>
internal sealed class Variance
{
    private readonly LeastSquares _fit;
    private readonly OlsOptions _options;
    private readonly double[]? _leverages;
    private readonly List<(ClusterSums Sums, double Sign)> _ways = [];
    private readonly ClusterMeat? _adjusted;
    private readonly Lazy<Matrix[]> _robust;
    private (double Degrees, double T)? _critical;

    /// <summary>The variances of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="options">Which.</param>
    /// <param name="finer">The same rows in units that tell clusters apart, where those of the fit do not.</param>
    public Variance(LeastSquares fit, OlsOptions options, Problem? finer = null)
    {
        _fit = fit;
        _options = options;
        Corrections = new Corrections(fit, options.SmallSample);
        _robust = new Lazy<Matrix[]>(() => RobustMeat.Of(_fit, _options.Errors, _leverages));
        IReadOnlyList<Grouping> clusters = (finer ?? fit.Problem).Clusters;
        if (options.Errors is ErrorKind.HC2 or ErrorKind.HC3)
            _leverages = Leverage.Of(fit);
        if (options.Errors < ErrorKind.CR0)
            return;
        if (clusters.Count == 0)
            throw new RegressionException($"Errors of kind {options.Errors} need a factor of clusters.");
        foreach (Grouping cluster in clusters)
            _ways.Add((new ClusterSums(fit, cluster, finer), 1));
        if (clusters.Count > 2 || (clusters.Count == 2 && options.Errors > ErrorKind.CR1))
            throw new RegressionException("Errors can be clustered two ways at most, and by CR0 or CR1 only.");
        if (clusters.Count == 2)
            _ways.Add((new ClusterSums(fit, Grouping.Cross(clusters[0], clusters[1]), finer), -1));
        if (options.Errors > ErrorKind.CR1)
            _adjusted = new ClusterMeat(fit, _ways[0].Sums);
    }

    public Corrections Corrections { get; }

    /// <summary>Clusters of each way.</summary>
    public IReadOnlyList<ClusterInfo> Clusters => [.. _ways.Where(way => way.Sign > 0).Select(way => new ClusterInfo(way.Sums.Name, way.Sums.Count))];

    /// <summary>Units of leverage one, in rows.</summary>
    public long LeverageOne => _leverages is null ? 0 : (long)_leverages.Zip(_fit.Problem.Weight).Where(pair => pair.First > Leverage.One).Sum(pair => pair.Second);

    /// <summary>Degrees of freedom of t.</summary>
    public double Degrees => _ways.Count == 0 ? Corrections.Left : Corrections.Degrees(Fewest);

    /// <summary>The t of an interval, which most coefficients have in common.</summary>
    public double Critical(double degrees)
    {
        if (_critical is not { } common)
            _critical = common = (Degrees, StudentT.Critical(1 - _options.Confidence, Degrees));
        return degrees == common.Degrees ? common.T : StudentT.Critical(1 - _options.Confidence, degrees);
    }

    /// <summary>Why there is no variance; null where there is.</summary>
    public string? Lack =>
        Corrections.Left <= 0 ? "no error: no degrees of freedom are left" : _ways.Count > 0 && Fewest < 2 ? "no error: all rows are of one cluster" : null;

    private int Fewest => _ways.Min(way => way.Sums.Count);

    /// <summary>Degrees of freedom of t for a combination of coefficients.</summary>
    public double DegreesOf(ReadOnlySpan<double> combination) => _options.Errors == ErrorKind.CR2 ? _adjusted!.Degrees(combination) : Degrees;

    /// <summary>Why a combination of coefficients has no variance; null where it has.</summary>
    public string? LackOf(ReadOnlySpan<double> combination)
    {
        if (Lack is not null || _options.Errors is not (ErrorKind.CR3 or ErrorKind.Jackknife))
            return Lack;
        int decisive = _adjusted!.Decisive(combination);
        return decisive == 0 ? null : $"no error: left out, {decisive} of the clusters would leave it not identified";
    }

    /// <summary>By cluster, what is taken from the coefficients of an outcome when it is left out; null where errors are not by leaving out clusters.</summary>
    public IReadOnlyList<double[]>? ChangesOf(int outcome) =>
        Lack is null && _options.Errors is ErrorKind.CR3 or ErrorKind.Jackknife ? _adjusted!.Changes(_ways[0].Sums.Scores(outcome)) : null;

    /// <summary>The variance for an outcome.</summary>
    public Matrix Of(int outcome, double residualSquares)
    {
        Matrix variance = Matrix.Identity(_fit.Bread.Rows);
        switch (_options.Errors)
        {
            case ErrorKind.Classical:
                variance = new Matrix(_fit.Bread.Rows, _fit.Bread.Rows);
                variance.Add(_fit.Bread, residualSquares / Corrections.Left);
                return variance;
            case ErrorKind.HC0 or ErrorKind.HC1 or ErrorKind.HC2 or ErrorKind.HC3:
                return Sandwich(_robust.Value[outcome], _options.Errors == ErrorKind.HC1 ? Corrections.Robust : 1);
            case ErrorKind.CR0 or ErrorKind.CR1:
                return Sandwich(Clustered(outcome), 1);
            default:
                ClusterSums clusters = _ways[0].Sums;
                variance = _adjusted!.Variance(clusters.Scores(outcome), _options.Errors);
                double factor = _options.Errors == ErrorKind.Jackknife ? (clusters.Count - 1.0) / clusters.Count : 1;
                var scaled = new Matrix(variance.Rows, variance.Rows);
                scaled.Add(variance, factor);
                return scaled;
        }
    }

    private Matrix Clustered(int outcome)
    {
        int count = _fit.Columns;
        var meat = new Matrix(count, count);
        foreach ((ClusterSums clusters, double sign) in _ways)
        {
            double factor = _options.Errors == ErrorKind.CR1 ? Corrections.Clustered(clusters.Count, Fewest) : 1;
            meat.Add(clusters.Meat(outcome), sign * factor);
        }
        return meat;
    }

    private Matrix Sandwich(Matrix meat, double factor)
    {
        Matrix product = _fit.Bread * meat * _fit.Bread;
        var sandwich = new Matrix(product.Rows, product.Rows);
        sandwich.Add(product.Symmetric(), factor);
        return sandwich;
    }
}
