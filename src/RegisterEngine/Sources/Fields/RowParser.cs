using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads all fields of a chunk of rows, column by column, and fills in what the extract lacks.</summary>
internal sealed class RowParser
{
    private readonly List<BatchColumn> _lacking = [];
    private readonly int _noJob;
    private readonly List<FieldParser> _parsers = [];

    public RowParser(FieldBinding binding, RegisterBooks books, Pseudonymiser? pseudonymiser)
    {
        var decoder = new TextDecoder(binding.Encoding);
        List<BoundField> fields = [.. binding.Fields];
        fields.Sort((a, b) => a.Place.CompareTo(b.Place));
        foreach (BoundField field in fields)
            if (NumberOf(field, binding) is { } number)
                _parsers.Add(number);
        // The year first: others look at it.
        _parsers.Sort((a, b) => (int)a.Target - (int)b.Target);
        if (binding.FieldOf(RegisterColumn.Person) is { } person)
            _parsers.Add(new PersonParser(person, binding.Quote, decoder, pseudonymiser));
        AddTuple(fields, RegisterColumns.OfUnit, BatchColumn.Unit, binding, decoder, books);
        AddTuple(fields, RegisterColumns.OfJob, BatchColumn.Job, binding, decoder, books);
        for (BatchColumn column = 0; (int)column < RegisterBatch.Schema.Fields.Count; column++)
            if (column is not (BatchColumn.PersonText or BatchColumn.Year) && !_parsers.Exists(parser => parser.Target == column))
                _lacking.Add(column);
        int[] nothing = new int[RegisterColumns.OfJob.Count];
        Array.Fill(nothing, CodeBook.Missing);
        _noJob = books.Jobs.Code(nothing);
    }

    /// <summary>Parses a chunk of an extract; <paramref name="year"/> is that of all rows, where no column has it.</summary>
    public void Parse(ParseContext context, int? year)
    {
        int rows = context.Rows.Rows;
        foreach (BatchColumn column in _lacking)
            FillMissing(context.Batch.Column(column), context.At, rows);
        if (year is { } constant)
            context.Batch.Numbers(BatchColumn.Year).Slice(context.At, rows).Fill(constant);
        foreach (FieldParser parser in _parsers)
            parser.Parse(context);
    }

    // A job of which nothing is known is a job too; a unit always has a workplace.
    private void FillMissing(Column column, int at, int rows)
    {
        if (column.Field.Type == ColumnType.Tuple)
        {
            column.As<int>().Slice(at, rows).Fill(_noJob);
            return;
        }
        column.SetNull(at, rows);
        if (column.Field.Type == ColumnType.Int64)
            column.As<long>().Slice(at, rows).Fill(RegisterBatch.MissingLong);
        else
            column.As<int>().Slice(at, rows).Fill(RegisterBatch.MissingNumber);
    }

    private static FieldParser? NumberOf(BoundField field, FieldBinding binding) => field.Column switch
    {
        RegisterColumn.Year => new IntegerParser(field, BatchColumn.Year, binding.Quote, binding.Layout.Years),
        RegisterColumn.BirthYear when field.Field.IsAge => new AgeParser(field, binding.Quote),
        RegisterColumn.BirthYear => new IntegerParser(field, BatchColumn.BirthYear, binding.Quote, RegisterLimits.BirthYears),
        RegisterColumn.Sex => new SexParser(field, binding.Quote),
        RegisterColumn.PositionSize => new SizeParser(field, binding.Quote),
        RegisterColumn.StartDate => new DateParser(field, binding.Quote),
        RegisterColumn.Pay => new PayParser(field, binding.Quote),
        _ => null,
    };

    private void AddTuple(
        List<BoundField> fields, IReadOnlyList<RegisterColumn> columns, BatchColumn target, FieldBinding binding, TextDecoder decoder, RegisterBooks books)
    {
        var runs = new List<List<BoundField>>();
        foreach (BoundField field in fields)
        {
            if (RegisterColumns.PlaceOf(field.Column, columns) < 0)
                continue;
            if (runs.Count > 0 && binding.Follows(runs[^1][^1], field))
                runs[^1].Add(field);
            else
                runs.Add([field]);
        }
        if (runs.Count > 0)
            _parsers.Add(new TupleParser(runs, columns, target, binding.Quote, decoder, books));
    }
}
