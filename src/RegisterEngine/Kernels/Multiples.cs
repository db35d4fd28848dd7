using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Adds a line of whole numbers to another, some times over.</summary>
internal static class Multiples
{
    /// <summary>Adds <paramref name="times"/> times <paramref name="line"/> to <paramref name="sums"/>; both are some whole vectors of eight long.</summary>
    public static void Add(ReadOnlySpan<long> line, int times, Span<long> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, line.Length);
        ref long from = ref MemoryMarshal.GetReference(line);
        ref long to = ref MemoryMarshal.GetReference(sums);
        int at = 0;
        if (times == 1)
            for (; at <= line.Length - Vector512<long>.Count; at += Vector512<long>.Count)
                (Vector512.LoadUnsafe(ref to, (nuint)at) + Vector512.LoadUnsafe(ref from, (nuint)at)).StoreUnsafe(ref to, (nuint)at);
        else
            for (; at <= line.Length - Vector512<long>.Count; at += Vector512<long>.Count)
                (Vector512.LoadUnsafe(ref to, (nuint)at) + (Vector512.LoadUnsafe(ref from, (nuint)at) * times)).StoreUnsafe(ref to, (nuint)at);
        AddScalar(line[at..], times, sums[at..]);
    }

    /// <summary>The specification of <see cref="Add"/>, for lines of any length.</summary>
    public static void AddScalar(ReadOnlySpan<long> line, int times, Span<long> sums)
    {
        for (int i = 0; i < line.Length; i++)
            sums[i] += line[i] * times;
    }
}
