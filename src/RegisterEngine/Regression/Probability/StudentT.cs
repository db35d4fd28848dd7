using MathNet.Numerics.Distributions;

namespace RegisterEngine.Regression.Probability;

/// <summary>Student's t distribution, with any positive degrees of freedom.</summary>
public static class StudentT
{
    /// <summary>Probability of a value at least as far from zero.</summary>
    /// <remarks>I_x(df / 2, 1 / 2) with x = df / (df + t^2).</remarks>
    public static double TwoSided(double t, double degrees)
    {
        if (double.IsPositiveInfinity(degrees))
            return 2 * Normal.CDF(0, 1, -Math.Abs(t));
        double square = t * t;
        return double.IsInfinity(square) ? 0 : IncompleteBeta.Lower(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
    }

    /// <summary>The value that is exceeded on both sides together with a probability: 1.96 for 0.05 and many degrees of freedom.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static double Critical(double probability, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        double normal = -Normal.InvCDF(0, 1, probability / 2);
        if (double.IsPositiveInfinity(degrees))
            return normal;
        // Newton's method for the logarithm of the probability in the logarithm of t, which is smooth and falls all the way.
        // It starts from the first terms of the expansion in 1 / df (Cornish and Fisher), where these are small.
        double square = normal * normal;
        double t = degrees < 3 ? normal : normal * (1 + ((square + 1) / (4 * degrees)) + (((((5 * square) + 16) * square) + 3) / (96 * degrees * degrees)));
        for (int i = 0; i < 200; i++)
        {
            double tail = TwoSided(t, degrees);
            double slope = 2 * Density(t, degrees) * t / tail;
            double step = Math.Clamp(Math.Log(tail / probability) / slope, -2, 2);
            t *= Math.Exp(step);
            // What is left is of the order of its square.
            if (Math.Abs(step) < 1e-8)
                break;
        }
        return t;
    }

    private static double Density(double t, double degrees) =>
        Math.Exp((-(degrees + 1) / 2 * double.LogP1(t * t / degrees)) - LogGamma.Beta(degrees / 2, 0.5)) / Math.Sqrt(degrees);
}
