using System.Buffers.Binary;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Finds the columns of a batch in its bytes: without a copy where they stand as they are in memory. For one thread; memory is used again for the next batch.</summary>
internal sealed class BatchDecoder(int limit) : IDisposable
{
    private const int MostLimits = 8;

    private readonly CodecSet _codecs = new();
    private readonly List<Memory<byte>> _scratch = [];
    private int _scratchUsed;
    private long _bytesLeft;
    private ArrowBody _body;
    private CompressionKind _compression;

    /// <summary>Reads a batch.</summary>
    /// <param name="batch">Its metadata.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="fields">All columns of the file, or the values of a dictionary.</param>
    /// <param name="wanted">The places of those to read.</param>
    /// <param name="dictionaries">What codes mean.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <exception cref="MalformedException">The batch is damaged.</exception>
    public Column[] Read(
        FlatTable batch, ArrowBody body, IReadOnlyList<ArrowField> fields, IReadOnlyList<int> wanted, IReadOnlyDictionary<long, DictionaryValues> dictionaries, out int rows)
    {
        long length = batch.Int64(0);
        if (length < 0 || length > Array.MaxLength - 64 || (body.Length == 0 && length > limit))
            throw new MalformedException($"it says that it has {length} rows, and has {body.Length} bytes");
        rows = (int)length;
        _body = body;
        _compression = CompressionOf(batch);
        _scratchUsed = 0;
        _bytesLeft = (long)limit * MostLimits;
        var parts = new BatchParts(batch);
        var columns = new Column[wanted.Count];
        for (int i = 0; i < fields.Count; i++)
        {
            parts.Enter(fields[i]);
            if (!wanted.Contains(i))
                continue;
            Column column = Guarded(fields[i], parts, rows, dictionaries);
            for (int j = 0; j < columns.Length; j++)
                if (wanted[j] == i)
                    columns[j] = column;
        }
        return columns;
    }

    /// <inheritdoc/>
    public void Dispose() => _codecs.Dispose();

    private Column Guarded(ArrowField field, BatchParts parts, int rows, IReadOnlyDictionary<long, DictionaryValues> dictionaries)
    {
        try
        {
            if (parts.Rows != rows || parts.Nulls < -1 || parts.Nulls > rows)
                throw new MalformedException($"it says that it has {parts.Rows} rows, {parts.Nulls} without a value, and the batch has {rows}");
            Column column = Read(field, parts, rows, dictionaries);
            if (parts.Nulls >= 0 && column.NullCount != parts.Nulls && field.Field.Type.Kind != TypeKind.Null)
                throw new MalformedException($"it says that {parts.Nulls} rows have no value, and {column.NullCount} have none");
            return column;
        }
        catch (MalformedException e)
        {
            throw new MalformedException($"column '{field.Field.Name}': {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new MalformedException(e.Message.TrimEnd('.'), e);
        }
    }

    private Column Read(ArrowField field, BatchParts parts, int rows, IReadOnlyDictionary<long, DictionaryValues> dictionaries)
    {
        if (field.Field.Type.Kind == TypeKind.Null)
            return new Column(field.Field, rows, default);
        Memory<byte> validity = parts.Nulls == 0 ? default : Buffer(parts, 0);
        if (validity.IsEmpty && parts.Nulls > 0)
            throw new MalformedException($"{parts.Nulls} rows have no value, and nothing tells which");
        Memory<byte> values = Buffer(parts, 1);
        if (field.DictionaryId is { } id)
            return Codes(field, rows, validity, values, dictionaries.GetValueOrDefault(id));
        if (field.IsView)
            return Views(field, parts, rows, validity, values);
        Memory<byte> data = field.Field.Type.HasOffsets ? Buffer(parts, 2) : default;
        return new Column(field.Field, rows, new ColumnMemory(validity, values, data));
    }

    private Column Codes(ArrowField field, int rows, Memory<byte> validity, Memory<byte> values, DictionaryValues? dictionary)
    {
        ColumnType index = field.Index!;
        if (values.Length < (long)rows * index.Width)
            throw new CutShortException($"{values.Length} bytes are too few for {rows} codes");
        if (validity.Length > 0 && validity.Length < (rows + 7) / 8)
            throw new CutShortException($"the bitmap of {validity.Length} bytes is too short for {rows} rows");
        dictionary ??= new DictionaryValues(new Column(new Field("", field.Field.Type.Values!), 0), 0);
        bool isSound = index == ColumnType.Int32
            && (validity.IsEmpty || CodeScan.IndexOfOutside(Buffers.As<int>(values.Span)[..rows], dictionary.Count) < 0);
        if (!isSound)
        {
            Memory<byte> codes = Rent(rows * (long)sizeof(int));
            CodeWidths.Widen(index, values.Span, validity.Span, Buffers.As<int>(codes.Span)[..rows]);
            values = codes;
        }
        return new Column(field.Field, rows, new ColumnMemory(validity, values), dictionary);
    }

    private Column Views(ArrowField field, BatchParts parts, int rows, Memory<byte> validity, Memory<byte> views)
    {
        if (views.Length < (long)rows * TextViews.Width)
            throw new CutShortException($"{views.Length} bytes are too few for {rows} views");
        if (validity.Length > 0 && validity.Length < (rows + 7) / 8)
            throw new CutShortException($"the bitmap of {validity.Length} bytes is too short for {rows} rows");
        var buffers = new Memory<byte>[parts.Extra];
        for (int i = 0; i < buffers.Length; i++)
            buffers[i] = Buffer(parts, 2 + i);
        long bytes = TextViews.Length(views.Span, validity.Span, rows);
        if (bytes > limit)
            throw new MalformedException($"its values take {bytes} bytes, more than the limit of {limit}");
        Memory<byte> offsets = Rent((rows + 1L) * sizeof(int));
        Memory<byte> data = Rent(bytes);
        TextViews.Copy(views.Span, validity.Span, buffers, Buffers.As<int>(offsets.Span)[..(rows + 1)], data.Span);
        return new Column(field.Field, rows, new ColumnMemory(validity, offsets, data[..(int)bytes]));
    }

    private Memory<byte> Buffer(BatchParts parts, int place)
    {
        (long at, long length) = parts.Buffer(place);
        Memory<byte> bytes = _body.Slice(at, length);
        if (_compression == CompressionKind.None || bytes.IsEmpty)
            return bytes;
        if (bytes.Length < sizeof(long))
            throw new CutShortException("a compressed buffer is cut short");
        long size = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        bytes = bytes[sizeof(long)..];
        if (size == -1)
            return bytes;
        Memory<byte> target = Rent(size);
        if (size > 0)
            _codecs[_compression].Decompress(bytes, target.Span[..(int)size]);
        return target[..(int)size];
    }

    private Memory<byte> Rent(long bytes)
    {
        if (bytes < 0 || bytes > limit || bytes > _bytesLeft)
            throw new MalformedException($"a buffer takes {bytes} bytes, more than the limit of {limit} or than what is left of {MostLimits} times that for a batch");
        _bytesLeft -= bytes;
        if (_scratchUsed == _scratch.Count)
            _scratch.Add(default);
        if (_scratch[_scratchUsed].Length < bytes)
            _scratch[_scratchUsed] = Buffers.Allocate((int)bytes);
        return _scratch[_scratchUsed++];
    }

    private static CompressionKind CompressionOf(FlatTable batch)
    {
        if (!batch.TryTable(3, out FlatTable compression))
            return CompressionKind.None;
        if (compression.Byte(1) != 0)
            throw new MalformedException("it is compressed in a way that nobody knows");
        return compression.Byte(0) switch
        {
            0 => CompressionKind.Lz4Frame,
            1 => CompressionKind.Zstandard,
            byte codec => throw new MalformedException($"it is compressed in a way that nobody knows, number {codec}"),
        };
    }
}
