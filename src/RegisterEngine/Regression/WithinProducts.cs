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

    /// <summary>Adds the products of regressors and residuals.</summary>
    public void AddTo(Matrix[] scores, int cluster, ReadOnlySpan<int> cells, double[][] coefficients)
    {
        for (int i = 0; i < _varying.Length; i++)
        {
            for (int outcome = 0; outcome < scores.Length; outcome++)
                scores[outcome][cluster, _varying[i]] += Sum(_outcomes[i][outcome], _factors[i], null, cells);
            for (int j = 0; j <= i; j++)
            {
                double sum = Sum(_products[i][j], _factors[i], _factors[j], cells);
                for (int outcome = 0; outcome < scores.Length; outcome++)
                {
                    scores[outcome][cluster, _varying[i]] -= coefficients[outcome][_varying[j]] * sum;
                    if (j < i)
                        scores[outcome][cluster, _varying[j]] -= coefficients[outcome][_varying[i]] * sum;
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
