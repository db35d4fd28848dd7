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
    private const int SlabBits = 19;
    private const int SlabKeys = 1 << SlabBits;

    // Bits within a part: the others tell the part.
    private readonly int _partBits = Math.Max(0, bits - BitOperations.Log2(Parts));

    // Blocks of keys, cut from a few arrays: were each one of its own, a key would touch its beginning, where the length stands, beside its place.
    private readonly List<int>[] _blocks = Arrays.Make(Parts, _ => new List<int>());
    private T[][] _slabs = [];
    private int _cut;

    // By part, where the next key goes; at the beginning of a block where the part has none that is open.
    private readonly int[] _next = new int[Parts];
    private readonly KeyCounts<T>[] _counted = [.. Enumerable.Repeat(KeyCounts<T>.Empty, Parts)];
    private long _pending;

    /// <summary>Adds keys.</summary>
    public void Add(ReadOnlySpan<T> keys)
    {
        Span<int> places = _next;
        ReadOnlySpan<T[]> slabs = _slabs;
        int partBits = _partBits;
        foreach (T key in keys)
        {
            ref int next = ref places[int.CreateTruncating(key >> partBits)];
            if ((next & (BlockKeys - 1)) == 0)
            {
                next = NextBlock(int.CreateTruncating(key >> partBits));
                slabs = _slabs;
            }
            slabs[next >> SlabBits][next & (SlabKeys - 1)] = key;
            next++;
        }
        _pending += keys.Length;
        if (_pending <= mostPending)
            return;
        for (int part = 0; part < Parts; part++)
            _counted[part] = Count(part, [this]);
        _pending = _cut = 0;
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
            for (int i = 0; i < counter._blocks[part].Count; i++)
            {
                Span<T> block = counter.Block(part, i);
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

    /// <summary>Gives up its memory, once all parts are forgotten.</summary>
    public void Release()
    {
        _slabs = [];
        _cut = 0;
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
        pending = counters.Sum(counter => counter.KeysOf(part));
        T[] keys = ArrayPool<T>.Shared.Rent(pending);
        int at = 0;
        foreach (KeyCounter<T> counter in counters)
            for (int i = 0; i < counter._blocks[part].Count; i++)
            {
                Span<T> block = counter.Block(part, i);
                block.CopyTo(keys.AsSpan(at));
                at += block.Length;
            }
        return keys;
    }

    // All blocks but the last are full.
    private int KeysOf(int part) => (_blocks[part].Count * BlockKeys) - (-_next[part] & (BlockKeys - 1));

    private Span<T> Block(int part, int at)
    {
        int first = _blocks[part][at];
        int keys = Math.Min(BlockKeys, KeysOf(part) - (at * BlockKeys));
        return _slabs[first >> SlabBits].AsSpan(first & (SlabKeys - 1), keys);
    }

    private void Forget(int part)
    {
        _blocks[part].Clear();
        _next[part] = 0;
        _counted[part] = KeyCounts<T>.Empty;
    }

    private int NextBlock(int part)
    {
        if (_cut == _slabs.Length * SlabKeys)
            _slabs = [.. _slabs, HugePages.Allocate<T>(SlabKeys)];
        int first = _cut;
        _cut += BlockKeys;
        _blocks[part].Add(first);
        return first;
    }
}
