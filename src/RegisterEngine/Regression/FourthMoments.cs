using RegisterEngine.Cells;
using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>Takes from the moments of a cell those that squares of residuals ask for.</summary>
internal sealed class FourthMoments(MomentBasis basis, IReadOnlyList<Measure> measures)
{
    private const int Lanes = SquareBlock.Lanes;

    private readonly int _known = basis.Known(0, 0);

    // By outcome, where the moments of each of its transitions begin.
    private readonly int[][] _parts = [.. measures.Select(measure => measure.Counted().Select(transition => basis.Of(transition, 0, 0)).ToArray())];

    /// <summary>Writes them into a lane of a block.</summary>
    public void Describe(ReadOnlySpan<long> moments, int lane, Span<long> known, Span<long> counted)
    {
        ReadOnlySpan<long> all = moments.Slice(_known, SquareBlock.KnownMoments);
        for (int i = 0; i < all.Length; i++)
            known[(i * Lanes) + lane] = all[i];
        Span<long> sums = stackalloc long[SquareBlock.CountedMoments];
        for (int outcome = 0, at = lane; outcome < _parts.Length; outcome++)
        {
            SumOf(moments, _parts[outcome], sums);
            foreach (long sum in sums)
            {
                counted[at] = sum;
                at += Lanes;
            }
        }
    }

    private static void SumOf(ReadOnlySpan<long> moments, int[] parts, Span<long> sums)
    {
        moments.Slice(parts[0], SquareBlock.CountedMoments).CopyTo(sums);
        for (int part = 1; part < parts.Length; part++)
        {
            ReadOnlySpan<long> more = moments.Slice(parts[part], SquareBlock.CountedMoments);
            for (int i = 0; i < more.Length; i++)
                sums[i] += more[i];
        }
    }
}
