using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Sorts unsigned numbers by some of their bits, digit by digit from the lowest, keeping the order of equals.</summary>
/// <remarks>Its loops look up what a digit tells without checks, since a digit is never larger than its mask: that takes a third of the time away.</remarks>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int MostAtOnce = 3;

    /// <summary>Sorts by some bits; the result lies in <paramref name="keys"/>.</summary>
    /// <param name="keys">What to sort.</param>
    /// <param name="scratch">Room for as many.</param>
    /// <param name="bits">How many bits count; keys must not differ in higher ones.</param>
    /// <param name="from">The lowest of them.</param>
    public static void Sort<T>(Span<T> keys, Span<T> scratch, int bits, int from = 0)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, keys.Length);
        int passes = (bits + DigitBits - 1) / DigitBits;
        if (passes == 0)
            return;
        int digitBits = (bits + passes - 1) / passes;
        int digits = 1 << digitBits;
        Span<int> starts = passes <= MostAtOnce ? stackalloc int[MostAtOnce << DigitBits] : new int[passes << DigitBits];
        starts = starts[..(passes * digits)];
        Count(keys, from, digitBits, starts);
        Span<T> source = keys;
        Span<T> target = scratch[..keys.Length];
        for (int pass = 0; pass < passes; pass++)
        {
            Pass(source, target, from + (pass * digitBits), starts.Slice(pass * digits, digits));
            Span<T> swap = source;
            source = target;
            target = swap;
        }
        if ((passes & 1) != 0)
            source.CopyTo(keys);
    }

    // How many keys have each digit, of all places in one reading.
    private static void Count<T>(ReadOnlySpan<T> keys, int from, int digitBits, Span<int> counts)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        counts.Clear();
        int digits = 1 << digitBits;
        int at = 0;
        for (; at + (2 * digits) <= counts.Length; at += 2 * digits, from += 2 * digitBits)
            CountTwo(keys, from, digitBits, counts[at..]);
        if (at < counts.Length)
            CountOne(keys, from, counts[at..]);
    }

    private static void CountTwo<T>(ReadOnlySpan<T> keys, int from, int digitBits, Span<int> counts)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        int mask = (1 << digitBits) - 1;
        ref int low = ref MemoryMarshal.GetReference(counts[..(mask + 1)]);
        ref int high = ref MemoryMarshal.GetReference(counts.Slice(mask + 1, mask + 1));
        foreach (T key in keys)
        {
            int two = int.CreateTruncating(key >> from);
            Unsafe.Add(ref low, two & mask)++;
            Unsafe.Add(ref high, (two >> digitBits) & mask)++;
        }
    }

    private static void CountOne<T>(ReadOnlySpan<T> keys, int from, Span<int> counts)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        int mask = counts.Length - 1;
        ref int first = ref MemoryMarshal.GetReference(counts);
        foreach (T key in keys)
            Unsafe.Add(ref first, int.CreateTruncating(key >> from) & mask)++;
    }

    // Makes starts of the counts, and ends of the starts. The counts are those of these keys, so that every start lies within the target.
    private static void Pass<T>(ReadOnlySpan<T> from, Span<T> to, int shift, Span<int> starts)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        int mask = starts.Length - 1;
        int sum = 0;
        foreach (ref int start in starts)
            (start, sum) = (sum, sum + start);
        ref int first = ref MemoryMarshal.GetReference(starts);
        ref T target = ref MemoryMarshal.GetReference(to[..from.Length]);
        foreach (T key in from)
        {
            ref int start = ref Unsafe.Add(ref first, int.CreateTruncating(key >> shift) & mask);
            Unsafe.Add(ref target, start) = key;
            start++;
        }
    }
}
