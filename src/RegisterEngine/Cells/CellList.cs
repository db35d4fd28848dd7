using System.Numerics;
using System.Runtime.CompilerServices;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>How many cells some keys make, and the largest count among them.</summary>
internal readonly record struct PartSize(int Cells, int LargestCount);

/// <summary>Cells: keys without the transition, ascending, and a count for each transition. Parts, one after the other, may be filled in different threads.</summary>
internal sealed class CellList
{
    private const int Transitions = (1 << TableShape.TransitionBits) - 1;

    private readonly int[] _starts;
    private readonly ulong[] _keys;

    // One of them is there: memory that nobody has used costs more than the counting.
    private readonly byte[]? _small;
    private readonly int[]? _large;

    /// <summary>Room for the cells of some parts.</summary>
    public CellList(IReadOnlyList<PartSize> parts)
    {
        _starts = new int[parts.Count + 1];
        int largest = 0;
        for (int part = 0; part < parts.Count; part++)
        {
            _starts[part + 1] = checked(_starts[part] + parts[part].Cells);
            largest = Math.Max(largest, parts[part].LargestCount);
        }
        _keys = HugePages.Allocate<ulong>(_starts[^1]);
        int counts = checked(_starts[^1] * CellCounts.Length);
        if (largest <= byte.MaxValue)
            _small = HugePages.Allocate<byte>(counts);
        else
            _large = HugePages.Allocate<int>(counts);
    }

    /// <summary>Keys of the cells.</summary>
    public ReadOnlySpan<ulong> Keys => _keys;

    /// <summary>The counts of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CellCounts Counts(int cell)
    {
        int first = cell * CellCounts.Length;
        return _small is not null
            ? new CellCounts(_small.AsSpan(first, CellCounts.Length), default)
            : new CellCounts(default, _large.AsSpan(first, CellCounts.Length));
    }

    /// <summary>What room the keys of a part need.</summary>
    public static PartSize SizeOf<T>(KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> keys = counted.Keys;
        int cells = keys.IsEmpty ? 0 : 1;
        for (int i = 1; i < keys.Length; i++)
            cells += keys[i] >> TableShape.TransitionBits != keys[i - 1] >> TableShape.TransitionBits ? 1 : 0;
        int largest = 0;
        foreach (int count in counted.Counts)
            largest = Math.Max(largest, count);
        return new PartSize(cells, largest);
    }

    /// <summary>Fills in the cells of a part.</summary>
    public void Fill<T>(int part, KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<ulong> keys = _keys.AsSpan(_starts[part].._starts[part + 1]);
        if (_small is { } small)
            Fill(keys, small.AsSpan(_starts[part] * CellCounts.Length, keys.Length * CellCounts.Length), counted);
        else
            Fill(keys, _large.AsSpan(_starts[part] * CellCounts.Length, keys.Length * CellCounts.Length), counted);
    }

    private static void Fill<T, TCount>(Span<ulong> keys, Span<TCount> counts, KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
        where TCount : unmanaged, IBinaryInteger<TCount>
    {
        counts.Clear();
        ReadOnlySpan<T> all = counted.Keys;
        int cell = -1;
        ulong last = ulong.MaxValue;
        for (int i = 0; i < all.Length; i++)
        {
            ulong key = ulong.CreateTruncating(all[i] >> TableShape.TransitionBits);
            cell += key != last ? 1 : 0;
            keys[cell] = last = key;
            counts[(cell * CellCounts.Length) + (int.CreateTruncating(all[i]) & Transitions)] = TCount.CreateTruncating(counted.Counts[i]);
        }
    }
}
