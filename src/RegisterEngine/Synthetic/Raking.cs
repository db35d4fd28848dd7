namespace RegisterEngine.Synthetic;

/// <summary>One way to group cells, and the rates that groups must have.</summary>
/// <param name="GroupOfCell">The group of each cell, or <see cref="Free"/>.</param>
/// <param name="Rates">The rate of each group.</param>
internal sealed record Margin(int[] GroupOfCell, double[] Rates)
{
    /// <summary>Stands for cells in no group: nothing is asked of them.</summary>
    public const int Free = -1;
}

/// <summary>Adapts the odds of cells until several margins hold at once.</summary>
/// <remarks>
/// Iterative proportional fitting (W. E. Deming and F. F. Stephan, 1940), on odds in place of rates so that none leaves 0 ... 1: the odds of a group's cells are
/// multiplied by what the group lacks. What the margins do not say is kept: ratios of odds within a group.
/// </remarks>
internal static class Raking
{
    private const int MostSweeps = 200;
    private const double CloseEnough = 1e-5;

    /// <summary>Adapts <paramref name="odds"/>, and returns how far the worst margin is from its rate.</summary>
    /// <param name="counts">How many persons each cell has.</param>
    /// <param name="odds">The odds of each cell: what is known beforehand, then what was found.</param>
    /// <param name="margins">What must hold; the last one holds best.</param>
    public static double Fit(ReadOnlySpan<int> counts, Span<double> odds, IReadOnlyList<Margin> margins)
    {
        double worst = 1;
        for (int sweep = 0; sweep < MostSweeps && worst > CloseEnough; sweep++)
        {
            worst = 0;
            foreach (Margin margin in margins)
                worst = Math.Max(worst, FitOne(counts, odds, margin));
        }
        return worst;
    }

    private static double FitOne(ReadOnlySpan<int> counts, Span<double> odds, Margin margin)
    {
        double[] persons = new double[margin.Rates.Length];
        double[] events = new double[margin.Rates.Length];
        int[] groups = margin.GroupOfCell;
        for (int cell = 0; cell < odds.Length; cell++)
        {
            int group = groups[cell];
            if (group == Margin.Free)
                continue;
            persons[group] += counts[cell];
            events[group] += counts[cell] * odds[cell] / (1 + odds[cell]);
        }
        double worst = 0;
        double[] factors = new double[margin.Rates.Length];
        for (int group = 0; group < factors.Length; group++)
        {
            if (persons[group] == 0)
                continue;
            double rate = events[group] / persons[group];
            double wanted = margin.Rates[group];
            worst = Math.Max(worst, Math.Abs(rate - wanted));
            factors[group] = wanted / (1 - wanted) * (1 - rate) / rate;
        }
        for (int cell = 0; cell < odds.Length; cell++)
            if (groups[cell] != Margin.Free)
                odds[cell] *= factors[groups[cell]];
        return worst;
    }
}
