using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads whole numbers: years.</summary>
internal class IntegerParser(BoundField field, BatchColumn target, byte quote, YearSpan span)
    : NumberParser<int>(field, target, quote, span.From, span.To)
{
    private readonly int[] _rows = new int[target == BatchColumn.BirthYear ? ParseContext.MostRows : 0];

    /// <inheritdoc/>
    public override void Parse(ParseContext context) => ParseNumbers(context);

    private protected override RejectReason WrongReason => RejectReason.Number;

    private protected override string Expected => "a whole number";

    /// <summary>What a person has who is born by the year of the row.</summary>
    private protected virtual string ExpectedBirth => "a year of birth that is not after the year of the row";

    private protected override int ReadUsual(FieldColumn fields, Span<int> values, Span<int> leftOver)
    {
        // An extract has one year, as a rule: it is read once.
        if (Target != BatchColumn.Year || !FieldWords.AllSame(fields) || FieldParsing.Integers(fields.First, values, leftOver) > 0)
            return FieldParsing.Integers(fields, values, leftOver);
        values.Fill(values[0]);
        return 0;
    }

    private protected override int ReadTyped(Column column, int from, Span<int> values, Span<int> leftOver) =>
        TypedNumbers.Read(column, from, 1, values, leftOver);

    // Nobody is counted before being born.
    private protected override void Finish(ParseContext context)
    {
        Span<int> values = context.Batch.Numbers(Target).Slice(context.At, context.Rows.Rows);
        if (Target != BatchColumn.BirthYear)
            return;
        Span<int> years = context.Batch.Numbers(BatchColumn.Year).Slice(context.At, values.Length);
        foreach (int row in _rows.AsSpan(0, RangeScan.Above(values, years, _rows)))
            if (years[row] != RegisterBatch.MissingNumber)
                context.Errors.Add(row, Field, RejectReason.Range, ExpectedBirth);
    }

    private protected override bool TryRead(ReadOnlySpan<byte> text, SourceCounts counts, out int value)
    {
        // A whole number may be written with decimals that are all zero, as tools do that keep every number as a floating one.
        bool read = DecimalText.TryRead(text, '.', 1, out long number, out Repair? repair) && repair != Repair.Rounded && Math.Abs(number) < int.MaxValue;
        value = (int)number;
        return read;
    }
}
