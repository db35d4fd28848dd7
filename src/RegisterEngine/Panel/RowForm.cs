using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>How rows are written into blocks of memory: in five words of four bytes, where all of them fit (see <see cref="CompactRows"/>), or as they are.</summary>
internal readonly struct RowForm
{
    private RowForm(int words) => Words = words;

    /// <summary>Five words for a row.</summary>
    public static RowForm Compact => new(BlockSlabs.Five);

    /// <summary>Eight words for a row: those of <see cref="PanelRow"/>.</summary>
    public static RowForm Whole => new(BlockSlabs.Eight);

    /// <summary>Words of a row.</summary>
    public int Words { get; }

    /// <summary>Whether a row has five.</summary>
    public bool IsCompact => Words == BlockSlabs.Five;

    /// <summary>Rows of a block.</summary>
    public int BlockRows => BlockSlabs.BlockWords / Words;

    /// <summary>Reads the first rows of a block.</summary>
    /// <param name="block">Its words.</param>
    /// <param name="shard">The shard of the rows.</param>
    /// <param name="rows">As many rows as are read.</param>
    public void Read(ReadOnlySpan<uint> block, int shard, Span<PanelRow> rows)
    {
        block = block[..(rows.Length * Words)];
        if (IsCompact)
            CompactRows.Expand(block, shard, PanelRow.WordsOf(rows));
        else
            Buffers.As<PanelRow>(Buffers.AsBytes(block)).CopyTo(rows);
    }

    /// <summary>Writes rows from the beginning of a block on; false where they do not fit in this form.</summary>
    /// <param name="rows">No more than <see cref="BlockRows"/>.</param>
    /// <param name="block">Its words.</param>
    public bool TryWrite(ReadOnlySpan<PanelRow> rows, Span<uint> block)
    {
        if (IsCompact)
            return CompactRows.TryShrink(PanelRow.WordsOf(rows), block);
        Buffers.As<uint>(Buffers.AsBytes(rows)).CopyTo(block);
        return true;
    }
}
