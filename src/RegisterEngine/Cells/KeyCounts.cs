using System.Numerics;

namespace RegisterEngine.Cells;

/// <summary>Distinct keys in ascending order, and how often each occurred.</summary>
internal sealed record KeyCounts<T>(T[] Keys, int[] Counts)
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>No keys.</summary>
    public static KeyCounts<T> Empty { get; } = new([], []);

    /// <summary>Counts the runs of sorted keys.</summary>
    public static KeyCounts<T> OfSorted(ReadOnlySpan<T> sorted)
    {
        int distinct = sorted.IsEmpty ? 0 : 1;
        for (int i = 1; i < sorted.Length; i++)
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        var keys = new T[distinct];
        int[] counts = new int[distinct];
        int at = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                keys[++at] = sorted[i];
            counts[at]++;
        }
        return new(keys, counts);
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
