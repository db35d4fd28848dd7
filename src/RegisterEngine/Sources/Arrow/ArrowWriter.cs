using System.Buffers.Binary;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Writes an Arrow IPC stream or file, uncompressed. The same batches give the same bytes.</summary>
/// <remarks>Apache Arrow, "IPC format", metadata version 5. A column of codes of texts is written as a dictionary, to which later batches may add.</remarks>
public sealed class ArrowWriter : ITableWriter
{
    private const int Version = 4;
    private const int BlockNumbers = 3;

    private static readonly byte[] Zeros = new byte[BodyBuilder.Alignment];

    private readonly Stream _target;
    private readonly BatchSchema _schema;
    private readonly bool _isFile;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _metadata;
    private readonly BodyBuilder _body = new();
    private readonly ByteBuffer _message = new();
    private readonly DictionaryWriter?[] _dictionaries;
    private readonly List<long> _dictionaryBlocks = [];
    private readonly List<long> _batchBlocks = [];
    private long _at;

    /// <summary>Begins a stream or file.</summary>
    /// <param name="target">Where it goes; need not be seekable, stays open.</param>
    /// <param name="schema">Names and types.</param>
    /// <param name="isFile">Whether it is a file, whose batches can be found from its end, or a stream.</param>
    /// <param name="metadata">What it says about itself.</param>
    /// <exception cref="ArgumentException">A column cannot be written.</exception>
    public ArrowWriter(Stream target, BatchSchema schema, bool isFile, IReadOnlyList<KeyValuePair<string, string>>? metadata = null)
    {
        _target = target;
        _schema = schema;
        _isFile = isFile;
        _metadata = metadata ?? [];
        _dictionaries = [.. schema.Fields.Select(field => SchemaWriter.IsCoded(field) ? new DictionaryWriter(field) : null)];
        if (isFile)
            Write("ARROW1\0\0"u8);
        WriteMessage(ArrowMessage.Schema, SchemaWriter.Schema(schema, _metadata), null);
    }

    /// <inheritdoc/>
    public void Add(ColumnBatch batch)
    {
        if (batch.Schema.Fields.Count != _dictionaries.Length)
            throw new ArgumentException($"A batch has {batch.Schema.Fields.Count} columns and the table {_dictionaries.Length}.", nameof(batch));
        var columns = new (Column Column, ReadOnlyMemory<byte>? Values)[_dictionaries.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = Written(batch[i], _schema.Fields[i], i, batch.Rows);
            if (!_schema.Fields[i].IsNullable && columns[i].Column.NullCount > 0)
                throw new ArgumentException($"Column '{_schema.Fields[i].Name}' must have a value in every row, and lacks one.", nameof(batch));
        }
        _body.Clear();
        foreach ((Column column, ReadOnlyMemory<byte>? values) in columns)
            _body.Add(column, batch.Rows, values);
        WriteMessage(ArrowMessage.Batch, _body.Metadata(batch.Rows), _batchBlocks);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        if (_isFile)
        {
            _message.Clear();
            new FlatObject(
                FlatField.Int16(0, Version), FlatField.Of(1, SchemaWriter.Schema(_schema, _metadata)), FlatField.Of(2, new FlatStructs(_dictionaryBlocks, BlockNumbers)),
                FlatField.Of(3, new FlatStructs(_batchBlocks, BlockNumbers))).WriteRoot(_message);
            _message.Align(sizeof(long));
            _message.Append(_message.Length);
            Write(_message.Written);
            Write("ARROW1"u8);
        }
        _target.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private (Column Column, ReadOnlyMemory<byte>? Values) Written(Column column, Field announced, int place, int rows)
    {
        Field field = column.Field;
        if (_dictionaries[place] is { } dictionary)
        {
            if (!SchemaWriter.IsCoded(field) || SchemaWriter.Written(field) != SchemaWriter.Written(announced))
                throw Other(announced, field);
            (Column codes, Memory<byte> values) = dictionary.Map(column, rows);
            if (dictionary.TakeNew() is { } texts)
                WriteDictionary(place, texts, dictionary.IsDelta);
            return (codes, values);
        }
        if (field.Type.IsCoded)
            column = PlainColumn.Of(column, 0, rows);
        if (SchemaWriter.Written(column.Field) != SchemaWriter.Written(announced))
            throw Other(announced, field);
        if (column.Field.Type is { Kind: TypeKind.Decimal, Width: < 16 })
            return (column, Widened(column, rows));
        return (column, null);
    }

    private static ArgumentException Other(Field announced, Field given) => new($"Column '{announced.Name}' was announced as {announced.Type} and is {given.Type}.");

    private static byte[] Widened(Column column, int rows)
    {
        byte[] wide = new byte[rows * 16];
        Span<Int128> target = Buffers.As<Int128>(wide.AsSpan());
        if (column.Field.Type.Width == sizeof(int))
            for (int row = 0; row < rows; row++)
                target[row] = column.As<int>()[row];
        else
            for (int row = 0; row < rows; row++)
                target[row] = column.As<long>()[row];
        return wide;
    }

    private void WriteDictionary(int id, Column texts, bool isDelta)
    {
        _body.Clear();
        _body.Add(texts, texts.Capacity);
        WriteMessage(
            ArrowMessage.Dictionary, new FlatObject(FlatField.Int64(0, id), FlatField.Of(1, _body.Metadata(texts.Capacity)), FlatField.Byte(2, isDelta ? 1 : 0)),
            _dictionaryBlocks);
    }

    private void WriteMessage(int kind, FlatObject header, List<long>? blocks)
    {
        long length = kind == ArrowMessage.Schema ? 0 : _body.Length;
        _message.Clear();
        _message.Append(-1);
        _message.Append(0);
        var message = new ByteBuffer();
        new FlatObject(FlatField.Int16(0, Version), FlatField.Byte(1, kind), FlatField.Of(2, header), FlatField.Int64(3, length)).WriteRoot(message);
        message.Align(sizeof(long));
        _message.Append(message.Written);
        BinaryPrimitives.WriteInt32LittleEndian(_message.Written[sizeof(int)..], message.Length);
        blocks?.AddRange([_at, _message.Length, length]);
        Write(_message.Written);
        if (kind == ArrowMessage.Schema)
            return;
        foreach (ReadOnlyMemory<byte> buffer in _body.Buffers)
        {
            Write(buffer.Span);
            Write(Zeros.AsSpan(0, -buffer.Length & (BodyBuilder.Alignment - 1)));
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _target.Write(bytes);
        _at += bytes.Length;
    }
}
