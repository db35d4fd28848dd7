using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Sums over some cells of how regressors and outcomes vary within them.</summary>
internal sealed class WithinProducts
{
    private readonly int[] _varying;
    private readonly double[]?[] _factors;
    private readonly double[][][] _products;
    private readonly WithinCells _within;

    /// <summary>Sums for the regressors that vary.</summary>
    public WithinProducts(WithinCells within)
    {
        _within = within;
        _varying = within.Varying();
        _factors = [.. _varying.Select(i => within.Factors[i])];
        _products = [.. _varying.Select((i, place) => _varying[..(place + 1)].Select(j => within.Sums(i, j)!).ToArray())];
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
    /// <param name="scores">By outcome, column and cluster, where they are added.</param>
    /// <param name="clusters">The cells of each cluster.</param>
    /// <param name="from">The first cluster.</param>
    /// <param name="to">Before this one.</param>
    /// <param name="coefficients">By outcome, those of the columns.</param>
    public void AddTo(double[][][] scores, LevelOrder clusters, int from, int to, double[][] coefficients)
    {
        int rows = clusters.Starts[to] - clusters.Starts[from];
        double[] left = GC.AllocateUninitializedArray<double>(rows), product = GC.AllocateUninitializedArray<double>(rows);
        for (int i = 0; i < _varying.Length; i++)
            for (int outcome = 0; outcome < scores.Length; outcome++)
            {
                clusters.Among(_within.OutcomeSums(_varying[i], outcome)!, from, to).CopyTo(left);
                for (int j = 0; j < _varying.Length; j++)
                    Lanes.AddMultiple(-coefficients[outcome][_varying[j]], Times(clusters.Among(_products[Math.Max(i, j)][Math.Min(i, j)], from, to), j), left);
                clusters.AddSums(Times(left, i), from, to, scores[outcome][_varying[i]]);
            }

        // Without a factor, the values themselves.
        ReadOnlySpan<double> Times(ReadOnlySpan<double> values, int varying)
        {
            if (_factors[varying] is not { } factor)
                return values;
            Lanes.Multiply(values, clusters.Among(factor, from, to), product);
            return product;
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
