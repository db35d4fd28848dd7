using System.Numerics;

namespace RegisterEngine.Kernels;

/// <summary>Sorts unsigned numbers by some of their lowest bits, digit by digit from the lowest, keeping the order of equals.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;

    /// <summary>Sorts by the lowest bits; the result lies in <paramref name="keys"/>.</summary>
    /// <param name="keys">What to sort.</param>
    /// <param name="scratch">Room for as many.</param>
    /// <param name="bits">How many of the lowest bits count; keys must not differ in others.</param>
    public static void Sort<T>(Span<T> keys, Span<T> scratch, int bits)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, keys.Length);
        int passes = (bits + DigitBits - 1) / DigitBits;
        if (passes == 0)
            return;
        int digitBits = (bits + passes - 1) / passes;
        Span<int> starts = stackalloc int[1 << DigitBits];
        Span<T> from = keys;
        Span<T> to = scratch[..keys.Length];
        for (int pass = 0; pass < passes; pass++)
        {
            Pass(from, to, pass * digitBits, starts[..(1 << digitBits)]);
            Span<T> swap = from;
            from = to;
            to = swap;
        }
        if ((passes & 1) != 0)
            from.CopyTo(keys);
    }

    private static void Pass<T>(ReadOnlySpan<T> from, Span<T> to, int shift, Span<int> starts)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        int mask = starts.Length - 1;
        starts.Clear();
        foreach (T key in from)
            starts[int.CreateTruncating(key >> shift) & mask]++;
        int sum = 0;
        foreach (ref int start in starts)
            (start, sum) = (sum, sum + start);
        foreach (T key in from)
            to[starts[int.CreateTruncating(key >> shift) & mask]++] = key;
    }
}
