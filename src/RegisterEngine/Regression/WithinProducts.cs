using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Sums over some cells of how regressors and outcomes vary within them.</summary>
internal sealed class WithinProducts
{
    private readonly int[] _varying;
    private readonly double[]?[] _factors;
    private readonly double[][][] _products;
    private readonly double[][][] _outcomes;

    /// <summary>Sums for the regressors that vary, and the first few outcomes.</summary>
    public WithinProducts(WithinCells within, int outcomes)
    {
        _varying = within.Varying();
        _factors = [.. _varying.Select(i => within.Factors[i])];
        _products = [.. _varying.Select((i, place) => _varying[..(place + 1)].Select(j => within.Sums(i, j)!).ToArray())];
        _outcomes = [.. _varying.Select(i => Enumerable.Range(0, outcomes).Select(outcome => within.OutcomeSums(i, outcome)!).ToArray())];
    }

    /// <summary>Adds the products of regressors.</summary>
    public void AddTo(Matrix gram, ReadOnlySpan<int> cells)
    {
        for (int i = 0; i < _varying.Length; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = Sum(_products[i][j], _factors[i], _factors[j], cells);
                gram[_varying[i], _varying[j]] += sum;
                if (j < i)
                    gram[_varying[j], _varying[i]] += sum;
            }
    }

    /// <summary>Adds the products of regressors and residuals, for some clusters.</summary>
    public void AddTo(Matrix[] scores, LevelOrder clusters, int from, int to, double[][] coefficients)
    {
        for (int i = 0; i < _varying.Length; i++)
        {
            int column = _varying[i];
            for (int outcome = 0; outcome < scores.Length; outcome++)
                for (int cluster = from; cluster < to; cluster++)
                    scores[outcome].Row(cluster)[column] += Sum(_outcomes[i][outcome], _factors[i], null, clusters.Of(cluster));
            for (int j = 0; j <= i; j++)
            {
                int other = _varying[j];
                for (int cluster = from; cluster < to; cluster++)
                {
                    double sum = Sum(_products[i][j], _factors[i], _factors[j], clusters.Of(cluster));
                    for (int outcome = 0; outcome < scores.Length; outcome++)
                    {
                        Span<double> row = scores[outcome].Row(cluster);
                        row[column] -= coefficients[outcome][other] * sum;
                        if (j < i)
                            row[other] -= coefficients[outcome][column] * sum;
                    }
                }
            }
        }
    }

    private static double Sum(double[] sums, double[]? a, double[]? b, ReadOnlySpan<int> cells)
    {
        double sum = 0;
        if (a is null && b is null)
            foreach (int cell in cells)
                sum += sums[cell];
        else
            foreach (int cell in cells)
                sum += sums[cell] * (a is null ? 1 : a[cell]) * (b is null ? 1 : b[cell]);
        return sum;
    }
}
