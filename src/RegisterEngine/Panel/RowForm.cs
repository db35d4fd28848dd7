using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>How rows are written into blocks of memory: in three words, where all of them fit (see <see cref="CompactRows"/>), or as they are.</summary>
internal readonly struct RowForm
{
    private RowForm(int words) => Words = words;

    /// <summary>Three words for a row.</summary>
    public static RowForm Compact => new(BlockSlabs.Three);

    /// <summary>Four words for a row: those of <see cref="PanelRow"/>.</summary>
    public static RowForm Whole => new(BlockSlabs.Four);

    /// <summary>Words of a row.</summary>
    public int Words { get; }

    /// <summary>Whether a row has three.</summary>
    public bool IsCompact => Words == BlockSlabs.Three;

    /// <summary>Rows of a block.</summary>
    public int BlockRows => BlockSlabs.BlockWords / Words;

    /// <summary>Reads the first rows of a block.</summary>
    /// <param name="block">Its words.</param>
    /// <param name="rows">As many rows as are read.</param>
    public void Read(ReadOnlySpan<ulong> block, Span<PanelRow> rows)
    {
        block = block[..(rows.Length * Words)];
        if (IsCompact)
            CompactRows.Expand(block, PanelRow.WordsOf(rows));
        else
            block.CopyTo(PanelRow.WordsOf(rows));
    }

    /// <summary>Writes rows from the beginning of a block on; false where they do not fit in this form.</summary>
    /// <param name="rows">No more than <see cref="BlockRows"/>.</param>
    /// <param name="block">Its words.</param>
    public bool TryWrite(ReadOnlySpan<PanelRow> rows, Span<ulong> block)
    {
        if (IsCompact)
            return CompactRows.TryShrink(PanelRow.WordsOf(rows), block);
        PanelRow.WordsOf(rows).CopyTo(block);
        return true;
    }
}
