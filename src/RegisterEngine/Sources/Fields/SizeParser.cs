using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads position sizes into hundredths of a percent.</summary>
internal sealed class SizeParser(BoundField field, byte quote)
    : NumberParser<int>(field, BatchColumn.PositionSize, quote, 0, RegisterLimits.LargestPositionSize)
{
    private const int Percent = 100;

    // Most extracts write either two decimals throughout or none: the form of the last chunk is tried first.
    private bool _withoutDecimals;

    /// <inheritdoc/>
    public override void Parse(ParseContext context) => ParseNumbers(context);

    private protected override RejectReason WrongReason => RejectReason.Number;

    private protected override string Expected => "a number, such as 75,50";

    private protected override string ExpectedRange => $"a position size from {Minimum / Percent} to {Maximum / Percent} percent";

    private protected override int ReadUsual(FieldColumn fields, Span<int> values, Span<int> leftOver)
    {
        bool withoutDecimals = _withoutDecimals || Field.Field.Scale != Percent;
        int left = withoutDecimals
            ? FieldParsing.Integers(fields, values, leftOver)
            : FieldParsing.Hundredths(fields, (byte)Field.Field.DecimalSign, values, leftOver);
        if (withoutDecimals)
            for (int row = 0; row < values.Length; row++)
                values[row] = Scaled(values[row]);
        if (left > fields.Rows / 2)
            _withoutDecimals = !_withoutDecimals;
        return left;
    }

    private protected override int ReadTyped(Column column, int from, Span<int> values, Span<int> leftOver) =>
        TypedNumbers.Read(column, from, Field.Field.Scale, values, leftOver);

    private protected override bool TryRead(ReadOnlySpan<byte> text, SourceCounts counts, out int value)
    {
        bool read = DecimalText.TryRead(text, Field.Field.DecimalSign, Field.Field.Scale, out long size, out Repair? repair);
        if (repair is { } done)
            counts.Count(done);
        value = (int)Math.Clamp(size, -1, int.MaxValue);
        return read;
    }

    // Eight digits times the scale may not fit; whatever is too large stays too large.
    private int Scaled(int number) => (int)Math.Min((long)number * Field.Field.Scale, int.MaxValue);
}
