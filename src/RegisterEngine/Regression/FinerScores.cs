using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Scores by cluster of a fit whose units do not tell clusters apart, from finer units of the same rows. There are no absorbed effects.</summary>
internal sealed class FinerScores
{
    private readonly Problem _finer;
    private readonly Matrix? _toReported;

    // By kept term, its values; null for the constant.
    private readonly double[]?[] _columns;

    // By outcome, the coefficients of kept terms.
    private readonly double[][] _coefficients;
    private readonly double[][] _outcomes;

    public FinerScores(LeastSquares fit, Problem finer)
    {
        _finer = finer;
        _toReported = fit.ToReported;
        int first = finer.Intercept ? 1 : 0;
        _columns = [.. fit.Terms.Kept.Select(term => term < first ? null : finer.Regressors[term - first].Values)];
        _coefficients = [.. fit.Coefficients.Select(working => _toReported is null ? working : _toReported.Times(working))];
        _outcomes = [.. finer.Outcomes.Select(outcome => outcome.Values)];
    }

    /// <summary>Writes the scores of some clusters, in working columns; how regressors vary within units is not in them.</summary>
    /// <param name="scores">By outcome, column and cluster.</param>
    /// <param name="clusters">The units of each cluster.</param>
    /// <param name="from">The first cluster.</param>
    /// <param name="to">Before this one.</param>
    public void Write(double[][][] scores, LevelOrder clusters, int from, int to)
    {
        ReadOnlySpan<double> weight = clusters.Among(_finer.Weight, from, to);
        double[] residual = GC.AllocateUninitializedArray<double>(weight.Length), product = GC.AllocateUninitializedArray<double>(weight.Length);
        for (int outcome = 0; outcome < scores.Length; outcome++)
        {
            clusters.Among(_outcomes[outcome], from, to).CopyTo(residual);
            for (int j = 0; j < _columns.Length; j++)
                if (_columns[j] is { } column)
                    Lanes.AddMultiple(-_coefficients[outcome][j], clusters.Among(column, from, to), residual);
                else
                    foreach (ref double value in residual.AsSpan())
                        value -= _coefficients[outcome][j];
            Lanes.Multiply(weight, residual, residual);
            for (int j = 0; j < _columns.Length; j++)
            {
                Span<double> sums = scores[outcome][j].AsSpan(from..to);
                sums.Clear();
                if (_columns[j] is { } column)
                    Lanes.Multiply(clusters.Among(column, from, to), residual, product);
                clusters.AddSums(_columns[j] is null ? residual : product, from, to, scores[outcome][j]);
                // Working columns are around their means; the first is the constant.
                if (j > 0 && _toReported is not null)
                    Lanes.AddMultiple(_toReported[0, j], scores[outcome][0].AsSpan(from..to), sums);
            }
        }
    }
}
