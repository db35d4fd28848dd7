namespace RegisterEngine.Regression.Probability;

/// <summary>Logarithms of gamma and beta functions that keep their digits for large arguments.</summary>
/// <remarks>NIST Digital Library of Mathematical Functions, 5.11.1 (Stirling's series) after shifting small arguments up by 5.5.1.</remarks>
internal static class LogGamma
{
    private const double Large = 15;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private static readonly double[] Stirling =
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

    /// <summary>Logarithm of the gamma function of a positive number.</summary>
    public static double Of(double x)
    {
        double product = 1;
        for (; x < Large; x++)
            product *= x;
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + Correction(x) - Math.Log(product);
    }

    /// <summary>Logarithm of the beta function of two positive numbers.</summary>
    public static double Beta(double a, double b)
    {
        (double small, double large) = a < b ? (a, b) : (b, a);
        if (large < Large)
            return Of(small) + Of(large) - Of(small + large);
        // The difference of two large logarithms, without forming them.
        double difference = Correction(large) - Correction(small + large) + small - (small * Math.Log(small + large)) - ((large - 0.5) * double.LogP1(small / large));
        return Of(small) + difference;
    }

    private static double Correction(double x)
    {
        double square = 1 / (x * x);
        double sum = 0;
        for (int i = Stirling.Length - 1; i >= 0; i--)
            sum = (sum * square) + Stirling[i];
        return sum / x;
    }
}
