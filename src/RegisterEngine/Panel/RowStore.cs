using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Some consecutive rows of a slab.</summary>
internal readonly record struct RowBlock(PanelRow[] Slab, int Offset)
{
    public Span<PanelRow> Rows => Slab.AsSpan(Offset, RowStore.BlockRows);
}

/// <summary>
/// Memory for panel rows, in small blocks cut from large slabs, so that the collector sees few objects. All members may be called from any thread.
/// </summary>
/// <param name="budget">Bytes that it may take, but for one slab for each writer.</param>
internal sealed class RowStore(long budget)
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 128;

    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = 32;

    private const int LeastSlabRows = 1 << 16;
    private const int MostSlabRows = 1 << 19;

    // A slab is a small part of what may be taken: 2 to 16 MB.
    private readonly int _slabRows = (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(budget / RowBytes / 64)), LeastSlabRows, MostSlabRows);

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
            if (_used == _slab.Length && (_slabs + 1) * _slabRows * RowBytes > budget)
                return false;
            block = Cut();
            return true;
        }
    }

    /// <summary>A block of rows, beyond the budget if need be: for a writer that holds none, since others hold them all.</summary>
    public RowBlock Rent()
    {
        lock (_renting)
            return _free.TryPop(out RowBlock block) ? block : Cut();
    }

    /// <summary>Gives blocks back.</summary>
    public void Return(IEnumerable<RowBlock> blocks)
    {
        lock (_renting)
            foreach (RowBlock block in blocks)
                _free.Push(block);
    }

    private RowBlock Cut()
    {
        if (_used == _slab.Length)
        {
            _slab = HugePages.Allocate<PanelRow>(_slabRows);
            _slabs++;
            _used = 0;
        }
        var block = new RowBlock(_slab, _used);
        _used += BlockRows;
        return block;
    }
}
