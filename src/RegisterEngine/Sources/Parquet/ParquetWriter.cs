using System.Buffers.Binary;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Parquet.Writing;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Writes a Parquet file of flat columns.</summary>
/// <remarks>
/// Pages of version 1, which every reader knows; dictionaries for texts and numbers of which few are distinct, packed differences for others where they are shorter;
/// smallest and largest values by row group. Times in seconds become milliseconds.
/// </remarks>
public sealed class ParquetWriter : ITableWriter
{
    private const long MostGroupBytes = 256 << 20;

    private readonly Stream _target;
    private readonly BatchSchema _schema;
    private readonly ParquetWriteOptions _options;
    private readonly RowGroupEncoder _encoder;
    private readonly List<EncodedGroup> _groups = [];
    private long _at;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Where it goes; need not be seekable, stays open.</param>
    /// <param name="schema">Names and types.</param>
    /// <param name="options">How to write it.</param>
    /// <exception cref="ArgumentException">A column has no place in Parquet, or the compression is none that is written.</exception>
    public ParquetWriter(Stream target, BatchSchema schema, ParquetWriteOptions? options = null)
    {
        _target = target;
        _schema = schema;
        _options = options ?? new ParquetWriteOptions();
        _ = _options.CodecNumber;
        if (schema.Fields.Count == 0)
            throw new ArgumentException("A Parquet file has at least one column.", nameof(schema));
        if (schema.Fields.FirstOrDefault(field => field.Type.Kind == TypeKind.Null && !field.IsNullable) is { } never)
            throw new ArgumentException($"Column '{never.Name}' has no values, and must have some.", nameof(schema));
        _encoder = NewEncoder();
        Write("PAR1"u8);
    }

    /// <inheritdoc/>
    public void Add(ColumnBatch batch)
    {
        for (int done = 0; done < batch.Rows;)
        {
            int count = Math.Min(batch.Rows - done, _options.RowGroupRows - _encoder.Rows);
            _encoder.Add(batch, done, count);
            done += count;
            if (_encoder.Rows == _options.RowGroupRows || _encoder.CollectedBytes > MostGroupBytes)
                Add(_encoder.Encode(), _encoder.Bytes);
        }
    }

    /// <summary>Writes row groups that are made side by side; they stand in the file in their order, whoever made them.</summary>
    /// <param name="count">How many groups.</param>
    /// <param name="threads">How many threads make them.</param>
    /// <param name="fill">Makes a group: gives its batches to what it is handed, all from the thread that it is called on.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public void AddGroups(int count, int threads, Action<int, Action<ColumnBatch>> fill, CancellationToken cancellation = default)
    {
        if (_encoder.Rows > 0)
            Add(_encoder.Encode(), _encoder.Bytes);
        new GroupRace(this, count, fill).Run(threads, cancellation);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (_encoder.Rows > 0)
            Add(_encoder.Encode(), _encoder.Bytes);
        var footer = new ByteBuffer();
        FooterWriter.Write(_schema, _groups, _options, footer);
        Write(footer.Written);
        Span<byte> tail = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Length);
        Write(tail);
        Write("PAR1"u8);
        _target.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    /// <summary>An encoder of row groups of this file, for another thread.</summary>
    internal RowGroupEncoder NewEncoder() => new(_schema, _options);

    /// <summary>Appends a row group that was encoded elsewhere.</summary>
    internal void Add(EncodedGroup group, ReadOnlySpan<byte> bytes)
    {
        _groups.Add(group with { At = _at });
        Write(bytes);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _target.Write(bytes);
        _at += bytes.Length;
    }
}
