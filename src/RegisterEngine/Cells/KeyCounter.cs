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
internal sealed class KeyCounter<T>(int bits, long mostPending)
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    /// <summary>How many parts there are.</summary>
    public const int Parts = 256;

    private const int BlockKeys = 4096;

    // Bits within a part: the others tell the part.
    private readonly int _partBits = Math.Max(0, bits - BitOperations.Log2(Parts));
    private readonly T[][] _open = [.. Enumerable.Repeat(Array.Empty<T>(), Parts)];
    private readonly int[] _used = new int[Parts];
    private readonly List<T[]>[] _full = Arrays.Make(Parts, _ => new List<T[]>());
    private readonly KeyCounts<T>[] _counted = [.. Enumerable.Repeat(KeyCounts<T>.Empty, Parts)];
    private long _pending;

    /// <summary>Adds keys.</summary>
    public void Add(ReadOnlySpan<T> keys)
    {
        foreach (T key in keys)
        {
            int part = int.CreateTruncating(key >> _partBits);
            T[] block = _open[part];
            int at = _used[part];
            if (at == block.Length)
                (block, at) = (NextBlock(part), 0);
            block[at] = key;
            _used[part] = at + 1;
        }
        _pending += keys.Length;
        if (_pending <= mostPending)
            return;
        for (int part = 0; part < Parts; part++)
            _counted[part] = Count(part, [this]);
        _pending = 0;
    }

    /// <summary>The counts of one part over some counters, which forget it.</summary>
    public static KeyCounts<T> Count(int part, IReadOnlyList<KeyCounter<T>> counters)
    {
        int pending = counters.Sum(counter => counter.PendingIn(part));
        T[] keys = ArrayPool<T>.Shared.Rent(pending), scratch = ArrayPool<T>.Shared.Rent(pending);
        int at = 0;
        KeyCounts<T> all = KeyCounts<T>.Empty;
        foreach (KeyCounter<T> counter in counters)
        {
            all = KeyCounts<T>.Merge(all, counter._counted[part]);
            at += counter.Take(part, keys.AsSpan(at));
        }
        RadixSort.Sort(keys.AsSpan(0, pending), scratch, counters[0]._partBits);
        KeyCounts<T> sorted = KeyCounts<T>.OfSorted(keys.AsSpan(0, pending));
        ArrayPool<T>.Shared.Return(keys);
        ArrayPool<T>.Shared.Return(scratch);
        return KeyCounts<T>.Merge(all, sorted);
    }

    private int PendingIn(int part) => (_full[part].Count * BlockKeys) + _used[part];

    private int Take(int part, Span<T> target)
    {
        int at = 0;
        foreach (T[] block in _full[part])
        {
            block.CopyTo(target[at..]);
            at += block.Length;
        }
        _open[part].AsSpan(0, _used[part]).CopyTo(target[at..]);
        at += _used[part];
        _full[part].Clear();
        _used[part] = 0;
        _counted[part] = KeyCounts<T>.Empty;
        return at;
    }

    private T[] NextBlock(int part)
    {
        if (_open[part].Length > 0)
            _full[part].Add(_open[part]);
        return _open[part] = GC.AllocateUninitializedArray<T>(BlockKeys);
    }
}
