using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>Solves the equations of the other effects by conjugate gradients, each level divided by its weight.</summary>
/// <remarks>M. R. Hestenes and E. Stiefel, Methods of conjugate gradients for solving linear systems (1952). The matrix is never formed: a product is two passes over the rows.</remarks>
internal sealed class GradientSystem(Absorber absorber, int others) : OtherLevels
{
    private const int MostSteps = 5000;
    private const double Tolerance = 1e-15;
    private const double Flat = 1e-13;

    // Steps without half the energy, after which only rounding is left.
    private const int Patience = 60;

    // One level of each effect is made up by the main effect, if all hang together.
    public override int Rank { get; } = absorber.OtherWeight.ToArray().Count(weight => weight > 0) - others;

    public override double[] Solve(double[] sums)
    {
        double[] solution = new double[sums.Length];
        double[] residual = [.. sums];
        double[] direction = Precondition(residual);
        double[] conditioned = [.. direction];
        double energy = Lanes.Dot(residual, conditioned);
        double first = energy, best = energy;
        int bestStep = 0;
        for (int step = 0; step < MostSteps && step - bestStep < Patience && energy > Tolerance * Tolerance * first; step++)
        {
            double[] product = Multiply(direction);
            double curvature = Lanes.Dot(direction, product);
            // Only levels that make each other up are left, by rounding.
            if (!(curvature > Flat * Lanes.Dot(absorber.OtherWeight, direction, direction)))
                break;
            double along = energy / curvature;
            Lanes.AddMultiple(along, direction, solution);
            Lanes.AddMultiple(-along, product, residual);
            conditioned = Precondition(residual);
            double next = Lanes.Dot(residual, conditioned);
            double turn = next / energy;
            for (int i = 0; i < direction.Length; i++)
                direction[i] = conditioned[i] + (turn * direction[i]);
            energy = next;
            if (energy < best / 2)
                (best, bestStep) = (energy, step);
        }
        return solution;
    }

    private double[] Multiply(double[] effects)
    {
        double[] values = new double[absorber.Main.Length];
        absorber.Subtract(values, effects);
        absorber.Sweep(values, new double[absorber.MainWeight.Length]);
        double[] sums = absorber.OtherSums(values);
        for (int i = 0; i < sums.Length; i++)
            sums[i] = -sums[i];
        return sums;
    }

    private double[] Precondition(double[] residual)
    {
        ReadOnlySpan<double> weight = absorber.OtherWeight;
        double[] conditioned = new double[residual.Length];
        for (int i = 0; i < residual.Length; i++)
            conditioned[i] = weight[i] > 0 ? residual[i] / weight[i] : 0;
        // The main effect makes up what all levels of an effect have in common: without it, rounding cannot grow along there.
        for (int effect = 0; effect < absorber.OtherStarts.Count; effect++)
        {
            Range levels = absorber.OtherStarts[effect]..(effect + 1 < absorber.OtherStarts.Count ? absorber.OtherStarts[effect + 1] : residual.Length);
            double common = Lanes.Sum(residual.AsSpan(levels)) / Lanes.Sum(weight[levels]);
            foreach (ref double value in conditioned.AsSpan(levels))
                value -= common;
        }
        return conditioned;
    }
}
