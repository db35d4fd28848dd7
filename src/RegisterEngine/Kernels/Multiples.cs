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

    /// <summary>The specification of <see cref="Add"/>, for lines of any length.</summary>
    public static void AddScalar(ReadOnlySpan<long> line, int times, Span<long> sums)
    {
        for (int i = 0; i < line.Length; i++)
            sums[i] += line[i] * times;
    }
}
