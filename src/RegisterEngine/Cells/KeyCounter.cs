using System.Buffers;
using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>
/// Counts equal keys: for one thread, then together with those of others. Keys are dealt out by their highest bits into parts small enough for the cache; in the end
/// each part is sorted and its runs are counted. When too many keys wait, they are counted on the way, so that memory follows the number of cells, not of rows.
/// </summary>
/// <typeparam name="T">As many bits as the keys need.</typeparam>
/// <param name="bits">How many of the lowest bits the keys use.</param>
/// <param name="mostPending">Keys that may wait to be counted.</param>
/// <param name="pool">Where they wait.</param>
internal sealed class KeyCounter<T>(int bits, long mostPending, BlockPool pool)
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    /// <summary>How many parts there are.</summary>
    public const int Parts = 256;

    // Bits within a part: the others tell the part.
    private readonly int _partBits = Math.Max(0, bits - BitOperations.Log2(Parts));
    private readonly KeyBlocks<T> _keys = new(Parts, pool);
    private readonly KeyCounts<T>[] _counted = [.. Enumerable.Repeat(KeyCounts<T>.Empty, Parts)];
    private long _pending;

    /// <summary>Adds keys.</summary>
    public void Add(ReadOnlySpan<T> keys)
    {
        _keys.Deal(keys, _partBits);
        _pending += keys.Length;
        if (_pending <= mostPending)
            return;
        for (int part = 0; part < Parts; part++)
            _counted[part] = Count(part, [this]);
        _pending = 0;
        HasCounted = true;
    }

    /// <summary>Whether keys were counted on the way.</summary>
    public bool HasCounted { get; private set; }

    /// <summary>The counts of one part over some counters, which forget it.</summary>
    public static KeyCounts<T> Count(int part, IReadOnlyList<KeyCounter<T>> counters)
    {
        T[] keys = Sorted(part, counters, out int pending);
        KeyCounts<T> all = KeyCounts<T>.OfSorted(keys.AsSpan(0, pending));
        ArrayPool<T>.Shared.Return(keys);
        foreach (KeyCounter<T> counter in counters)
        {
            all = KeyCounts<T>.Merge(all, counter._counted[part]);
            counter.Forget(part);
        }
        return all;
    }

    /// <summary>Sorts the keys of one part over some counters, none of which has counted any on the way. They stay in the memory that they have: more would cost more than the counting.</summary>
    /// <returns>What room their cells need.</returns>
    public static PartSize Sort(int part, IReadOnlyList<KeyCounter<T>> counters)
    {
        T[] keys = Sorted(part, counters, out int pending);
        ReadOnlySpan<T> left = keys.AsSpan(0, pending);
        PartSize size = CellList.SizeOf(left);
        foreach (KeyCounter<T> counter in counters)
            for (int i = 0; i < counter._keys.BlocksOf(part); i++)
            {
                Span<T> block = counter._keys.Block(part, i);
                left[..block.Length].CopyTo(block);
                left = left[block.Length..];
            }
        ArrayPool<T>.Shared.Return(keys);
        return size;
    }

    /// <summary>Fills in the cells of one part whose keys are sorted; the counters forget them.</summary>
    public static void Fill(int part, IReadOnlyList<KeyCounter<T>> counters, CellList cells)
    {
        T[] keys = Gather(part, counters, out int pending);
        cells.Fill<T>(part, keys.AsSpan(0, pending));
        ArrayPool<T>.Shared.Return(keys);
        foreach (KeyCounter<T> counter in counters)
            counter.Forget(part);
    }

    private static T[] Sorted(int part, IReadOnlyList<KeyCounter<T>> counters, out int pending)
    {
        T[] keys = Gather(part, counters, out pending);
        T[] scratch = ArrayPool<T>.Shared.Rent(pending);
        RadixSort.Sort(keys.AsSpan(0, pending), scratch, counters[0]._partBits);
        ArrayPool<T>.Shared.Return(scratch);
        return keys;
    }

    private static T[] Gather(int part, IReadOnlyList<KeyCounter<T>> counters, out int pending)
    {
        pending = counters.Sum(counter => counter._keys.CountOf(part));
        T[] keys = ArrayPool<T>.Shared.Rent(pending);
        int at = 0;
        foreach (KeyCounter<T> counter in counters)
            at += counter._keys.CopyTo(part, keys.AsSpan(at));
        return keys;
    }

    private void Forget(int part)
    {
        _keys.Clear(part);
        _counted[part] = KeyCounts<T>.Empty;
    }
}
