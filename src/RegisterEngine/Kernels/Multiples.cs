using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Adds a line of whole numbers to another, some times over.</summary>
internal static class Multiples
{
    /// <summary>Adds <paramref name="times"/> times <paramref name="line"/> to <paramref name="sums"/>; vectors of eight, then of two.</summary>
    public static void Add(ReadOnlySpan<long> line, int times, Span<long> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, line.Length);
        ref long from = ref MemoryMarshal.GetReference(line);
        ref long to = ref MemoryMarshal.GetReference(sums);
        int at = 0;
        // A product of 64-bit lanes costs several times what a sum does, and most lines are added once.
        if (times == 1)
        {
            for (; at <= line.Length - Vector512<long>.Count; at += Vector512<long>.Count)
                (Vector512.LoadUnsafe(ref to, (nuint)at) + Vector512.LoadUnsafe(ref from, (nuint)at)).StoreUnsafe(ref to, (nuint)at);
            for (; at <= line.Length - Vector128<long>.Count; at += Vector128<long>.Count)
                (Vector128.LoadUnsafe(ref to, (nuint)at) + Vector128.LoadUnsafe(ref from, (nuint)at)).StoreUnsafe(ref to, (nuint)at);
        }
        else
        {
            for (; at <= line.Length - Vector512<long>.Count; at += Vector512<long>.Count)
                (Vector512.LoadUnsafe(ref to, (nuint)at) + (Vector512.LoadUnsafe(ref from, (nuint)at) * times)).StoreUnsafe(ref to, (nuint)at);
        }
        if (at < line.Length)
            AddScalar(line[at..], times, sums[at..]);
    }

    /// <summary>Adds a line for each key: which one, its lowest bits tell; the others tell the place of the sums.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="lineBits">Bits that tell the line.</param>
    /// <param name="lines">All lines, one after the other.</param>
    /// <param name="length">Numbers of a line; even.</param>
    /// <param name="places">By the other bits, one more than the place of the sums.</param>
    /// <param name="sums">By place, the sums.</param>
    public static void AddLines(ReadOnlySpan<uint> keys, int lineBits, ReadOnlySpan<long> lines, int length, ReadOnlySpan<ushort> places, Span<long> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lines.Length, length << lineBits);
        ArgumentOutOfRangeException.ThrowIfNotEqual(length & 1, 0);
        ref long allLines = ref MemoryMarshal.GetReference(lines);
        ref long allSums = ref MemoryMarshal.GetReference(sums);
        uint mask = (1u << lineBits) - 1;
        foreach (uint key in keys)
        {
            int place = (places[(int)(key >> lineBits)] - 1) * length;
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)place, (uint)(sums.Length - length), nameof(places));
            nuint from = (key & mask) * (nuint)length, to = (nuint)place, end = to + (nuint)length;
            for (; to + (nuint)Vector512<long>.Count <= end; from += (nuint)Vector512<long>.Count, to += (nuint)Vector512<long>.Count)
                (Vector512.LoadUnsafe(ref allSums, to) + Vector512.LoadUnsafe(ref allLines, from)).StoreUnsafe(ref allSums, to);
            for (; to < end; from += (nuint)Vector128<long>.Count, to += (nuint)Vector128<long>.Count)
                (Vector128.LoadUnsafe(ref allSums, to) + Vector128.LoadUnsafe(ref allLines, from)).StoreUnsafe(ref allSums, to);
        }
    }

    /// <summary>The specification of <see cref="AddLines"/>.</summary>
    public static void AddLinesScalar(ReadOnlySpan<uint> keys, int lineBits, ReadOnlySpan<long> lines, int length, ReadOnlySpan<ushort> places, Span<long> sums)
    {
        foreach (uint key in keys)
            AddScalar(lines.Slice((int)(key & ((1u << lineBits) - 1)) * length, length), 1, sums[((places[(int)(key >> lineBits)] - 1) * length)..]);
    }

    /// <summary>The specification of <see cref="Add"/>, for lines of any length.</summary>
    public static void AddScalar(ReadOnlySpan<long> line, int times, Span<long> sums)
    {
        for (int i = 0; i < line.Length; i++)
            sums[i] += line[i] * times;
    }
}
