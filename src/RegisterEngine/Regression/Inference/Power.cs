using MathNet.Numerics.Distributions;

namespace RegisterEngine.Regression.Inference;

/// <summary>What effect a design can find, given the standard error of its estimate.</summary>
/// <remarks>H. S. Bloom, Evaluation Review 19 (1995): by the normal distribution, two-sided.</remarks>
public static class Power
{
    /// <summary>The least effect that is found with a power: (z(1 - level / 2) + z(power)) times the error.</summary>
    public static double MinimumDetectableEffect(double error, double power = 0.8, double level = 0.05) =>
        error * (Normal.InvCDF(0, 1, 1 - (level / 2)) + Normal.InvCDF(0, 1, power));

    /// <summary>The probability of finding an effect.</summary>
    public static double Of(double effect, double error, double level = 0.05)
    {
        double critical = Normal.InvCDF(0, 1, 1 - (level / 2));
        double standardized = Math.Abs(effect) / error;
        return Normal.CDF(0, 1, standardized - critical) + Normal.CDF(0, 1, -standardized - critical);
    }
}
