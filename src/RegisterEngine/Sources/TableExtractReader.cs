using RegisterEngine.Columns;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources;

/// <summary>Reads pieces of tables into batches: one for each thread, which owns all the memory that it needs.</summary>
internal sealed class TableExtractReader(RegisterBooks books, SourceOptions options) : PieceReader
{
    private readonly RowParsers _parsers = new(books, options.Pseudonymiser);
    private readonly RowErrors _errors = new();
    private readonly SourceCounts _chunkCounts = new();
    private readonly SourceCounts _counts = new();
    private readonly List<Reject> _rejects = [];
    private TableExtract? _extract;
    private ITableReader? _reader;
    private RowParser? _parser;
    private YearOfError? _year;
    private TableChunk? _chunk;
    private ColumnBatch? _source;
    private int _at;
    private int _row;

    /// <inheritdoc/>
    public override bool Open(Extract opened)
    {
        var extract = (TableExtract)opened;
        if (_extract != extract)
            Bind(extract);
        _source = null;
        _at = _row = 0;
        return _reader!.NextPiece();
    }

    /// <inheritdoc/>
    public override bool Read(ColumnBatch batch)
    {
        batch.Clear();
        batch.Origin = _extract!.Origin;
        while (batch.Rows + ParseContext.MostRows <= batch.Capacity && NextChunk())
            Parse(_at - _chunk!.Count, _chunk.Count, batch, isRetry: false);
        return batch.Rows > 0;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _extract!.Report(_reader!.Piece, _row, _counts, _rejects);
        _counts.Clear();
        _rejects.Clear();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader?.Dispose();
        base.Dispose();
    }

    private void Bind(TableExtract extract)
    {
        _reader?.Dispose();
        _extract = extract;
        _reader = extract.NewTableReader();
        FieldBinding binding = extract.Fields;
        _chunk = new TableChunk(binding.Fields);
        _year = new YearOfError(binding, options.Years);
        _parser = _parsers.Of(binding);
    }

    private bool NextChunk()
    {
        while (_source is null || _at == _source.Rows)
        {
            _source = _reader!.Read();
            _at = 0;
            if (_source is null)
                return false;
        }
        int rows = Math.Min(ParseContext.MostRows, _source.Rows - _at);
        _chunk!.Open(_source, _at, rows);
        _at += rows;
        _row += rows;
        return true;
    }

    // Rows are parsed all together; only where one is in error, the runs of sound ones between them are parsed again.
    private void Parse(int from, int rows, ColumnBatch batch, bool isRetry)
    {
        if (rows == 0)
            return;
        if (isRetry)
        {
            _chunk!.Open(_source!, from, rows);
            for (int i = 0; i < batch.Schema.Fields.Count; i++)
                batch[i].SetValues(batch.Rows, rows);
        }
        _errors.Clear();
        _chunkCounts.Clear();
        // What is known already need not be found again.
        _chunkCounts.Note(_counts.Encodings);
        _parser!.Parse(new ParseContext(_chunk!.Rows, batch, batch.Rows, _errors, _chunkCounts, _chunk), _extract!.Fields.Year);
        if (_errors.IsEmpty)
        {
            batch.SetRows(batch.Rows + rows);
            _counts.CountRead(rows);
            _counts.Merge(_chunkCounts);
            return;
        }
        int sound = 0;
        foreach (RowError error in _errors.FirstOfEachRow())
        {
            Parse(from + sound, error.Row - sound, batch, isRetry: true);
            Refuse(from, error);
            sound = error.Row + 1;
        }
        Parse(from + sound, rows - sound, batch, isRetry: true);
    }

    private void Refuse(int from, RowError error)
    {
        BoundField field = error.Field ?? throw new InvalidOperationException("An error found while parsing has a field.");
        _chunk!.Open(_source!, from + error.Row, 1);
        _counts.CountRead(1);
        if (_year!.Field is { } year && field.Column != RegisterColumn.Year && _year.IsOther(_chunk.Text(year.Place, 0)))
        {
            _counts.CountOtherYears(1);
            return;
        }
        ReadOnlySpan<byte> value = _chunk.Text(field.Place, 0);
        _counts.Count(error.Reason);
        // The rows before those of this batch, and the place in it.
        int line = _row - _at + from + error.Row;
        _rejects.Add(new Reject("", line, field.Name, Reject.Shown(value), error.Reason, error.Expected));
    }
}
