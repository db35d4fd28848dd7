namespace RegisterEngine.Cells;

/// <summary>A share of a whole number of cases, with what is said about it in tables.</summary>
/// <param name="Count">Cases that have it.</param>
/// <param name="Of">All cases.</param>
public readonly record struct Proportion(long Count, long Of)
{
    // The 97.5 % point of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The share; null where there are no cases.</summary>
    public double? Rate => Of > 0 ? (double)Count / Of : null;

    /// <summary>The standard deviation of the 0/1 variable, with n - 1; null below two cases.</summary>
    /// <remarks>sqrt(n / (n - 1) p (1 - p)).</remarks>
    public double? StandardDeviation => Of > 1 ? Math.Sqrt((double)Count * (Of - Count) / ((double)Of * (Of - 1))) : null;

    /// <summary>The 95 % interval of E. B. Wilson (1927); null where there are no cases.</summary>
    /// <remarks>(p + z²/2n ± z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n).</remarks>
    public (double Low, double High)? Wilson
    {
        get
        {
            if (Of <= 0)
                return null;
            double n = Of;
            double p = Count / n;
            double centre = p + (Z * Z / (2 * n));
            double half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
            double scale = 1 + (Z * Z / n);
            // At the ends the interval begins at 0 or ends at 1 exactly; rounding would miss it by a hair.
            return (Count == 0 ? 0 : (centre - half) / scale, Count == Of ? 1 : (centre + half) / scale);
        }
    }
}
