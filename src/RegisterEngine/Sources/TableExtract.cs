using RegisterEngine.Columns;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources;

/// <summary>An extract that is a table: Parquet or Arrow. Only the columns that the layout knows are read.</summary>
internal sealed class TableExtract : Extract
{
    private const int BatchRows = 8 * ParseContext.MostRows;

    private readonly ITable _table;
    private FieldBinding? _binding;

    /// <exception cref="ExtractException">It cannot be read, or no layout fits.</exception>
    public TableExtract(ExtractInput input, int origin, SourceOptions options)
        : base(input, origin, options)
    {
        _table = ExtractFormats.Open(input, new TableReadOptions
        {
            AllowsCodes = true,
            BatchRows = BatchRows,
            Choose = names => Bind(names, options),
            Unwanted = () => options.Years is { } years ? YearsBeside(years) : [],
        });
        if (_table is not ParquetTable parquet)
            return;
        foreach (int group in parquet.Skipped)
        {
            var counts = new SourceCounts();
            counts.CountSkipped(parquet.RowsOf(group));
            Report(group, checked((int)parquet.RowsOf(group)), counts, []);
        }
    }

    /// <inheritdoc/>
    public override FieldBinding Fields => _binding!;

    /// <inheritdoc/>
    public override long BytesRead => _table.BytesRead;

    /// <inheritdoc/>
    protected override long FirstLine => 1;

    /// <summary>A reader of the table.</summary>
    public ITableReader NewTableReader() => _table.NewReader();

    /// <inheritdoc/>
    public override PieceReader NewReader(RegisterBooks books, SourceOptions options) => new TableExtractReader(books, options);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _table.Dispose();
        base.Dispose();
    }

    // Only years that are sound: any other row must be read, to be rejected. A text between two years of four digits is no other year, however that is spelt.
    private List<ColumnRange> YearsBeside(YearSpan wanted)
    {
        if (Fields.Fields.FirstOrDefault(bound => bound.Column == RegisterColumn.Year) is not { } year || year.Field.MissingValues.Any(text => text.Any(char.IsAsciiDigit)))
            return [];
        long first = Math.Max(Fields.Layout.Years.From, year.Field.Minimum ?? 0), last = Math.Min(Fields.Layout.Years.To, year.Field.Maximum ?? long.MaxValue);
        return
        [
            .. from span in ((long From, long To)[])[(first, Math.Min(last, wanted.From - 1)), (Math.Max(first, wanted.To + 1), last)]
               where span.From <= span.To
               from range in (ColumnRange[])[new(year.Name, span.From, span.To), new(year.Name, $"{span.From}", $"{span.To}")]
               select range,
        ];
    }

    private List<string> Bind(IReadOnlyList<string> names, SourceOptions options)
    {
        var fitting = new List<FieldBinding>();
        var reasons = new List<string>();
        foreach (Layout layout in options.Layouts)
        {
            FieldBinding? binding = layout.Format == LayoutFormat.Delimited ? Bind(names, layout, out string reason) : NotByName(out reason);
            if (binding is null)
                reasons.Add($"  {layout.Name}: {reason}");
            else
                fitting.Add(binding);
        }
        FieldBinding best = NamedFields.Without(NamedFields.Best(Input.Name, fitting, reasons), options.Without);
        // Columns are numbered as the table will give them.
        _binding = best with { Fields = [.. best.Fields.Select((bound, place) => bound with { Place = place, Bounds = TableChunk.BoundsOf(place) })] };
        return [.. _binding.Fields.Select(field => field.Name)];
    }

    // A row without a value is like a record with an empty field, whatever else means the same.
    private FieldBinding? Bind(IReadOnlyList<string> names, Layout layout, out string reason)
    {
        if (NamedFields.Find(layout, names, TableChunk.BoundsOf, out reason) is not { } fields)
            return null;
        var binding = new FieldBinding
        {
            Layout = layout,
            Encoding = TextEncoding.Utf8,
            Fields = [.. fields.Select(bound => bound with { Field = bound.Field with { MissingValues = [.. bound.Field.MissingValues.Append("").Distinct()] } })],
        };
        return NamedFields.WithYear(binding, NamedFields.YearInName(Input.Name, layout), fields.All(field => field.Column != RegisterColumn.Year), out reason);
    }

    private static FieldBinding? NotByName(out string reason)
    {
        reason = "it finds columns by their positions, and a table has none";
        return null;
    }
}
