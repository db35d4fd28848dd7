namespace RegisterEngine.Regression.Inference;

/// <summary>By what the residuals of a cluster are multiplied.</summary>
public enum WildWeights
{
    /// <summary>-1 or 1.</summary>
    Rademacher,

    /// <summary>Minus or plus the roots of 1/2, 1 and 3/2: M. D. Webb, for few clusters.</summary>
    Webb,
}

/// <summary>A wild cluster bootstrap.</summary>
/// <param name="T">The t of the data, with CR1 errors; null where there is none.</param>
/// <param name="Draws">Draws that count.</param>
/// <param name="AtLeast">Draws whose t is at least as far from zero.</param>
/// <param name="IsEnumerated">Whether every combination of weights was taken once.</param>
/// <param name="Note">Why there is none; null where there is.</param>
public sealed record WildBootstrapResult(double? T, long Draws, long AtLeast, bool IsEnumerated, string? Note)
{
    /// <summary>Share of draws at least as far from zero; null where there are none.</summary>
    public double? P => Draws > 0 ? (double)AtLeast / Draws : null;
}

/// <summary>The wild cluster bootstrap of a coefficient: residuals of the model without it, multiplied by one random weight a cluster.</summary>
/// <remarks>
/// A. C. Cameron, J. B. Gelbach and D. L. Miller, Review of Economics and Statistics 90 (2008), restricted. Nothing but sums over clusters is needed: with d = B S' v, where S are scores of the
/// restricted model, the scores of a draw are v S - G d. A draw of equal t counts (at least as far): where all combinations are taken, the data are one of them.
/// </remarks>
public static class WildBootstrap
{
    // Draws of equal t differ by rounding.
    private const double Equal = 1 - 1e-10;
    private const int Block = 256;

    private static readonly double[] Rademacher = [-1, 1];
    private static readonly double[] Webb = [-Math.Sqrt(1.5), -1, -Math.Sqrt(0.5), Math.Sqrt(0.5), 1, Math.Sqrt(1.5)];

    /// <summary>Tests that a term is zero.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="term">The term.</param>
    /// <param name="draws">Draws, where there are more combinations of weights than these; else every combination is taken.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="weights">By what residuals are multiplied.</param>
    /// <param name="convention">Correction for small samples in t.</param>
    /// <param name="cancellation">Stops between blocks of draws.</param>
    public static WildBootstrapResult Run(
        ClusterFit fit, int outcome, string term, int draws, ulong seed, WildWeights weights = WildWeights.Rademacher, SmallSample convention = SmallSample.Fixest,
        CancellationToken cancellation = default)
    {
        if (fit.Combination(term) is not { } combination)
            return new WildBootstrapResult(null, 0, 0, false, "not identified");
        if (fit.Count < 2)
            return new WildBootstrapResult(null, 0, 0, false, "all rows are of one cluster");
        double[] values = weights == WildWeights.Webb ? Webb : Rademacher;
        var draw = new WildDraw(fit, outcome, combination);
        double data = draw.DataT();
        if (!double.IsFinite(data))
            return new WildBootstrapResult(null, 0, 0, false, "the scores of all clusters are zero");
        double combinations = Math.Pow(values.Length, fit.Count);
        bool isEnumerated = combinations <= draws;
        long count = isEnumerated ? (long)combinations : draws;
        int blocks = (int)((count + Block - 1) / Block);
        long[] atLeast = new long[blocks];
        Workers.For(Environment.ProcessorCount, blocks, (block, _) =>
        {
            double[] v = draw.NewWork(), work = draw.NewWork();
            for (long i = (long)block * Block; i < Math.Min(count, ((long)block + 1) * Block); i++)
            {
                Choose(v, i, values, isEnumerated, seed);
                atLeast[block] += Math.Abs(draw.T(v, work)) >= Math.Abs(data) * Equal ? 1 : 0;
            }
        }, cancellation);
        double factor = Math.Sqrt(fit.Corrections(convention).Clustered(fit.Count, fit.Count));
        return new WildBootstrapResult(data / factor, count, atLeast.Sum(), isEnumerated, null);
    }

    /// <summary>Chooses the weights of a draw.</summary>
    internal static void Choose(double[] v, long draw, double[] values, bool isEnumerated, ulong seed)
    {
        var random = new CounterRandom(seed, (ulong)draw);
        if (!isEnumerated && values.Length == 2)
        {
            // A bit a cluster; without branches and look-ups, since this is done for every cluster of every draw.
            const ulong minusOne = 0xBFF0_0000_0000_0000, sign = 1UL << 63;
            for (int from = 0; from < v.Length; from += 64)
            {
                ulong bits = random.Next();
                Span<double> some = v.AsSpan(from, Math.Min(64, v.Length - from));
                for (int g = 0; g < some.Length; g++)
                    some[g] = BitConverter.UInt64BitsToDouble(minusOne ^ ((bits << (63 - g)) & sign));
            }
            return;
        }
        for (int g = 0; g < v.Length; g++)
        {
            v[g] = values[isEnumerated ? draw % values.Length : random.Below(values.Length)];
            draw /= isEnumerated ? values.Length : 1;
        }
    }
}
