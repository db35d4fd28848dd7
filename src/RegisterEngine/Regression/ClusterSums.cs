using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Sums over clusters: of scores (columns times residuals) for each outcome, and of products of columns.</summary>
internal sealed class ClusterSums
{
    private const int PartUnits = 8192;

    private readonly LeastSquares _fit;
    private readonly Problem? _finer;
    private readonly LevelOrder _order;
    private readonly int _columns;

    // By outcome and column, one for each cluster: so sums of their products are sums over arrays.
    private readonly Lazy<double[][][]> _scores;

    /// <summary>Sums of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="clusters">By unit, its cluster.</param>
    /// <param name="finer">The units, where they are not those of the fit: the same rows, told apart by cluster.</param>
    public ClusterSums(LeastSquares fit, Grouping clusters, Problem? finer = null)
    {
        _fit = fit;
        _finer = finer;
        _columns = fit.Columns;
        Name = clusters.Name;
        // What was ordered for effects need not be ordered again; where rows are in order, so are clusters by their first rows.
        _order = fit.Absorber is { MainOrder.IsRising: true } absorber && ReferenceEquals(absorber.Main, clusters.Codes)
            ? absorber.MainOrder.WithoutEmpty()
            : LevelOrder.Of(InOrder(clusters));
        _scores = new Lazy<double[][][]>(AllScores);
    }

    /// <summary>Name of the factor.</summary>
    public string Name { get; }

    /// <summary>Clusters that have rows.</summary>
    public int Count => _order.Levels;

    /// <summary>For each unit its cluster, in the order of first units.</summary>
    public int[] Codes()
    {
        int[] codes = new int[(_finer ?? _fit.Problem).Units];
        for (int cluster = 0; cluster < Count; cluster++)
            foreach (int unit in _order.Of(cluster))
                codes[unit] = cluster;
        return codes;
    }

    /// <summary>Scores of an outcome: one cluster a row.</summary>
    public Matrix Scores(int outcome)
    {
        var scores = new Matrix(Count, _columns);
        for (int cluster = 0; cluster < Count; cluster++)
            for (int j = 0; j < _columns; j++)
                scores[cluster, j] = _scores.Value[outcome][j][cluster];
        return scores;
    }

    /// <summary>Products of the scores of an outcome, summed over clusters.</summary>
    public Matrix Meat(int outcome)
    {
        double[][] scores = _scores.Value[outcome];
        var meat = new Matrix(_columns, _columns);
        for (int i = 0; i < _columns; i++)
            for (int j = 0; j <= i; j++)
                meat[i, j] = meat[j, i] = Lanes.Dot(scores[i], scores[j]);
        return meat;
    }

    /// <summary>Products of columns: one matrix for each cluster.</summary>
    public Matrix[] Grams()
    {
        var grams = new Matrix[Count];
        WithinProducts? within = _fit.Within is null ? null : new WithinProducts(_fit.Within);
        ForParts((from, to) =>
        {
            double[] sums = new double[_columns * _fit.Rows.Stride];
            for (int cluster = from; cluster < to; cluster++)
            {
                AddProducts(cluster, 0, sums);
                var gram = new Matrix(_columns, _columns);
                for (int j = 0; j < _columns; j++)
                    for (int k = 0; k <= j; k++)
                        gram[j, k] = gram[k, j] = sums[(j * _fit.Rows.Stride) + k];
                within?.AddTo(gram, _order.Of(cluster));
                grams[cluster] = gram;
            }
        });
        return grams;
    }

    private double[][][] AllScores()
    {
        double[][][] scores = [.. _fit.Problem.Outcomes.Select(_ => Enumerable.Range(0, _columns).Select(_ => GC.AllocateUninitializedArray<double>(Count)).ToArray())];
        WithinCells? varying = _finer is null ? _fit.Within : _finer.Within?.Of(_fit.Terms.Kept, _finer.Intercept ? 1 : 0);
        WithinProducts? within = varying is null ? null : new WithinProducts(varying);
        FinerScores? finer = _finer is null ? null : new FinerScores(_fit, _finer);
        ForParts((from, to) =>
        {
            if (finer is not null)
                finer.Write(scores, _order, from, to);
            else
                Write(scores, from, to);
            within?.AddTo(scores, _order, from, to, _fit.Coefficients);
        });
        return scores;
    }

    private void Write(double[][][] scores, int from, int to)
    {
        int stride = _fit.Rows.Stride, firstLane = _columns / RowProducts.Lanes * RowProducts.Lanes;
        double[] sums = new double[_columns * stride];
        for (int cluster = from; cluster < to; cluster++)
        {
            AddProducts(cluster, firstLane, sums);
            for (int outcome = 0; outcome < scores.Length; outcome++)
            {
                double[][] columns = scores[outcome];
                for (int j = 0; j < columns.Length; j++)
                    columns[j][cluster] = sums[(j * stride) + columns.Length + outcome];
            }
        }
    }

    // Products of the columns of a cluster with whole rows, from a lane on.
    private void AddProducts(int cluster, int firstLane, double[] sums)
    {
        sums.AsSpan().Clear();
        RowProducts.Add(_fit.Rows.Values, _fit.Rows.Stride, _fit.Problem.Weight, _order.Of(cluster), _columns, firstLane, sums);
    }

    private void ForParts(Action<int, int> work)
    {
        int[] cuts = _order.Cuts(PartUnits);
        Workers.ForParts(cuts.Length - 1, 1, (part, _) => work(cuts[part], cuts[part + 1]));
    }

    // Clusters that have rows, numbered by their first units.
    private static Grouping InOrder(Grouping clusters)
    {
        int[] places = new int[clusters.Levels];
        int[] codes = GC.AllocateUninitializedArray<int>(clusters.Codes.Length);
        int count = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            ref int place = ref places[clusters.Codes[i]];
            if (place == 0)
                place = ++count;
            codes[i] = place - 1;
        }
        return new Grouping(clusters.Name, codes, count);
    }
}
