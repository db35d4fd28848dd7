using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>
/// Memory for panel rows, in small blocks cut from large slabs, so that the collector sees few objects. All members may be called from any thread.
/// </summary>
internal sealed class RowStore
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 128;

    private const int LeastSlabRows = 1 << 16;
    private const int MostSlabRows = 1 << 21;

    private readonly long _budgetRows;
    private readonly RowSlabs _slabs;
    private readonly int _slabRows;
    private readonly Lock _renting = new();
    private readonly Stack<int> _free = new();

    // Rows that have been cut from slabs.
    private long _used;

    /// <summary>Memory for as many rows as a budget allows.</summary>
    /// <param name="budget">Bytes that it may take, but for one slab for each writer.</param>
    public RowStore(long budget)
    {
        // A slab is a small part of what may be taken: 2 to 64 MB.
        _slabRows = (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(budget / RowSlabs.RowBytes / 64)), LeastSlabRows, MostSlabRows);
        _slabs = new RowSlabs(_slabRows);
        // A place is an int: what is more goes to disk, however large the memory.
        _budgetRows = Math.Min(budget / RowSlabs.RowBytes, int.MaxValue);
    }

    /// <summary>The place of a block's first row, or false where the budget allows no more.</summary>
    public bool TryRent(out int block)
    {
        lock (_renting)
        {
            if (_free.TryPop(out block))
                return true;
            if (_used == _slabs.Count && _used + _slabRows > _budgetRows)
                return false;
            block = Cut();
            return true;
        }
    }

    /// <summary>The place of a block's first row, beyond the budget if need be: for a writer that holds none, since others hold them all.</summary>
    public int Rent()
    {
        lock (_renting)
            return _free.TryPop(out int block) ? block : Cut();
    }

    /// <summary>Gives blocks back.</summary>
    public void Return(List<int> blocks)
    {
        lock (_renting)
            foreach (int block in blocks)
                _free.Push(block);
    }

    /// <summary>The rows of a block.</summary>
    public Span<PanelRow> Rows(int block) => _slabs.Rows<PanelRow>(block, BlockRows);

    /// <summary>Writes employments, each to its place: that of a block, plus the number of the row in it.</summary>
    public void Write(in PackedRows rows, ReadOnlySpan<int> places) => _slabs.Scatter(rows.Facts, rows.Pays, rows.Persons, rows.Units, rows.Jobs, places);

    private int Cut()
    {
        if (_used == _slabs.Count)
            _slabs.Add();
        int block = (int)_used;
        _used += BlockRows;
        return block;
    }
}
