using MathNet.Numerics;

namespace RegisterEngine.Regression.Probability;

/// <summary>The F distribution, and the chi-square distribution that it comes to.</summary>
public static class FisherF
{
    /// <summary>Probability of a larger value.</summary>
    /// <param name="f">The value.</param>
    /// <param name="numerator">Degrees of freedom of the numerator.</param>
    /// <param name="denominator">Degrees of freedom of the denominator; infinite for a chi-square over its degrees of freedom.</param>
    public static double Upper(double f, double numerator, double denominator)
    {
        if (f <= 0)
            return 1;
        if (double.IsPositiveInfinity(denominator))
            return SpecialFunctions.GammaUpperRegularized(numerator / 2, f * numerator / 2);
        double sum = denominator + (numerator * f);
        return double.IsInfinity(sum) ? 0 : IncompleteBeta.Lower(denominator / 2, numerator / 2, denominator / sum, numerator * f / sum);
    }
}
