using System.Text;
using System.Text.Unicode;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet.Encodings;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Columns whose values have any length.</summary>
internal sealed class BytesDecoder(ParquetLeaf leaf, int limit) : ColumnDecoder(leaf)
{
    private readonly EncodingReaders<BytesReader> _readers = new(encoding => NewBytes(encoding, leaf.Physical, limit));
    private BytesReader? _reader;
    private BytesSink? _sink;
    private BytesSink? _dictionarySink;
    private int[] _lengths = [];

    // Texts of a dictionary have been checked; those of other pages have not.
    private bool _isChecked;

    /// <inheritdoc/>
    public override void ReadDictionary(ReadOnlyMemory<byte> values, int count)
    {
        if (values.Length < (long)count * sizeof(int))
            throw new CutShortException($"a dictionary of {count} values is cut short");
        if (_dictionarySink is null || _dictionarySink.Column.Capacity < count)
            _dictionarySink = new BytesSink(new Column(Leaf.Field with { Name = "" }, Arrays.Roomy(count)), limit);
        Column texts = _dictionarySink.Column;
        BytesSink sink = _dictionarySink;
        sink.Clear();
        OpenPage(ParquetEncoding.Plain, values, count);
        Span<int> lengths = Lengths(count);
        _reader!.Read(lengths, sink);
        sink.Reserve(0);
        Span<int> offsets = texts.As<int>()[..(count + 1)];
        offsets[0] = 0;
        ByteArrays.Offsets(lengths, [], 0, offsets);
        Check(texts, count, sink.Written);
        Dictionary = new DictionaryValues(texts, count);
    }

    /// <inheritdoc/>
    public override void OpenPage(ParquetEncoding encoding, ReadOnlyMemory<byte> values, int most)
    {
        _reader = _readers.Of(encoding);
        _reader.Open(values, most);
    }

    /// <inheritdoc/>
    public override void BeginBatch(Column target)
    {
        if (_sink?.Column != target)
            _sink = new BytesSink(target, limit);
        _sink.Clear();
        target.As<int>()[0] = 0;
        _isChecked = true;
    }

    /// <inheritdoc/>
    public override void ReadValues(Column target, int at, int rows, int present)
    {
        Span<int> lengths = Lengths(present);
        _reader!.Read(lengths, _sink!);
        _isChecked = false;
        ByteArrays.Offsets(lengths, target.Validity.Span, at, target.As<int>().Slice(at, rows + 1));
    }

    /// <inheritdoc/>
    public override void WriteCoded(Column target, int at, int rows, ReadOnlySpan<int> codes)
    {
        Column texts = Dictionary!.Values;
        Span<int> lengths = Lengths(codes.Length);
        long bytes = ByteArrays.Lengths(texts.As<int>(), codes, lengths);
        ByteArrays.Gather(texts.Data.Span, texts.As<int>(), codes, _sink!.Reserve(bytes));
        _sink.Advance((int)bytes);
        ByteArrays.Offsets(lengths, target.Validity.Span, at, target.As<int>().Slice(at, rows + 1));
    }

    /// <inheritdoc/>
    public override void EndBatch(Column target, int rows)
    {
        if (!_isChecked)
            Check(target, rows, _sink!.Written);
    }

    private void Check(Column column, int rows, ReadOnlySpan<byte> written)
    {
        if (!Leaf.Field.Type.IsText || Ascii.IsValid(written))
            return;
        if (!Utf8.IsValid(written) || OffsetCheck.CutsCharacter(written, column.As<int>()[..(rows + 1)]))
            throw new MalformedException("the column is declared to be text, and a value is no UTF-8");
    }

    private Span<int> Lengths(int count)
    {
        if (_lengths.Length < count)
            _lengths = new int[Arrays.Roomy(count)];
        return _lengths.AsSpan(0, count);
    }
}
