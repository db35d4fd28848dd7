using System.Numerics.Tensors;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>
/// Sums the moments of a table that has few enough possible cells to number them all: nothing is sorted. Those of a part that have person-years are marked, and get their place in the
/// table; then each person-year is added there.
/// </summary>
/// <param name="shape">The shape of the table.</param>
/// <param name="cells">How many cells are possible, with two bits for the known controls.</param>
/// <param name="mostPending">Person-years that may wait.</param>
/// <param name="pool">Where they wait.</param>
internal sealed class NumberedMomentCounter(TableShape shape, int cells, long mostPending, BlockPool pool) : TableCounter(shape), IMomentCounter
{
    private readonly MomentDeal _deal = new(cells, mostPending, pool);
    private readonly uint[] _numbers = new uint[CellWriter.ChunkRows];
    private readonly uint[] _facts = new uint[CellWriter.ChunkRows];

    public override void Add(RowValues rows)
    {
        Span<uint> numbers = _numbers.AsSpan(0, rows.Count);
        numbers.Clear();
        for (int i = 0; i < Shape.Dimensions.Length; i++)
            TensorPrimitives.MultiplyAdd(numbers, (uint)Shape.Sizes[i], rows.Dimensions[Shape.Dimensions[i]].AsSpan(0, rows.Count), numbers);
        ReadOnlySpan<uint> facts = rows.Facts.AsSpan(0, rows.Count);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (numbers[i] << PersonFacts.KnownBits) | (facts[i] >> PersonFacts.SummedBits);
        int selected = rows.Selected[Shape.Filter];
        if (selected == SampleFilter.All)
        {
            _deal.Add(numbers, facts);
            return;
        }
        ReadOnlySpan<int> selection = rows.Selections[Shape.Filter].AsSpan(0, selected);
        for (int i = 0; i < selection.Length; i++)
            (_numbers[i], _facts[i]) = (_numbers[selection[i]], facts[selection[i]]);
        _deal.Add(_numbers.AsSpan(0, selected), _facts.AsSpan(0, selected));
    }

    public MomentTable Finish(MomentPlan plan, IReadOnlyList<CellDimension> dimensions, IReadOnlyList<TableCounter> counters, int threads)
    {
        MomentDeal[] deals = [.. counters.Select(counter => ((NumberedMomentCounter)counter)._deal)];
        int parts = MomentDeal.PartsOf(cells);
        var places = new ushort[parts][];
        int[] first = new int[parts + 1];
        Workers.For(threads, parts, (part, _) => first[part + 1] = Mark(deals, part, places[part] = new ushort[1 << MomentDeal.PartBits]));
        for (int part = 0; part < parts; part++)
            first[part + 1] += first[part];
        var basis = new MomentBasis(plan.Degree);
        long[] lines = PersonFacts.Lines(basis, basis.Length);
        ulong[] keys = HugePages.Allocate<ulong>(first[^1]);
        long[] moments = HugePages.Allocate<long>(checked(first[^1] * basis.Length));
        Workers.For(threads, parts, (part, _) =>
        {
            Number(part, places[part], keys.AsSpan(first[part]..first[part + 1]));
            Sum(deals, part, places[part], lines, moments.AsSpan(first[part] * basis.Length, (first[part + 1] - first[part]) * basis.Length), basis.Length);
            foreach (MomentDeal deal in deals)
                deal.Forget(part);
        });
        return new MomentTable(plan, dimensions, keys, moments, null);
    }

    // One more than the place in the part, of the cells that have person-years; how many they are.
    private static int Mark(MomentDeal[] deals, int part, ushort[] places)
    {
        foreach (MomentDeal deal in deals)
        {
            foreach (uint key in deal.Counted(part).Keys)
                places[key >> PersonFacts.SummedBits] = 1;
            for (int block = 0; block < deal.Blocks(part); block++)
                foreach (uint key in deal.Block(part, block))
                    places[key >> PersonFacts.SummedBits] = 1;
        }
        int cells = 0;
        foreach (ref ushort place in places.AsSpan())
        {
            cells += place;
            place = (ushort)(place == 0 ? 0 : cells);
        }
        return cells;
    }

    private static void Number(int part, ushort[] places, Span<ulong> keys)
    {
        int at = 0;
        for (int cell = 0; cell < places.Length && at < keys.Length; cell++)
        {
            keys[at] = ((ulong)part << MomentDeal.PartBits) | (uint)cell;
            at += places[cell] > 0 ? 1 : 0;
        }
    }

    private static void Sum(MomentDeal[] deals, int part, ushort[] places, long[] lines, Span<long> moments, int length)
    {
        const uint summed = (1u << PersonFacts.SummedBits) - 1;
        moments.Clear();
        foreach (MomentDeal deal in deals)
        {
            KeyCounts<uint> counted = deal.Counted(part);
            for (int i = 0; i < counted.Keys.Length; i++)
                Multiples.Add(lines.AsSpan((int)(counted.Keys[i] & summed) * length, length), counted.Counts[i], moments.Slice((places[counted.Keys[i] >> PersonFacts.SummedBits] - 1) * length, length));
            for (int block = 0; block < deal.Blocks(part); block++)
                Multiples.AddLines(deal.Block(part, block), PersonFacts.SummedBits, lines, length, places, moments);
        }
    }
}
