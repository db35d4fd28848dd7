using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Text;

/// <summary>Delimited text as a table of texts, in the columns that its first line names. A field without a text has no value. Nothing is rejected: a bad record is an error.</summary>
internal sealed class DelimitedTable : ITable
{
    private readonly RecordFeed _feed;
    private readonly TextBinding _binding;
    private readonly int[] _places;
    private readonly TableReadOptions _options;

    /// <exception cref="ExtractException">It cannot be read, or is no delimited text.</exception>
    public DelimitedTable(ExtractInput input, TableReadOptions options)
    {
        Name = input.Name;
        _options = options;
        _feed = new RecordFeed(input.Name, TextExtract.Open(input), TextBlock.UsualSize);
        try
        {
            (_binding, IReadOnlyList<string> names) = Bind(_feed.Head);
            List<(string Name, int Place)> chosen = Projection.Of(Name, [.. names.Select((name, place) => (name, place))], one => one.name, _ => null, options);
            _places = [.. chosen.Select(one => one.Place)];
            Schema = new BatchSchema([.. chosen.Select(one => new Field(one.Name, ColumnType.Utf8))]);
        }
        catch (ExtractException)
        {
            _feed.Dispose();
            throw;
        }
        _feed.Start(_binding.HeaderBytes, _binding.Separators, _binding.Quote);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public BatchSchema Schema { get; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata => [];

    /// <inheritdoc/>
    public long BytesRead => _feed.BytesRead;

    /// <inheritdoc/>
    public ITableReader NewReader() => new Reader(this);

    /// <inheritdoc/>
    public void Dispose() => _feed.Dispose();

    private (TextBinding Binding, IReadOnlyList<string> Names) Bind(ReadOnlySpan<byte> head)
    {
        TextCheck.Begin(Name, head);
        byte newline = HeaderLine.NewlineOf(head);
        var separators = new Separators(HeaderLine.DelimiterOf(head, newline), newline);
        HeaderLine first = HeaderLine.Read(head, separators, new TextDecoder(TextEncoding.Detect));
        var binding = new TextBinding
        {
            Layout = new Layout { Name = "text", Title = "Delimited text", Format = LayoutFormat.Delimited, Fields = [] },
            Encoding = TextEncoding.Detect,
            Fields = [],
            Separators = separators,
            Quote = HeaderLine.Quote,
            TwoByteLineEnds = LayoutBinder.HasTwoByteLineEnds(head, newline),
            FieldCount = first.Fields.Count,
            HeaderBytes = first.Bytes,
            HeaderLines = first.Lines,
        };
        return (binding, first.Fields);
    }

    private sealed class Reader(DelimitedTable table) : ITableReader
    {
        private readonly TextBlock _block = new(TextBlock.UsualSize);
        private readonly DelimitedRecords _records = new(table._binding);
        private readonly TextDecoder _decoder = new(TextEncoding.Detect);
        private readonly int[] _offsets = new int[(ParseContext.MostRows * table._binding.FieldCount) + 1 + StructuralScan.Slack];
        private byte[] _scratch = new byte[256];
        private int _at;

        public int Piece => _block.Ordinal;

        public bool NextPiece()
        {
            _at = TextBlock.Origin;
            return table._feed.TryFill(_block);
        }

        public ColumnBatch? Read()
        {
            while (_at < _block.End)
            {
                if (_block.Broken is not null)
                    throw Wrong("a quote is opened that nothing closes, or a line is too long");
                FieldTable rows = _records.Find(_block, _at, _offsets, out int next);
                if (rows.Rows > table._options.BatchRows)
                {
                    rows = rows.Slice(0, table._options.BatchRows);
                    next = _offsets[rows.Rows * _records.Stride] + 1;
                }
                if (rows.Rows == 0 && _records.Explain(_block, _at, out next) is { } problem)
                    throw Wrong($"expected {problem.Expected}");
                _at = next;
                if (rows.Rows > 0)
                    return Batch(rows);
            }
            return null;
        }

        public void Dispose()
        {
        }

        private ColumnBatch Batch(FieldTable rows)
        {
            var columns = new Column[table._places.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                int place = table._places[i];
                columns[i] = new Column(table.Schema.Fields[i], rows.Rows);
                Fill(columns[i], rows.Column(new FieldBounds(place, place + 1)));
            }
            return new ColumnBatch(table.Schema, columns, rows.Rows);
        }

        private void Fill(Column column, FieldColumn fields)
        {
            int end = 0;
            Span<int> ends = column.As<int>()[1..];
            for (int row = 0; row < fields.Rows; row++)
            {
                ReadOnlySpan<byte> raw = fields[row];
                if (raw.Length > _scratch.Length)
                    _scratch = new byte[raw.Length * 2];
                if (!FieldText.TryClean(raw, HeaderLine.Quote, _scratch, out ReadOnlySpan<byte> text))
                    throw Wrong("text follows a closing quote");
                if (!_decoder.TryDecode(text, out text, out _))
                    throw Wrong($"expected {_decoder.Expected}");
                if (text.IsEmpty)
                    column.SetNull(row);
                column.ReserveData(end + text.Length);
                text.CopyTo(column.Data.Span[end..]);
                ends[row] = end += text.Length;
            }
        }

        private ExtractException Wrong(string problem) => new(table.Name, $"cannot be read as a table: in block {Piece + 1}, {problem}. To see each bad row: registerengine check");
    }
}
