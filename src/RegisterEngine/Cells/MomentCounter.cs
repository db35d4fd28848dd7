using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>
/// Sums the moments of one table: for one thread, then together with those of others. What waits is the distinct person-years of each cell with their counts; in the
/// end each is multiplied into the moments of its cell.
/// </summary>
internal interface IMomentCounter
{
    /// <summary>The table over some counters of the same plan, in <paramref name="threads"/> at once.</summary>
    MomentTable Finish(MomentPlan plan, IReadOnlyList<CellDimension> dimensions, IReadOnlyList<TableCounter> counters, int threads);
}

/// <summary>Chooses how the moments of a table are summed.</summary>
internal static class MomentCounters
{
    // Cells up to which numbering all of them is worth its time: half a megabyte of marks for a million.
    private const long MostNumbered = 1 << 26;

    /// <summary>The counter that suits a table best.</summary>
    public static TableCounter For(MomentPlan plan, TableShape shape, long mostPending, BlockPool pool)
    {
        int bits = shape.KeyBits;
        long cells = bits > 62 ? long.MaxValue : shape.Sizes.Aggregate(1L << PersonFacts.KnownBits, (product, size) => product * Math.Max(size, 1));
        if (cells <= MostNumbered && !plan.KeepRows)
            return new NumberedMomentCounter(shape, (int)cells, mostPending, pool);
        return bits <= 32 ? new MomentCounter<uint>(shape, mostPending, pool) : new MomentCounter<ulong>(shape, mostPending, pool);
    }
}

/// <summary>The moments of a table whose possible cells are too many, or whose distinct person-years are kept: these are sorted.</summary>
internal sealed class MomentCounter<T>(TableShape shape, long mostPending, BlockPool pool) : TableCounter<T>(shape), IMomentCounter
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    // A cell never lies in two parts of the counter, since parts are told by bits above those that are summed over.
    private readonly KeyCounter<T> _counter = new(Math.Max(shape.KeyBits, PersonFacts.SummedBits + BitOperations.Log2(KeyCounter<T>.Parts)), mostPending, pool);

    public MomentTable Finish(MomentPlan plan, IReadOnlyList<CellDimension> dimensions, IReadOnlyList<TableCounter> counters, int threads)
    {
        List<KeyCounter<T>> all = [.. counters.Select(counter => ((MomentCounter<T>)counter)._counter)];
        var parts = new KeyCounts<T>[KeyCounter<T>.Parts];
        int[] firstCell = new int[parts.Length + 1];
        int[] firstRow = new int[parts.Length + 1];
        Workers.For(threads, parts.Length, (part, _) =>
        {
            parts[part] = KeyCounter<T>.Count(part, all);
            firstCell[part + 1] = CellsOf(parts[part].Keys);
            firstRow[part + 1] = parts[part].Keys.Length;
        });
        for (int part = 0; part < parts.Length; part++)
        {
            firstCell[part + 1] += firstCell[part];
            firstRow[part + 1] += firstRow[part];
        }
        var sums = new MomentSums(new MomentBasis(plan.Degree), firstCell[^1], plan.KeepRows ? firstRow[^1] : 0);
        Workers.For(threads, parts.Length, (part, _) => sums.Add(parts[part], firstCell[part], firstRow[part]));
        return new MomentTable(plan, dimensions, sums.Keys, sums.Moments, plan.KeepRows ? sums.Rows : null);
    }

    public override void Add(RowValues rows) => AddKeys(rows);

    private protected override void Count(ReadOnlySpan<T> keys) => _counter.Add(keys);

    private static int CellsOf(ReadOnlySpan<T> keys)
    {
        int cells = keys.IsEmpty ? 0 : 1;
        for (int i = 1; i < keys.Length; i++)
            cells += keys[i] >> PersonFacts.SummedBits != keys[i - 1] >> PersonFacts.SummedBits ? 1 : 0;
        return cells;
    }
}

/// <summary>The moments of all cells of a table; parts of it may be filled at once.</summary>
internal sealed class MomentSums
{
    private const int Lanes = 8;

    private readonly int _length;
    private readonly int _stride;
    private readonly long[] _lines;
    private readonly int[] _starts;
    private readonly ushort[] _facts;
    private readonly int[] _counts;

    public MomentSums(MomentBasis basis, int cells, int rows)
    {
        _length = basis.Length;
        _stride = (_length + Lanes - 1) / Lanes * Lanes;
        _lines = PersonFacts.Lines(basis, _stride);
        Keys = HugePages.Allocate<ulong>(cells);
        Moments = HugePages.Allocate<long>(checked(cells * _length));
        _starts = rows == 0 ? [] : new int[cells + 1];
        _facts = GC.AllocateUninitializedArray<ushort>(rows);
        _counts = GC.AllocateUninitializedArray<int>(rows);
        if (rows > 0)
            _starts[cells] = rows;
    }

    public ulong[] Keys { get; }

    public long[] Moments { get; }

    public MomentRows Rows => new(_starts.Length == 0 ? new int[Keys.Length + 1] : _starts, _facts, _counts);

    /// <summary>Adds the person-years of some whole cells.</summary>
    /// <param name="counted">Keys with the facts in their lowest bits, ascending, and their counts.</param>
    /// <param name="cell">Place of the first cell.</param>
    /// <param name="row">Place of the first distinct person-year.</param>
    public void Add<T>(KeyCounts<T> counted, int cell, int row)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<long> sums = stackalloc long[_stride];
        ReadOnlySpan<T> keys = counted.Keys;
        ReadOnlySpan<int> counts = counted.Counts;
        const int summed = (1 << PersonFacts.SummedBits) - 1;
        for (int from = 0, to; from < keys.Length; from = to, cell++)
        {
            T key = keys[from] >> PersonFacts.SummedBits;
            sums.Clear();
            for (to = from; to < keys.Length && keys[to] >> PersonFacts.SummedBits == key; to++)
            {
                int facts = int.CreateTruncating(keys[to]) & summed;
                Multiples.Add(_lines.AsSpan(facts * _stride, _stride), counts[to], sums);
                if (_facts.Length > 0)
                    (_facts[row + to], _counts[row + to]) = ((ushort)facts, counts[to]);
            }
            Keys[cell] = ulong.CreateTruncating(key);
            sums[.._length].CopyTo(Moments.AsSpan(cell * _length));
            if (_facts.Length > 0)
                _starts[cell] = row + from;
        }
    }
}
