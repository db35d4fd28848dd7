using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>
/// Deals person-years out by the number of their cell, into parts whose cells fit into a cache: for one thread. When too many wait, equal ones are counted on the way, so that memory
/// follows the number of distinct ones, not of rows.
/// </summary>
/// <remarks>A key is the cell's number within its part, then the <see cref="PersonFacts"/> that are summed over.</remarks>
/// <param name="cells">How many cells there may be.</param>
/// <param name="mostPending">Keys that may wait to be counted.</param>
internal sealed class MomentDeal(int cells, long mostPending)
{
    /// <summary>Bits that tell a cell within its part.</summary>
    public const int PartBits = 13;

    private const int BlockBits = 11;
    private const int SlabBits = 20;
    private const int NoPlace = 0;

    private readonly int[] _next = new int[PartsOf(cells)];
    private readonly List<int>[] _blocks = [.. Enumerable.Range(0, PartsOf(cells)).Select(_ => new List<int>())];
    private readonly KeyCounts<uint>[] _counted = [.. Enumerable.Repeat(KeyCounts<uint>.Empty, PartsOf(cells))];
    private uint[][] _slabs = [];
    private int _usedBlocks;
    private long _pending;

    /// <summary>How many parts so many cells have.</summary>
    public static int PartsOf(int cells) => (cells + (1 << PartBits) - 1) >> PartBits;

    /// <summary>Adds person-years.</summary>
    /// <param name="cellOf">By person-year, the number of its cell.</param>
    /// <param name="facts">By person-year, its facts.</param>
    public void Add(ReadOnlySpan<uint> cellOf, ReadOnlySpan<uint> facts)
    {
        const uint within = (1u << PartBits) - 1, summed = (1u << PersonFacts.SummedBits) - 1;
        uint[][] slabs = _slabs;
        int[] next = _next;
        facts = facts[..cellOf.Length];
        for (int i = 0; i < cellOf.Length; i++)
        {
            int part = (int)(cellOf[i] >> PartBits);
            int at = next[part];
            if ((at & ((1 << BlockBits) - 1)) == 0)
            {
                at = NextBlock(part);
                slabs = _slabs;
            }
            slabs[at >> SlabBits][at & ((1 << SlabBits) - 1)] = ((cellOf[i] & within) << PersonFacts.SummedBits) | (facts[i] & summed);
            next[part] = at + 1;
        }
        _pending += cellOf.Length;
        if (_pending > mostPending)
            CountPending();
    }

    /// <summary>Keys of a part that were counted on the way, ascending.</summary>
    public KeyCounts<uint> Counted(int part) => _counted[part];

    /// <summary>How many blocks of other keys a part has; each key stands for one person-year.</summary>
    public int Blocks(int part) => _blocks[part].Count;

    /// <summary>The keys of a block.</summary>
    public ReadOnlySpan<uint> Block(int part, int block)
    {
        int first = _blocks[part][block];
        // The next place of a full last block is the first of another one.
        int length = block + 1 < _blocks[part].Count ? 1 << BlockBits : _next[part] - first;
        return _slabs[first >> SlabBits].AsSpan(first & ((1 << SlabBits) - 1), length);
    }

    private int NextBlock(int part)
    {
        int slab = _usedBlocks >> (SlabBits - BlockBits);
        if (slab == _slabs.Length)
            _slabs = [.. _slabs, HugePages.Allocate<uint>(1 << SlabBits)];
        int first = _usedBlocks++ << BlockBits;
        _blocks[part].Add(first);
        return first;
    }

    private void CountPending()
    {
        for (int part = 0; part < _blocks.Length; part++)
        {
            var keys = new List<uint>();
            for (int block = 0; block < Blocks(part); block++)
                keys.AddRange(Block(part, block));
            uint[] sorted = [.. keys];
            RadixSort.Sort(sorted, new uint[sorted.Length], PartBits + PersonFacts.SummedBits);
            _counted[part] = KeyCounts<uint>.Merge(_counted[part], KeyCounts<uint>.OfSorted(sorted));
            _blocks[part].Clear();
            _next[part] = NoPlace;
        }
        _usedBlocks = 0;
        _pending = 0;
    }
}
