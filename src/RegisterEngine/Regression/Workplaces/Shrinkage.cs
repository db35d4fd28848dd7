using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>Rates of workplaces shrunk towards the mean of all, by how much they vary beyond chance.</summary>
/// <remarks>
/// Beta-binomial, by moments: J. C. Kleinman, JASA 68 (1973), weighted by person-years. A rate k / n becomes (k + m s) / (n + s), with the mean m, and s so many person-years as the mean counts for.
/// </remarks>
/// <param name="Mean">The mean of all.</param>
/// <param name="Strength">Person-years that the mean counts for; infinite where workplaces vary by chance only.</param>
public sealed record Shrinkage(double Mean, double Strength)
{
    /// <summary>Finds the mean and its strength; null where there are no two workplaces with person-years.</summary>
    public static Shrinkage? Of(IReadOnlyList<Proportion> rates)
    {
        double rows = 0, count = 0, rowSquares = 0;
        int workplaces = 0;
        foreach (Proportion rate in rates)
        {
            rows += rate.Of;
            rowSquares += (double)rate.Of * rate.Of;
            count += rate.Count;
            workplaces += rate.Of > 0 ? 1 : 0;
        }
        if (workplaces < 2)
            return null;
        double mean = count / rows;
        double spread = 0;
        foreach (Proportion rate in rates)
            if (rate.Rate is { } share)
                spread += rate.Of * (share - mean) * (share - mean);
        double chance = mean * (1 - mean) * (workplaces - 1);
        double correlation = (spread - chance) / ((mean * (1 - mean) * (rows - (rowSquares / rows))) - chance);
        return new Shrinkage(mean, correlation > 0 ? (1 - Math.Min(correlation, 1)) / Math.Min(correlation, 1) : double.PositiveInfinity);
    }

    /// <summary>The shrunk rate of a workplace, and its standard deviation.</summary>
    public (double Rate, double Deviation) Shrink(Proportion rate)
    {
        if (double.IsPositiveInfinity(Strength))
            return (Mean, 0);
        double shrunk = (rate.Count + (Mean * Strength)) / (rate.Of + Strength);
        return (shrunk, Math.Sqrt(shrunk * (1 - shrunk) / (rate.Of + Strength + 1)));
    }

    /// <summary>Between which rates a workplace of so many person-years lies by chance, around the mean: limits of a funnel.</summary>
    /// <remarks>D. J. Spiegelhalter, Statistics in Medicine 24 (2005), normal limits: 1.96 for 95 %, 3.09 for 99.8 %.</remarks>
    public (double Low, double High) Funnel(long rows, double deviations)
    {
        double half = deviations * Math.Sqrt(Mean * (1 - Mean) / rows);
        return (Math.Max(0, Mean - half), Math.Min(1, Mean + half));
    }
}
