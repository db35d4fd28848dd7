namespace RegisterEngine.Regression.Probability;

/// <summary>The regularised incomplete beta function, from which the tails of t and F follow.</summary>
/// <remarks>
/// NIST Digital Library of Mathematical Functions, 8.17.22 (continued fraction) and 8.17.4 (symmetry), evaluated by W. J. Lentz's method. Both x and 1 - x are given, since
/// one of them is known to full precision only where it is not formed by subtraction. Relative error about 1e-13 in the lower tail, also for parameters in millions.
/// </remarks>
internal static class IncompleteBeta
{
    private const int MostTerms = 1_000_000;
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, b).</summary>
    /// <param name="a">First parameter, positive.</param>
    /// <param name="b">Second parameter, positive.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="y">1 - x.</param>
    public static double Lower(double a, double b, double x, double y)
    {
        if (x <= 0)
            return 0;
        if (y <= 0)
            return 1;
        return x < (a + 1) / (a + b + 2) ? Tail(a, b, x, y) : 1 - Tail(b, a, y, x);
    }

    private static double Tail(double a, double b, double x, double y)
    {
        double logX = x > 0.5 ? double.LogP1(-y) : Math.Log(x);
        double logY = y > 0.5 ? double.LogP1(-x) : Math.Log(y);
        return Math.Exp((a * logX) + (b * logY) - LogGamma.Beta(a, b)) / a * Fraction(a, b, x);
    }

    private static double Fraction(double a, double b, double x)
    {
        double c = 1;
        double d = Inverse(1 - ((a + b) * x / (a + 1)));
        double result = d;
        for (int m = 1; m < MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Inverse(1 + (even * d));
            c = NotZero(1 + (even / c));
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Inverse(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            result *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
                break;
        }
        return result;
    }

    private static double Inverse(double value) => 1 / NotZero(value);

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
