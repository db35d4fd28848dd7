using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>A column of a row group, encoded; offsets are counted from the start of the group.</summary>
internal sealed record EncodedChunk
{
    public required StoredType Type { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<ParquetEncoding> Encodings { get; init; }

    public required long Values { get; init; }

    public required long NullCount { get; init; }

    public required int? DictionaryAt { get; init; }

    public required int DataAt { get; init; }

    public required int End { get; init; }

    public required long UncompressedSize { get; init; }

    public required (byte[] Min, byte[] Max)? Statistics { get; init; }

    /// <summary>Where its first page begins.</summary>
    public int Start => DictionaryAt ?? DataAt;
}

/// <summary>A row group, encoded.</summary>
internal sealed record EncodedGroup(long Rows, IReadOnlyList<EncodedChunk> Chunks, long At);

/// <summary>Collects the rows of a row group and encodes them, in memory that is used for one group after the other: for one thread.</summary>
internal sealed class RowGroupEncoder : IDisposable
{
    private const int MostPageBytes = 1 << 20;

    private readonly ParquetWriteOptions _options;
    private readonly BatchSchema _schema;
    private readonly ChunkWriter[] _columns;
    private readonly CodecSet _codecs = new();
    private readonly ByteBuffer _bytes = new();
    private readonly ByteBuffer _page = new();
    private readonly ByteBuffer _compressed = new();
    private readonly int[] _levels;
    private long _uncompressed;

    public RowGroupEncoder(BatchSchema schema, ParquetWriteOptions options)
    {
        _options = options;
        _schema = schema;
        _columns = [.. schema.Fields.Select(ChunkWriter.New)];
        _levels = new int[options.PageRows];
    }

    /// <summary>How many rows have been collected.</summary>
    public int Rows { get; private set; }

    /// <summary>About how many bytes they take.</summary>
    public long CollectedBytes => _columns.Sum(column => (long)column.Present * column.UsualBytes);

    /// <summary>The encoded group.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Written;

    /// <summary>Collects some rows of a batch.</summary>
    /// <exception cref="ArgumentException">The columns are others than announced, or a row lacks a value that it must have.</exception>
    public void Add(ColumnBatch batch, int from, int count)
    {
        if (batch.Schema.Fields.Count != _columns.Length)
            throw new ArgumentException($"A batch has {batch.Schema.Fields.Count} columns and the file {_columns.Length}.", nameof(batch));
        for (int i = 0; i < _columns.Length; i++)
        {
            Field announced = _schema.Fields[i];
            Column column = batch[i];
            if (!GoesTogether(announced.Type, column.Field.Type))
                throw new ArgumentException($"Column '{announced.Name}' was announced as {announced.Type} and is {column.Field.Type}.", nameof(batch));
            _columns[i].Add(column, from, count);
            if (!announced.IsNullable && _columns[i].Present != _columns[i].Rows)
                throw new ArgumentException($"Column '{announced.Name}' must have a value in every row, and lacks one.", nameof(batch));
        }
        Rows += count;
    }

    /// <summary>Encodes the rows, and forgets them.</summary>
    public EncodedGroup Encode()
    {
        _bytes.Clear();
        var chunks = new EncodedChunk[_columns.Length];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = Encode(_columns[i]);
            _columns[i].Clear();
        }
        var group = new EncodedGroup(Rows, chunks, 0);
        Rows = 0;
        return group;
    }

    /// <inheritdoc/>
    public void Dispose() => _codecs.Dispose();

    // Values and codes of texts go together, whatever the width of their offsets.
    private static bool GoesTogether(ColumnType announced, ColumnType given) => announced == given || (Plain(announced).HasOffsets && Plain(given).HasOffsets
        && Plain(announced).IsText == Plain(given).IsText);

    private static ColumnType Plain(ColumnType type) => type.Kind switch
    {
        TypeKind.Code => ColumnType.Utf8,
        TypeKind.Dictionary => type.Values!,
        _ => type,
    };

    private EncodedChunk Encode(ChunkWriter column)
    {
        column.Prepare();
        _uncompressed = 0;
        var encodings = new List<ParquetEncoding> { column.Encoding };
        int? dictionaryAt = null;
        if (column.DictionaryCount > 0)
        {
            dictionaryAt = _bytes.Length;
            encodings.Insert(0, ParquetEncoding.Plain);
            _page.Clear();
            column.WriteDictionary(_page);
            WritePage(PageType.Dictionary, column.DictionaryCount, ParquetEncoding.Plain);
        }
        if (column.Field.IsNullable)
            encodings.Add(ParquetEncoding.Rle);
        int dataAt = _bytes.Length;
        int most = Math.Clamp(MostPageBytes / Math.Max(1, column.UsualBytes), 1, _options.PageRows);
        int value = 0;
        for (int row = 0; row < column.Rows; row += most)
        {
            int rows = Math.Min(most, column.Rows - row);
            _page.Clear();
            int present = column.Field.IsNullable ? column.WriteLevels(row, rows, _page, _levels) : rows;
            column.WriteValues(value, present, _page);
            value += present;
            WritePage(PageType.Data, rows, column.Encoding);
        }
        return new EncodedChunk
        {
            Type = column.Type,
            Name = column.Field.Name,
            Encodings = encodings,
            Values = column.Rows,
            NullCount = column.Rows - column.Present,
            DictionaryAt = dictionaryAt,
            DataAt = dataAt,
            End = _bytes.Length,
            UncompressedSize = _uncompressed,
            Statistics = column.Statistics(),
        };
    }

    private void WritePage(PageType type, int values, ParquetEncoding encoding)
    {
        ReadOnlySpan<byte> body = Compressed();
        int start = _bytes.Length;
        int compressed = body.Length;
        var thrift = new ThriftWriter(_bytes);
        thrift.Item(() =>
        {
            thrift.Int(1, (int)type);
            thrift.Int(2, _page.Length);
            thrift.Int(3, compressed);
            thrift.Struct(type == PageType.Data ? 5 : 7, () =>
            {
                thrift.Int(1, values);
                thrift.Int(2, (int)encoding);
                if (type == PageType.Dictionary)
                    return;
                thrift.Int(3, (int)ParquetEncoding.Rle);
                thrift.Int(4, (int)ParquetEncoding.Rle);
            });
        });
        _uncompressed += _bytes.Length - start + _page.Length;
        _bytes.Append(body);
    }

    private ReadOnlySpan<byte> Compressed()
    {
        if (_options.Compression == CompressionKind.None)
            return _page.Written;
        Codec codec = _codecs[_options.Compression];
        _compressed.Clear();
        return _compressed.Reserve(codec.MaxCompressed(_page.Length))[..codec.Compress(_page.Written, _compressed.Reserve(codec.MaxCompressed(_page.Length)))];
    }
}
