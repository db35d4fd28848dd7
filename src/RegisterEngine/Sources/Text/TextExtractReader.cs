using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>Reads blocks of text extracts into batches: one for each thread, which owns all the memory that it needs.</summary>
internal sealed class TextExtractReader(RegisterBooks books, SourceOptions options) : PieceReader
{
    private readonly TextBlock _block = new(options.BlockSize);
    private readonly RowParsers _parsers = new(books, options.Pseudonymiser);
    private readonly RowErrors _errors = new();
    private readonly SourceCounts _chunkCounts = new();
    private readonly SourceCounts _counts = new();
    private readonly List<Reject> _rejects = [];
    private int[] _offsets = [];
    private TextExtract? _extract;
    private RowParser? _parser;
    private YearOfError? _year;
    private IRecordLocator? _locator;
    private int _at;
    private int _countedTo;
    private int _lines;
    private int _blankLines;

    /// <inheritdoc/>
    public override bool Open(Extract opened)
    {
        var extract = (TextExtract)opened;
        if (!extract.TryFill(_block))
            return false;
        if (_extract != extract)
            Bind(extract);
        _at = _countedTo = TextBlock.Origin;
        _lines = _blankLines = 0;
        return true;
    }

    /// <inheritdoc/>
    public override bool Read(ColumnBatch batch)
    {
        batch.Clear();
        batch.Origin = _extract!.Origin;
        while (_at < _block.End && batch.Rows + ParseContext.MostRows <= batch.Capacity)
            ReadChunk(batch);
        return batch.Rows > 0;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        // Without quotes a sound row is a line; the bytes need not be looked at again to know how many there are.
        int lines = _block.HasQuotes || _rejects.Count > 0 ? _lines + LinesTo(_block.End) : (int)_counts.Read + _blankLines;
        _extract!.Report(_block.Ordinal, lines, _counts, _rejects);
        _counts.Clear();
        _rejects.Clear();
    }

    private void Bind(TextExtract extract)
    {
        _extract = extract;
        TextBinding binding = extract.Binding;
        _year = new YearOfError(binding, options.Years);
        _locator = binding.Layout.Format == LayoutFormat.Delimited ? new DelimitedRecords(binding) : new FixedWidthRecords(binding);
        int needed = (ParseContext.MostRows * _locator.Stride) + 1 + StructuralScan.Slack;
        if (_offsets.Length != needed)
            _offsets = new int[needed];
        _parser = _parsers.Of(binding);
    }

    private void ReadChunk(ColumnBatch batch)
    {
        if (_block.Broken is { } broken)
        {
            Refuse(_at, broken, broken == RejectReason.Quotes ? "a closing quote" : $"a record of at most {_block.Size} bytes");
            _at = _block.End;
            return;
        }
        FieldTable rows = _locator!.Find(_block, _at, _offsets, out int next);
        if (rows.Rows > 0)
            Parse(rows, batch, isRetry: false);
        else if (_locator.Explain(_block, _at, out next) is { } problem)
            Refuse(_at, problem.Reason, problem.Expected);
        else
            _blankLines++;
        _at = next;
    }

    // Rows are parsed all together; only where one is in error, the runs of sound ones between them are parsed again.
    private void Parse(FieldTable rows, ColumnBatch batch, bool isRetry)
    {
        if (rows.Rows == 0)
            return;
        if (isRetry)
            for (int i = 0; i < batch.Schema.Fields.Count; i++)
                batch[i].SetValues(batch.Rows, rows.Rows);
        _errors.Clear();
        _chunkCounts.Clear();
        // What is known already need not be found again.
        _chunkCounts.Note(_counts.Encodings);
        _parser!.Parse(new ParseContext(rows, batch, batch.Rows, _errors, _chunkCounts), _extract!.Binding.Year);
        if (_errors.IsEmpty)
        {
            batch.SetRows(batch.Rows + rows.Rows);
            _counts.CountRead(rows.Rows);
            _counts.Merge(_chunkCounts);
            return;
        }
        int sound = 0;
        foreach (RowError error in _errors.FirstOfEachRow())
        {
            Parse(rows.Slice(sound, error.Row - sound), batch, isRetry: true);
            Refuse(rows, error);
            sound = error.Row + 1;
        }
        Parse(rows.Slice(sound, rows.Rows - sound), batch, isRetry: true);
    }

    private void Refuse(FieldTable rows, RowError error)
    {
        if (error.Field is not { } field)
            throw new InvalidOperationException("An error found while parsing has a field.");
        if (_year!.Field is { } year && field.Column != RegisterColumn.Year && _year.IsOther(rows.Column(year.Bounds)[error.Row]))
        {
            _counts.CountRead(1);
            _counts.CountOtherYears(1);
            return;
        }
        ReadOnlySpan<byte> value = rows.Column(field.Bounds)[error.Row];
        Refuse(rows.StartOf(error.Row), new Reject("", 0, field.Name, Reject.Shown(value), error.Reason, error.Expected));
    }

    private void Refuse(int at, RejectReason reason, string expected)
    {
        ReadOnlySpan<byte> rest = _block.Bytes.Slice(at, _block.End - at);
        int end = rest.IndexOf(_extract!.Binding.Separators.Newline);
        Refuse(at, new Reject("", 0, "", Reject.Shown(end < 0 ? rest : rest[..end]), reason, expected));
    }

    private void Refuse(int at, Reject reject)
    {
        _lines += LinesTo(at);
        _counts.CountRead(1);
        _counts.Count(reject.Reason);
        _rejects.Add(reject with { Line = _lines });
    }

    // Lines from where they were counted last.
    private int LinesTo(int at)
    {
        int lines = _block.Bytes.Slice(_countedTo, at - _countedTo).Count(_extract!.Binding.Separators.Newline);
        _countedTo = at;
        return lines;
    }
}
