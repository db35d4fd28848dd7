using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>Which dimensions a table has, as places among those that are read, how many values each has, and how many bits tell the rest.</summary>
internal sealed record TableShape(int Filter, int[] Dimensions, int[] Sizes, int RestBits)
{
    /// <summary>Bits that tell the transition, the lowest of a key.</summary>
    public const int TransitionBits = 3;

    /// <summary>Bits of a key: all values in mixed radix, then the rest.</summary>
    /// <exception cref="ArgumentException">The values have more combinations than 64 bits can tell apart beside the rest.</exception>
    public int KeyBits
    {
        get
        {
            ulong cells = 1;
            ulong beyond = 0;
            foreach (int size in Sizes)
                beyond |= Math.BigMul(cells, (ulong)Math.Max(size, 1), out cells);
            int bits = (64 - BitOperations.LeadingZeroCount(cells - 1)) + RestBits;
            return beyond == 0 && bits <= 64 ? bits : throw new ArgumentException("A table has more dimensions than can be crossed.");
        }
    }
}

/// <summary>Counts the person-years of one table: for one thread, then together with those of others.</summary>
internal abstract class TableCounter(TableShape shape)
{
    // Up to this many bits every key has its own count in an array that stays in the cache.
    private const int DenseBits = 16;

    private protected TableShape Shape { get; } = shape;

    /// <summary>The counter that suits a table best.</summary>
    public static TableCounter For(TableShape shape, long mostPending, BlockPool pool) => shape.KeyBits switch
    {
        <= DenseBits => new DenseCounter(shape),
        <= 32 => new SparseCounter<uint>(shape, mostPending, pool),
        _ => new SparseCounter<ulong>(shape, mostPending, pool),
    };

    /// <summary>Adds a chunk of person-years.</summary>
    public abstract void Add(RowValues rows);
}

/// <summary>A counter whose cells have a count for each transition.</summary>
internal interface ICellCounter
{
    /// <summary>The cells over some counters of the same table, in <paramref name="threads"/> at once.</summary>
    CellList Finish(IReadOnlyList<TableCounter> counters, int threads);
}

/// <summary>Counts keys of one type.</summary>
internal abstract class TableCounter<T>(TableShape shape) : TableCounter(shape)
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly T[] _keys = new T[CellWriter.ChunkRows];

    /// <summary>What <see cref="TableCounter.Add"/> does.</summary>
    /// <remarks>Called by name, the code for each type of key is made ahead; reached by the table of virtual methods alone, it is made in the first shard.</remarks>
    private protected void AddKeys(RowValues rows)
    {
        Span<T> keys = _keys.AsSpan(0, rows.Count);
        keys.Clear();
        for (int i = 0; i < Shape.Dimensions.Length; i++)
            MixedRadix.Append(keys, rows.Dimensions[Shape.Dimensions[i]], T.CreateChecked(Shape.Sizes[i]));
        MixedRadix.Append(keys, Shape.RestBits == PersonFacts.Bits ? rows.Facts : rows.Transitions, T.CreateChecked(1 << Shape.RestBits));
        Count(Selected(keys, rows.Selections[Shape.Filter], rows.Selected[Shape.Filter]));
    }

    /// <summary>Counts keys.</summary>
    private protected abstract void Count(ReadOnlySpan<T> keys);

    private static ReadOnlySpan<T> Selected(Span<T> keys, int[] selection, int selected)
    {
        if (selected == SampleFilter.All)
            return keys;
        for (int i = 0; i < selected; i++)
            keys[i] = keys[selection[i]];
        return keys[..selected];
    }
}

/// <summary>Counts few keys, each in its own place.</summary>
internal sealed class DenseCounter(TableShape shape) : TableCounter<uint>(shape), ICellCounter
{
    private readonly int[] _counts = new int[1 << shape.KeyBits];

    public override void Add(RowValues rows) => AddKeys(rows);

    public CellList Finish(IReadOnlyList<TableCounter> counters, int threads)
    {
        int[] sums = new int[_counts.Length];
        foreach (TableCounter counter in counters)
            for (int key = 0; key < sums.Length; key++)
                sums[key] = checked(sums[key] + ((DenseCounter)counter)._counts[key]);
        var present = new List<uint>();
        for (int key = 0; key < sums.Length; key++)
            if (sums[key] > 0)
                present.Add((uint)key);
        var counted = new KeyCounts<uint>([.. present], Arrays.Make(present, key => sums[key]));
        var cells = new CellList([CellList.SizeOf(counted)], isNarrow: true);
        cells.Fill(0, counted);
        return cells;
    }

    private protected override void Count(ReadOnlySpan<uint> keys)
    {
        foreach (uint key in keys)
            _counts[key]++;
    }
}

/// <summary>Counts keys of which most never occur.</summary>
internal sealed class SparseCounter<T>(TableShape shape, long mostPending, BlockPool pool) : TableCounter<T>(shape), ICellCounter
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly KeyCounter<T> _counter = new(shape.KeyBits, mostPending, pool);

    public override void Add(RowValues rows) => AddKeys(rows);

    public CellList Finish(IReadOnlyList<TableCounter> counters, int threads)
    {
        List<KeyCounter<T>> all = [.. counters.Select(counter => ((SparseCounter<T>)counter)._counter)];
        return all.Exists(counter => counter.HasCounted) ? OfCounted(all, threads) : OfKeys(all, threads);
    }

    private static CellList OfKeys(List<KeyCounter<T>> counters, int threads)
    {
        var sizes = new PartSize[KeyCounter<T>.Parts];
        Workers.For(threads, sizes.Length, (part, _) => sizes[part] = KeyCounter<T>.Sort(part, counters));
        var cells = new CellList(sizes, isNarrow: typeof(T) == typeof(uint));
        Workers.For(threads, sizes.Length, (part, _) => KeyCounter<T>.Fill(part, counters, cells));
        return cells;
    }

    private static CellList OfCounted(List<KeyCounter<T>> counters, int threads)
    {
        var parts = new KeyCounts<T>[KeyCounter<T>.Parts];
        Workers.For(threads, parts.Length, (part, _) => parts[part] = KeyCounter<T>.Count(part, counters));
        var cells = new CellList(Array.ConvertAll(parts, part => CellList.SizeOf(part)), isNarrow: typeof(T) == typeof(uint));
        Workers.For(threads, parts.Length, (part, _) => cells.Fill(part, parts[part]));
        return cells;
    }

    private protected override void Count(ReadOnlySpan<T> keys) => _counter.Add(keys);
}
