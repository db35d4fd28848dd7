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
        ForClusters(Gram);
        return grams;

        void Gram(int cluster, double[] sums)
        {
            int stride = _fit.Rows.Stride;
            RowProducts.Add(_fit.Rows.Values, stride, _fit.Problem.Weight, _order.Of(cluster), _columns, 0, sums);
            var gram = new Matrix(_columns, _columns);
            for (int j = 0; j < _columns; j++)
                for (int k = 0; k <= j; k++)
                    gram[j, k] = gram[k, j] = sums[(j * stride) + k];
            within?.AddTo(gram, _order.Of(cluster));
            grams[cluster] = gram;
        }
    }

    private Matrix[] AllScores()
    {
        int outcomes = _fit.Rows.Outcomes;
        Matrix[] scores = [.. Enumerable.Range(0, outcomes).Select(_ => new Matrix(Count, _columns))];
        WithinProducts? within = _fit.Within is null ? null : new WithinProducts(_fit.Within, outcomes);
        ForClusters(Score);
        return scores;

        void Score(int cluster, double[] sums)
        {
            int stride = _fit.Rows.Stride;
            RowProducts.Add(_fit.Rows.Values, stride, _fit.Problem.Weight, _order.Of(cluster), _columns, _columns / RowProducts.Lanes * RowProducts.Lanes, sums);
            for (int outcome = 0; outcome < outcomes; outcome++)
                for (int j = 0; j < _columns; j++)
                    scores[outcome][cluster, j] = sums[(j * stride) + _columns + outcome];
            within?.AddTo(scores, cluster, _order.Of(cluster), _fit.Coefficients);
        }
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
