using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>A chunk of rows to parse: their fields, the batch and the row of it where the first goes, and where to note what happens.</summary>
internal readonly ref struct ParseContext(FieldTable rows, ColumnBatch batch, int at, RowErrors errors, SourceCounts counts, TableChunk? table = null)
{
    /// <summary>The most rows that a chunk has.</summary>
    public const int MostRows = 1024;

    public FieldTable Rows { get; } = rows;

    public ColumnBatch Batch { get; } = batch;

    public int At { get; } = at;

    public RowErrors Errors { get; } = errors;

    public SourceCounts Counts { get; } = counts;

    /// <summary>The rows as columns, where the extract is a table; its texts stand in <see cref="Rows"/> too.</summary>
    public TableChunk? Table { get; } = table;

    /// <summary>The values of a field as text.</summary>
    public RawField Raw(BoundField field) => new(Rows.Column(field.Bounds), Table, field.Place);
}

/// <summary>The values of a field as text: as they stand in the extract, or written out where it stores them otherwise.</summary>
internal readonly ref struct RawField(FieldColumn fields, TableChunk? table, int place)
{
    private readonly FieldColumn _fields = fields;

    /// <summary>The text of a row; good until the next is asked for.</summary>
    public ReadOnlySpan<byte> this[int row] => table?.IsDirect(place) == true ? table.Text(place, row) : _fields[row];
}

/// <summary>Reads one field, or some neighbouring ones, of a chunk of rows into the canonical columns.</summary>
internal abstract class FieldParser(BoundField field, BatchColumn target, byte quote)
{
    private readonly FieldReader _reader = new(field, quote);
    private readonly RowErrors _unnoted = new();

    /// <summary>The field that it reads, or the first of them.</summary>
    public BoundField Field { get; } = field;

    /// <summary>The column of the batch that it fills.</summary>
    public BatchColumn Target { get; } = target;

    /// <summary>Parses a chunk. A row with an error may hold anything afterwards.</summary>
    public abstract void Parse(ParseContext context);

    /// <summary>Does what is left to do once all values of a chunk are there.</summary>
    private protected virtual void Finish(ParseContext context)
    {
    }

    /// <summary>The text of a field, or false where it has none; then that is noted, and the row's value is taken away.</summary>
    private protected bool TryText(ReadOnlySpan<byte> raw, int row, ParseContext context, out ReadOnlySpan<byte> text)
    {
        if (_reader.TryText(raw, row, context.Errors, out text))
            return true;
        context.Batch.Column(Target).SetNull(context.At + row);
        return false;
    }

    /// <summary>The text of a field that has one, without noting anything.</summary>
    private protected bool TryText(ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> text)
    {
        _unnoted.Clear();
        return _reader.TryText(raw, 0, _unnoted, out text);
    }
}

/// <summary>The careful reader of one field: takes blanks and quotes off, and knows which texts mean that there is no value.</summary>
internal sealed class FieldReader(BoundField field, byte quote)
{
    private readonly byte[][] _missing = Arrays.Make(field.Field.MissingValues, text => Encoding.UTF8.GetBytes(text));
    private byte[] _scratch = new byte[256];

    /// <summary>The text of the field, or false where it has none; an error is noted where it should have.</summary>
    public bool TryText(ReadOnlySpan<byte> raw, int row, RowErrors errors, out ReadOnlySpan<byte> text)
    {
        if (raw.Length > _scratch.Length)
            _scratch = new byte[raw.Length * 2];
        if (!FieldText.TryClean(raw, quote, _scratch, out text))
        {
            errors.Add(row, field, RejectReason.Quotes, "nothing after the closing quote");
            return false;
        }
        foreach (byte[] missing in _missing)
        {
            if (!text.SequenceEqual(missing))
                continue;
            if (field.Field.Required)
                errors.Add(row, field, RejectReason.Missing, "a value");
            return false;
        }
        return true;
    }
}
