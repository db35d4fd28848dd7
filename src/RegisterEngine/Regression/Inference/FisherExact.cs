using RegisterEngine.Cells;
using RegisterEngine.Regression.Probability;

namespace RegisterEngine.Regression.Inference;

/// <summary>R. A. Fisher's exact test of two shares, for small groups.</summary>
/// <remarks>
/// Given all sums of the table of two groups the count of the first is hypergeometric; the probability is that of all tables that are no more likely than the one at hand, as in R's
/// fisher.test. Likelihoods up to one part in 10^7 above count as equal there and here.
/// </remarks>
public static class FisherExact
{
    private const double Equal = 1 + 1e-7;

    /// <summary>Two-sided probability; null where a group is empty.</summary>
    public static double? TwoSided(Proportion first, Proportion second)
    {
        if (first.Of == 0 || second.Of == 0)
            return null;
        long counted = first.Count + second.Count;
        long least = Math.Max(0, counted - second.Of);
        long most = Math.Min(first.Of, counted);
        double[] logs = new double[(int)(most - least + 1)];
        for (long k = least; k <= most; k++)
            logs[k - least] = Choose(first.Of, k) + Choose(second.Of, counted - k);
        double largest = logs.Max();
        double here = Math.Exp(logs[first.Count - least] - largest);
        double all = 0, extreme = 0;
        foreach (double log in logs)
        {
            double likelihood = Math.Exp(log - largest);
            all += likelihood;
            if (likelihood <= here * Equal)
                extreme += likelihood;
        }
        return Math.Min(1, extreme / all);
    }

    private static double Choose(long n, long k) => LogGamma.Of(n + 1.0) - LogGamma.Of(k + 1.0) - LogGamma.Of(n - k + 1.0);
}
