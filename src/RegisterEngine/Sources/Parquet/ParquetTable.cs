using System.Buffers.Binary;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>A Parquet file, opened to be read: its pieces are the row groups.</summary>
public sealed class ParquetTable : ITable
{
    private const int Tail = 8;
    private const int LeastLength = 12;

    private readonly ByteStore _store;
    private readonly TableReadOptions _options;
    private readonly int _limit;
    private readonly ParquetMetadata _metadata;
    private readonly List<ParquetLeaf> _leaves;
    private readonly List<int> _groups;
    private int _taken;
    private long _bytesRead;

    private ParquetTable(string name, ByteStore store, TableReadOptions options)
    {
        Name = name;
        _store = store;
        _limit = options.Limit;
        (_metadata, DataEnd) = ReadFooter();
        List<ParquetLeaf> all = ParquetSchema.Leaves(_metadata.Schema, options.Int96Unit ?? TimeUnit.Microsecond);
        CheckGroups(all);
        _leaves = Projection.Of(name, all, leaf => leaf.Field.Name, leaf => leaf.Refusal, options);
        if (_leaves.Count == 0)
            throw new MalformedException("there is no column to read");
        // Wide values make small batches.
        int widest = _leaves.Max(leaf => Math.Max(leaf.Width, leaf.Field.Type.Width));
        if (widest > _limit)
            throw new MalformedException($"a value takes {widest} bytes, more than the limit of {_limit}");
        _options = options with { BatchRows = Math.Clamp(_limit / Math.Max(1, widest), 1, options.BatchRows) };
        Schema = new BatchSchema([.. _leaves.Select(leaf => leaf.Field)]);
        IReadOnlyList<ColumnRange> unwanted = options.Unwanted();
        var groups = new List<int>();
        var skipped = new List<int>();
        for (int group = 0; group < RowGroups; group++)
        {
            RowGroup columns = _metadata.RowGroups[group];
            bool isWanted = RowGroupFilter.MayHold(columns, all, options.Ranges) && !RowGroupFilter.LiesIn(columns, all, unwanted);
            (isWanted ? groups : skipped).Add(group);
        }
        (_groups, Skipped) = (groups, skipped);
        if (options.Int96Unit is not null || _leaves.All(leaf => leaf.Conversion != Conversion.Int96))
            return;
        var scan = new Int96Scan(store, [.. _groups.Select(group => _metadata.RowGroups[group])], _options, DataEnd);
        _leaves = [.. _leaves.Select(leaf => leaf.Conversion == Conversion.Int96 ? scan.InItsUnit(leaf) : leaf)];
        Schema = new BatchSchema([.. _leaves.Select(leaf => leaf.Field)]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public BatchSchema Schema { get; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata => _metadata.KeyValues;

    /// <inheritdoc/>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Rows of the whole file.</summary>
    public long Rows => _metadata.Rows;

    /// <summary>Row groups of the whole file.</summary>
    public int RowGroups => _metadata.RowGroups.Count;

    /// <summary>Row groups that are read: all but those that the ranges of <see cref="TableReadOptions"/> rule out.</summary>
    public int RowGroupsToRead => _groups.Count;

    /// <summary>Row groups that are skipped, by their place.</summary>
    internal IReadOnlyList<int> Skipped { get; }

    /// <summary>What wrote the file.</summary>
    public string CreatedBy => _metadata.CreatedBy;

    /// <summary>Where the footer begins.</summary>
    internal long DataEnd { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ExtractException">It is no Parquet file, is damaged, or has a column that cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ParquetTable Open(string path, TableReadOptions? options = null) => Open(path, ByteStore.Open(path), options ?? new TableReadOptions());

    /// <summary>Opens a file that lies in memory.</summary>
    /// <exception cref="ExtractException">It is no Parquet file, is damaged, or has a column that cannot be read.</exception>
    public static ParquetTable Open(string name, ReadOnlyMemory<byte> bytes, TableReadOptions? options = null) =>
        Open(name, ByteStore.Of(bytes), options ?? new TableReadOptions());

    /// <inheritdoc/>
    public ITableReader NewReader() => new ParquetReader(this, _store, _leaves, _options);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    internal static ParquetTable Open(string name, ByteStore store, TableReadOptions options)
    {
        try
        {
            return new ParquetTable(name, store, options);
        }
        catch (MalformedException e)
        {
            store.Dispose();
            throw new ExtractException(name, $"{e.Message}.", e);
        }
        catch (ExtractException)
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a row group.</summary>
    internal long RowsOf(int group) => _metadata.RowGroups[group].Rows;

    /// <summary>The next row group that no reader has; false where none is left.</summary>
    internal bool TryTake(out int group, out RowGroup rows)
    {
        int piece = Interlocked.Increment(ref _taken) - 1;
        bool taken = piece < _groups.Count;
        group = taken ? _groups[piece] : -1;
        rows = taken ? _metadata.RowGroups[group] : new RowGroup([], 0);
        if (!taken)
            return false;
        foreach (ParquetLeaf leaf in _leaves)
            Interlocked.Add(ref _bytesRead, rows.Columns[leaf.Place].CompressedSize);
        return true;
    }

    private (ParquetMetadata Metadata, long DataEnd) ReadFooter()
    {
        long length = _store.Length;
        if (length < LeastLength)
            throw new MalformedException("it is too short to be a Parquet file");
        Span<byte> magic = stackalloc byte[4];
        Span<byte> tail = stackalloc byte[Tail];
        _store.Read(0, magic);
        _store.Read(length - Tail, tail);
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new MalformedException("it is encrypted, which is not read");
        if (!magic.SequenceEqual("PAR1"u8) || !tail[4..].SequenceEqual("PAR1"u8))
            throw new MalformedException("it does not begin and end as a Parquet file does: it is cut short, or no Parquet file");
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (bytes > length - LeastLength)
            throw new CutShortException($"a footer of {bytes} bytes does not fit the file");
        if (bytes > _limit)
            throw new MalformedException($"the footer takes {bytes} bytes, more than the limit of {_limit}");
        byte[] footer = new byte[bytes];
        _store.Read(length - Tail - bytes, footer);
        long dataEnd = length - Tail - bytes;
        return (OldWriters.Corrected(MetadataReader.Read(footer), dataEnd), dataEnd);
    }

    private void CheckGroups(List<ParquetLeaf> leaves)
    {
        long rows = 0;
        for (int group = 0; group < RowGroups; group++)
        {
            RowGroup columns = _metadata.RowGroups[group];
            if (columns.Columns.Count != leaves.Count)
                throw new MalformedException($"row group {group} has {columns.Columns.Count} columns, and the schema {leaves.Count}");
            if (columns.Rows < 0 || columns.Rows > long.MaxValue - rows)
                throw new MalformedException($"row group {group} says that it has {columns.Rows} rows");
            rows += columns.Rows;
        }
        if (rows != _metadata.Rows)
            throw new MalformedException($"the row groups have {rows} rows, and the file says {_metadata.Rows}");
    }
}
