using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>
/// Rows of one shard in the order they came: first those that were spilled, then those in memory. Persons without a key of digits have their texts beside, one
/// for each such row, in the same order, each after its length in four bytes.
/// </summary>
/// <param name="shard">The shard.</param>
/// <param name="form">How the rows in memory are written.</param>
internal sealed class ShardSegment(int shard, RowForm form)
{
    private readonly List<Extent> _spilledRows = [];
    private readonly List<Extent> _spilledTexts = [];
    private readonly List<int> _blocks = [];
    private byte[] _texts = [];
    private int _textBytes;
    private int _lastRows;

    /// <summary>Rows in all.</summary>
    public int Count => (int)(_spilledRows.Sum(extent => (long)extent.Bytes) / PanelRow.Bytes) + InMemory;

    /// <summary>Bytes of texts in all.</summary>
    public int TextBytes => _spilledTexts.Sum(extent => extent.Bytes) + _textBytes;

    private int InMemory => _blocks.Count == 0 ? 0 : ((_blocks.Count - 1) * form.BlockRows) + _lastRows;

    /// <summary>Adds an empty block; the one before is full.</summary>
    public void Add(int block)
    {
        _blocks.Add(block);
        _lastRows = 0;
    }

    /// <summary>Says how many rows the last block has.</summary>
    public void SetLastRows(int rows) => _lastRows = rows;

    /// <summary>Adds the text of a person.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        int needed = _textBytes + sizeof(int) + text.Length;
        if (needed > _texts.Length)
            Array.Resize(ref _texts, Math.Max(needed, Math.Max(1024, _texts.Length * 2)));
        BitConverter.TryWriteBytes(_texts.AsSpan(_textBytes), text.Length);
        text.CopyTo(_texts.AsSpan(_textBytes + sizeof(int)));
        _textBytes = needed;
    }

    /// <summary>Moves what is in memory to a file, and gives the memory back.</summary>
    public void Spill(ScratchFile file, BlockPool pool)
    {
        if (InMemory > 0)
        {
            // One write for all blocks: a shard is then read back in few pieces.
            var rows = new PanelRow[InMemory];
            CopyMemoryTo(rows, pool);
            Spill(file, rows);
        }
        if (_textBytes > 0)
            _spilledTexts.Add(Write(file, _texts.AsSpan(0, _textBytes)));
        _texts = [];
        _textBytes = 0;
        Release(pool);
    }

    /// <summary>Adds rows that go to a file at once; there must be none in memory.</summary>
    public void Spill(ScratchFile file, ReadOnlySpan<PanelRow> rows) => _spilledRows.Add(Write(file, Buffers.AsBytes(rows)));

    /// <summary>Copies all rows and texts, which need room for <see cref="Count"/> and <see cref="TextBytes"/>.</summary>
    public void CopyTo(Span<PanelRow> rows, Span<byte> texts, BlockPool pool, ScratchFile? file)
    {
        foreach (Extent extent in _spilledRows)
        {
            int count = extent.Bytes / PanelRow.Bytes;
            file!.Read(extent.At, Buffers.AsBytes(rows[..count]));
            rows = rows[count..];
        }
        CopyMemoryTo(rows, pool);
        foreach (Extent extent in _spilledTexts)
        {
            file!.Read(extent.At, texts[..extent.Bytes]);
            texts = texts[extent.Bytes..];
        }
        _texts.AsSpan(0, _textBytes).CopyTo(texts);
    }

    /// <summary>Gives the memory of the rows back.</summary>
    public void Release(BlockPool pool)
    {
        pool.Return(_blocks);
        _blocks.Clear();
        _lastRows = 0;
    }

    private void CopyMemoryTo(Span<PanelRow> rows, BlockPool pool)
    {
        for (int i = 0; i < _blocks.Count; i++)
        {
            int count = i == _blocks.Count - 1 ? _lastRows : form.BlockRows;
            if (i + 1 < _blocks.Count)
                pool.Slabs.Expect(_blocks[i + 1]);
            form.Read(pool.Slabs.Words(_blocks[i]), shard, rows[..count]);
            rows = rows[count..];
        }
    }

    private static Extent Write(ScratchFile file, ReadOnlySpan<byte> bytes) => new(file.Append(bytes), bytes.Length);

    private readonly record struct Extent(long At, int Bytes);
}
