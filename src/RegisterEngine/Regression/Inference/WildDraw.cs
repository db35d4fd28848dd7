using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression.Inference;

/// <summary>The t of a draw of weights, without the correction for small samples, which is the same for all: columns of numbers by cluster, so that vectors run over clusters.</summary>
internal sealed class WildDraw
{
    private readonly Matrix _bread;
    private readonly double[] _direction;
    private readonly double[] _along;
    private readonly double[][] _scores;
    private readonly double[][] _pull;

    public WildDraw(ClusterFit fit, int outcome, double[] combination)
    {
        _bread = fit.Bread;
        _direction = fit.Bread.Times(combination);
        double value = ClusterFit.Dot(combination, fit.Coefficients(outcome));
        double[] change = [.. _direction.Select(of => of * value / ClusterFit.Dot(combination, _direction))];
        int columns = combination.Length;
        _scores = [.. combination.Select(_ => new double[fit.Count])];
        _pull = [.. combination.Select(_ => new double[fit.Count])];
        _along = new double[fit.Count];
        for (int g = 0; g < fit.Count; g++)
        {
            double[] back = fit.Grams[g].Times(change), pull = fit.Grams[g].Times(_direction);
            for (int k = 0; k < columns; k++)
            {
                _scores[k][g] = fit.Scores[outcome][g, k] + back[k];
                _pull[k][g] = pull[k];
                _along[g] += _direction[k] * _scores[k][g];
            }
        }
    }

    /// <summary>Numbers that a thread works with.</summary>
    public double[] NewWork() => new double[_along.Length];

    /// <summary>Of the data: all weights are one.</summary>
    public double DataT()
    {
        double[] ones = new double[_along.Length];
        Array.Fill(ones, 1);
        return T(ones, NewWork());
    }

    /// <summary>Of a draw of weights.</summary>
    public double T(ReadOnlySpan<double> weights, Span<double> work)
    {
        Span<double> delta = stackalloc double[_scores.Length];
        for (int k = 0; k < delta.Length; k++)
            delta[k] = Lanes.Dot(weights, _scores[k]);
        double[] step = _bread.Times(delta);
        Lanes.Multiply(weights, _along, work);
        for (int k = 0; k < step.Length; k++)
            Lanes.AddMultiple(-step[k], _pull[k], work);
        return ClusterFit.Dot(_direction, delta) / Math.Sqrt(Lanes.Dot(work, work));
    }
}
