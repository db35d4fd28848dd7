using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Reads row groups, batch by batch: for one thread, which owns all the memory that it needs.</summary>
internal sealed class ParquetReader : ITableReader
{
    private readonly ParquetTable _table;
    private readonly IReadOnlyList<ParquetLeaf> _leaves;
    private readonly TableReadOptions _options;
    private readonly CodecSet _codecs = new();
    private readonly ChunkReader[] _columns;
    private readonly BatchCache _batches;
    private long _rowsLeft;

    public ParquetReader(ParquetTable table, ByteStore store, IReadOnlyList<ParquetLeaf> leaves, TableReadOptions options)
    {
        _table = table;
        _leaves = leaves;
        _options = options;
        _columns = Arrays.Make(leaves, leaf => new ChunkReader(leaf, store, _codecs, options));
        _batches = new BatchCache(table.Schema);
    }

    /// <inheritdoc/>
    public int Piece { get; private set; } = -1;

    /// <inheritdoc/>
    public bool NextPiece()
    {
        if (!_table.TryTake(out int group, out RowGroup rows))
            return false;
        Piece = group;
        _rowsLeft = rows.Rows;
        for (int i = 0; i < _columns.Length; i++)
            Open(i, rows);
        return true;
    }

    /// <inheritdoc/>
    public ColumnBatch? Read()
    {
        int rows = (int)Math.Min(_rowsLeft, _options.BatchRows);
        if (rows == 0)
            return null;
        var columns = new Column[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Read(i, rows);
        _rowsLeft -= rows;
        return _batches.Of(columns, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _codecs.Dispose();

    private void Open(int column, RowGroup rows)
    {
        try
        {
            ColumnChunk chunk = rows.Columns[_leaves[column].Place];
            if (chunk.IsElsewhere)
                throw new MalformedException("it lies in another file, which is not read");
            if (chunk.IsEncrypted)
                throw new MalformedException("it is encrypted, which is not read");
            _columns[column].Open(chunk, rows.Rows, _table.DataEnd);
        }
        catch (Exception e) when (e is MalformedException or MissingLibraryException)
        {
            throw At(column, e);
        }
    }

    private Column Read(int column, int rows)
    {
        try
        {
            return _columns[column].Read(rows);
        }
        catch (Exception e) when (e is MalformedException or MissingLibraryException)
        {
            throw At(column, e);
        }
    }

    private ExtractException At(int column, Exception e) => e is MissingLibraryException
        ? new ExtractException(_table.Name, e.Message, e)
        : new ExtractException(_table.Name, $"row group {Piece + 1}, column '{_leaves[column].Field.Name}', page {_columns[column].PageNumber}: {e.Message}.", e);
}
