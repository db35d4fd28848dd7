using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads dates into days since 1970-01-01.</summary>
internal sealed class DateParser(BoundField field, byte quote) : NumberParser<int>(
    field, BatchColumn.StartDate, quote, Day(RegisterLimits.StartYears.From, 1, 1), Day(RegisterLimits.StartYears.To, 12, 31))
{
    private readonly DateForm _form = DateForm.FromPattern(field.Field.DatePattern)!.Value;

    /// <inheritdoc/>
    public override void Parse(ParseContext context) => ParseNumbers(context);

    private protected override RejectReason WrongReason => RejectReason.Date;

    private protected override string Expected => $"a date of the form {Field.Field.DatePattern}";

    private protected override string ExpectedRange => $"a date in the years {RegisterLimits.StartYears}; a date that means 'unknown' belongs in missingValues";

    private protected override int ReadUsual(FieldColumn fields, Span<int> values, Span<int> leftOver) =>
        FieldParsing.Dates(fields, _form, values, leftOver);

    private protected override int ReadTyped(Column column, int from, Span<int> values, Span<int> leftOver) =>
        TypedDates.Read(column, from, values, leftOver);

    private protected override bool TryRead(ReadOnlySpan<byte> text, SourceCounts counts, out int value)
    {
        int length = _form.Length;
        if (text.Length < length || !TryDate(text[..length], out value))
        {
            Span<byte> padded = stackalloc byte[length];
            if (!_form.TryPad(text, padded, out length) || !TryDate(padded, out value))
            {
                value = 0;
                return false;
            }
            counts.Count(Repair.PaddedDate);
        }
        ReadOnlySpan<byte> rest = text[length..];
        if (rest.IsEmpty)
            return true;
        // A database may have written a date as a point in time: midnight is dropped, anything else is no date.
        if (rest[0] is not ((byte)' ' or (byte)'T') || rest[1..].ContainsAnyExcept("0:."u8))
            return false;
        counts.Count(Repair.TimeOfDay);
        return true;
    }

    private bool TryDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        return Number(text.Slice(_form.YearAt, 4), out int year) && Number(text.Slice(_form.MonthAt, 2), out int month)
            && Number(text.Slice(_form.DayAt, 2), out int day) && _form.HasSeparators(text)
            && CivilDate.TryDays(year, month, day, out days);
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int number) =>
        int.TryParse(digits, System.Globalization.NumberStyles.None, null, out number);

    private static int Day(int year, int month, int day) => CivilDate.TryDays(year, month, day, out int days) ? days : 0;
}
