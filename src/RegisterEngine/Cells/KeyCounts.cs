using System.Buffers;
using System.Numerics;

namespace RegisterEngine.Cells;

/// <summary>Distinct keys in ascending order, and how often each occurred.</summary>
internal sealed record KeyCounts<T>(T[] Keys, int[] Counts)
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>No keys.</summary>
    public static KeyCounts<T> Empty { get; } = new([], []);

    /// <summary>Counts the runs of sorted keys, which are overwritten.</summary>
    public static KeyCounts<T> OfSorted(Span<T> sorted)
    {
        if (sorted.IsEmpty)
            return Empty;
        // Without a branch for each key, since nobody can foresee where a run ends: the last of a run is what stays.
        int[] ends = ArrayPool<int>.Shared.Rent(sorted.Length);
        int last = sorted.Length - 1;
        int at = 0;
        for (int i = 0; i < last; i++)
        {
            T key = sorted[i];
            sorted[at] = key;
            ends[at] = i + 1;
            at += sorted[i + 1] != key ? 1 : 0;
        }
        sorted[at] = sorted[last];
        ends[at++] = sorted.Length;
        int[] counts = GC.AllocateUninitializedArray<int>(at);
        int start = 0;
        for (int run = 0; run < counts.Length; run++)
            (counts[run], start) = (ends[run] - start, ends[run]);
        ArrayPool<int>.Shared.Return(ends);
        return new(sorted[..at].ToArray(), counts);
    }

    /// <summary>Adds the counts of equal keys.</summary>
    public static KeyCounts<T> Merge(KeyCounts<T> a, KeyCounts<T> b)
    {
        if (a.Keys.Length == 0 || b.Keys.Length == 0)
            return a.Keys.Length == 0 ? b : a;
        var keys = new T[a.Keys.Length + b.Keys.Length];
        int[] counts = new int[keys.Length];
        int inA = 0, inB = 0, at = 0;
        while (inA < a.Keys.Length || inB < b.Keys.Length)
        {
            bool takeA = inB == b.Keys.Length || (inA < a.Keys.Length && a.Keys[inA] <= b.Keys[inB]);
            bool takeB = inA == a.Keys.Length || (inB < b.Keys.Length && b.Keys[inB] <= a.Keys[inA]);
            keys[at] = takeA ? a.Keys[inA] : b.Keys[inB];
            counts[at++] = checked((takeA ? a.Counts[inA++] : 0) + (takeB ? b.Counts[inB++] : 0));
        }
        return new(keys[..at], counts[..at]);
    }
}
