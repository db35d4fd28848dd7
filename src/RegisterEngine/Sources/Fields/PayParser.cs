using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads pay into hundredths of the currency.</summary>
internal sealed class PayParser(BoundField field, byte quote)
    : NumberParser<long>(field, BatchColumn.Pay, quote, 0, RegisterLimits.LargestPay)
{
    private const int Hundredths = 100;

    private readonly int[] _whole = new int[ParseContext.MostRows];

    /// <inheritdoc/>
    public override void Parse(ParseContext context) => ParseNumbers(context);

    private protected override RejectReason WrongReason => RejectReason.Number;

    private protected override string Expected => "an amount of digits, such as 512000 or 512000,50, without spaces";

    private protected override string ExpectedRange => $"an amount from {Minimum / Hundredths} to {Maximum / Hundredths}";

    private protected override int ReadUsual(FieldColumn fields, Span<long> values, Span<int> leftOver)
    {
        int left = FieldParsing.Integers(fields, _whole, leftOver);
        for (int row = 0; row < values.Length; row++)
            values[row] = (long)_whole[row] * Hundredths;
        return left;
    }

    private protected override int ReadTyped(Column column, int from, Span<long> values, Span<int> leftOver) =>
        TypedNumbers.Read(column, from, Hundredths, values, leftOver);

    private protected override bool TryRead(ReadOnlySpan<byte> text, SourceCounts counts, out long value)
    {
        bool read = DecimalText.TryRead(text, Field.Field.DecimalSign, Hundredths, out value, out Repair? repair);
        if (repair is { } done)
            counts.Count(done);
        return read;
    }
}
