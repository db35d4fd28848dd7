using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Reads record batches, some rows at a time: for one thread.</summary>
internal sealed class ArrowReader(ArrowTable table, IReadOnlyList<ArrowField> fields, IReadOnlyList<int> wanted, TableReadOptions options) : ITableReader
{
    private readonly BatchDecoder _decoder = new(options.Limit);
    private readonly BatchCache _batches = new(table.Schema);
    private Memory<byte> _memory;
    private Column[] _columns = [];
    private int _rows;
    private int _at;

    /// <inheritdoc/>
    public int Piece { get; private set; } = -1;

    /// <inheritdoc/>
    public bool NextPiece()
    {
        if (!table.TryTake(ref _memory, out ArrowMessage message, out IReadOnlyDictionary<long, DictionaryValues> dictionaries, out int piece))
            return false;
        Piece = piece;
        try
        {
            FlatTable.Root(message.Metadata.Span).TryTable(2, out FlatTable batch);
            _columns = _decoder.Read(batch, message.Body, fields, wanted, dictionaries, out _rows);
        }
        catch (MalformedException e)
        {
            throw new ExtractException(table.Name, $"batch {piece + 1}, {e.Message}.", e);
        }
        catch (MissingLibraryException e)
        {
            throw new ExtractException(table.Name, e.Message, e);
        }
        _at = 0;
        return true;
    }

    /// <inheritdoc/>
    public ColumnBatch? Read()
    {
        int rows = Math.Min(_rows - _at, options.BatchRows);
        if (rows == 0)
            return null;
        var columns = new Column[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Part(_columns[i], table.Schema.Fields[i], rows);
        _at += rows;
        return _batches.Of(columns, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private Column Part(Column column, Field field, int rows)
    {
        if (!column.Field.Type.IsCoded || options.AllowsCodes)
            return rows == _rows ? column : column.Slice(_at, rows);
        try
        {
            return PlainColumn.Of(column, _at, rows, field, options.Limit);
        }
        catch (MalformedException e)
        {
            throw new ExtractException(table.Name, $"batch {Piece + 1}: {e.Message}.", e);
        }
    }
}
