using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Sums over clusters: of scores (columns times residuals) for each outcome, and of products of columns.</summary>
internal sealed class ClusterSums
{
    private const int PartUnits = 16384;

    private readonly LeastSquares _fit;
    private readonly LevelOrder _order;
    private readonly int _columns;
    private readonly Lazy<Matrix[]> _scores;

    public ClusterSums(LeastSquares fit, Grouping clusters)
    {
        _fit = fit;
        _columns = fit.Columns;
        Name = clusters.Name;
        // What was ordered for effects need not be ordered again; where rows are in order, so are clusters by their first rows.
        _order = fit.Absorber is { MainOrder.IsRising: true } absorber && ReferenceEquals(absorber.Main, clusters.Codes)
            ? absorber.MainOrder.WithoutEmpty()
            : LevelOrder.Of(InOrder(clusters));
        _scores = new Lazy<Matrix[]>(AllScores);
    }

    /// <summary>Name of the factor.</summary>
    public string Name { get; }

    /// <summary>Clusters that have rows.</summary>
    public int Count => _order.Levels;

    /// <summary>For each unit its cluster, in the order of first units.</summary>
    public int[] Codes()
    {
        int[] codes = new int[_fit.Problem.Units];
        for (int cluster = 0; cluster < Count; cluster++)
            foreach (int unit in _order.Of(cluster))
                codes[unit] = cluster;
        return codes;
    }

    /// <summary>Scores of an outcome: one cluster a row.</summary>
    public Matrix Scores(int outcome) => _scores.Value[outcome];

    /// <summary>Products of columns: one matrix for each cluster.</summary>
    public Matrix[] Grams()
    {
        var grams = new Matrix[Count];
        WithinProducts? within = _fit.Within is null ? null : new WithinProducts(_fit.Within, 0);
        ForParts(0, (cluster, sums) =>
        {
            var gram = new Matrix(_columns, _columns);
            for (int j = 0; j < _columns; j++)
                for (int k = 0; k <= j; k++)
                    gram[j, k] = gram[k, j] = sums[(j * _fit.Rows.Stride) + k];
            within?.AddTo(gram, _order.Of(cluster));
            grams[cluster] = gram;
        });
        return grams;
    }

    private Matrix[] AllScores()
    {
        Matrix[] scores = [.. _fit.Problem.Outcomes.Select(_ => new Matrix(Count, _columns))];
        ForParts(_columns / RowProducts.Lanes * RowProducts.Lanes, (cluster, sums) =>
        {
            for (int outcome = 0; outcome < scores.Length; outcome++)
            {
                Span<double> row = scores[outcome].Row(cluster);
                for (int j = 0; j < row.Length; j++)
                    row[j] = sums[(j * _fit.Rows.Stride) + _columns + outcome];
            }
        });
        if (_fit.Within is null)
            return scores;
        var within = new WithinProducts(_fit.Within, scores.Length);
        int[] cuts = _order.Cuts(PartUnits);
        Workers.ForParts(cuts.Length - 1, 1, (part, _) => within.AddTo(scores, _order, cuts[part], cuts[part + 1], _fit.Coefficients));
        return scores;
    }

    // Takes the products of columns with whole rows of each cluster, from a lane on.
    private void ForParts(int firstLane, Action<int, double[]> take)
    {
        int[] cuts = _order.Cuts(PartUnits);
        Workers.ForParts(cuts.Length - 1, 1, (part, _) =>
        {
            double[] sums = new double[_columns * _fit.Rows.Stride];
            for (int cluster = cuts[part]; cluster < cuts[part + 1]; cluster++)
            {
                sums.AsSpan().Clear();
                RowProducts.Add(_fit.Rows.Values, _fit.Rows.Stride, _fit.Problem.Weight, _order.Of(cluster), _columns, firstLane, sums);
                take(cluster, sums);
            }
        });
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

    // The work has room for the products of columns with whole rows, which is zero before.
    private void ForClusters(Action<int, double[]> work)
    {
        int[] cuts = _order.Cuts(PartUnits);
        Workers.ForParts(cuts.Length - 1, 1, (part, _) =>
        {
            double[] sums = new double[_columns * _fit.Rows.Stride];
            for (int cluster = cuts[part]; cluster < cuts[part + 1]; cluster++)
            {
                sums.AsSpan().Clear();
                work(cluster, sums);
            }
        });
    }
}
