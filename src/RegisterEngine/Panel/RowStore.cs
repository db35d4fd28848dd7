namespace RegisterEngine.Panel;

/// <summary>Some consecutive rows of a slab.</summary>
internal readonly record struct RowBlock(PanelRow[] Slab, int Offset)
{
    public Span<PanelRow> Rows => Slab.AsSpan(Offset, RowStore.BlockRows);
}

/// <summary>
/// Memory for panel rows, in small blocks cut from large slabs, so that the collector sees few objects. All members may be called from any thread.
/// </summary>
/// <param name="budget">Bytes that it may take; at least one slab is always there.</param>
internal sealed class RowStore(long budget)
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 64;

    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = 32;

    private const int SlabRows = 1 << 16;

    private readonly Lock _renting = new();
    private readonly Stack<RowBlock> _free = new();
    private PanelRow[] _slab = [];
    private int _used;
    private long _slabs;

    /// <summary>A block of rows, or false where the budget allows no more.</summary>
    public bool TryRent(out RowBlock block)
    {
        lock (_renting)
        {
            if (_free.TryPop(out block))
                return true;
            if (_used == _slab.Length)
            {
                if (_slabs > 0 && (_slabs + 1) * SlabRows * RowBytes > budget)
                    return false;
                _slab = GC.AllocateUninitializedArray<PanelRow>(SlabRows);
                _slabs++;
                _used = 0;
            }
            block = new RowBlock(_slab, _used);
            _used += BlockRows;
            return true;
        }
    }

    /// <summary>Gives blocks back.</summary>
    public void Return(IEnumerable<RowBlock> blocks)
    {
        lock (_renting)
            foreach (RowBlock block in blocks)
                _free.Push(block);
    }
}
