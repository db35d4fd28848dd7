using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>
/// Deals person-years out by the number of their cell, into parts whose cells fit into a cache: for one thread. When too many wait, equal ones are counted on the way, so that memory
/// follows the number of distinct ones, not of rows.
/// </summary>
/// <remarks>A key is the cell's number within its part, then the <see cref="PersonFacts"/> that are summed over.</remarks>
/// <param name="cells">How many cells there may be.</param>
/// <param name="mostPending">Keys that may wait to be counted.</param>
/// <param name="pool">Where they wait.</param>
internal sealed class MomentDeal(int cells, long mostPending, BlockPool pool)
{
    /// <summary>Bits that tell a cell within its part.</summary>
    public const int PartBits = 13;

    private readonly KeyBlocks<uint> _keys = new(PartsOf(cells), pool);
    private readonly KeyCounts<uint>[] _counted = [.. Enumerable.Repeat(KeyCounts<uint>.Empty, PartsOf(cells))];

    // By person-year of a chunk: its part, and its key.
    private readonly uint[] _parts = new uint[CellWriter.ChunkRows];
    private readonly uint[] _dealt = new uint[CellWriter.ChunkRows];
    private long _pending;

    /// <summary>How many parts so many cells have.</summary>
    public static int PartsOf(int cells) => (cells + (1 << PartBits) - 1) >> PartBits;

    /// <summary>Adds person-years.</summary>
    /// <param name="cellOf">By person-year, the number of its cell; as many as a chunk has at most.</param>
    /// <param name="facts">By person-year, its facts.</param>
    public void Add(ReadOnlySpan<uint> cellOf, ReadOnlySpan<uint> facts)
    {
        const uint within = (1u << PartBits) - 1, summed = (1u << PersonFacts.SummedBits) - 1;
        Span<uint> parts = _parts.AsSpan(0, cellOf.Length), keys = _dealt.AsSpan(0, cellOf.Length);
        facts = facts[..cellOf.Length];
        for (int i = 0; i < cellOf.Length; i++)
        {
            parts[i] = cellOf[i] >> PartBits;
            keys[i] = ((cellOf[i] & within) << PersonFacts.SummedBits) | (facts[i] & summed);
        }
        _keys.Deal(keys, parts);
        _pending += cellOf.Length;
        if (_pending > mostPending)
            CountPending();
    }

    /// <summary>Keys of a part that were counted on the way, ascending.</summary>
    public KeyCounts<uint> Counted(int part) => _counted[part];

    /// <summary>How many blocks of other keys a part has; each key stands for one person-year.</summary>
    public int Blocks(int part) => _keys.BlocksOf(part);

    /// <summary>The keys of a block.</summary>
    public ReadOnlySpan<uint> Block(int part, int block) => _keys.Block(part, block);

    /// <summary>Forgets the person-years of a part, and gives their memory back.</summary>
    public void Forget(int part)
    {
        _keys.Clear(part);
        _counted[part] = KeyCounts<uint>.Empty;
    }

    private void CountPending()
    {
        for (int part = 0; part < _counted.Length; part++)
        {
            uint[] keys = new uint[_keys.CountOf(part)];
            _keys.CopyTo(part, keys);
            RadixSort.Sort(keys, new uint[keys.Length], PartBits + PersonFacts.SummedBits);
            _counted[part] = KeyCounts<uint>.Merge(_counted[part], KeyCounts<uint>.OfSorted(keys));
            _keys.Clear(part);
        }
        _pending = 0;
    }
}
