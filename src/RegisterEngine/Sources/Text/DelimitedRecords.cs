using RegisterEngine.Kernels;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>Records of delimited fields.</summary>
internal sealed class DelimitedRecords(TextBinding binding) : IRecordLocator
{
    private const int FewestRows = 4;

    private readonly int _fields = binding.FieldCount;

    // How many rows are looked for at once: few after a bad one, so that a file of bad rows is not scanned again and again.
    private int _window = ParseContext.MostRows;

    /// <inheritdoc/>
    public int Stride => _fields;

    /// <inheritdoc/>
    public FieldTable Find(TextBlock block, int from, Span<int> offsets, out int next)
    {
        offsets[0] = from - 1;
        Span<int> ends = offsets.Slice(1, (_window * _fields) + StructuralScan.Slack);
        (int rows, bool wrongWidth) = block.HasQuotes
            ? QuotedScan.Find(block.Bytes, from, block.End, binding.Separators, binding.Quote, _fields, ends)
            : StructuralScan.Find(block.Bytes, from, block.End, binding.Separators, _fields, ends);
        _window = wrongWidth ? FewestRows : Math.Min(_window * 2, ParseContext.MostRows);
        next = offsets[rows * _fields] + 1;
        bool twoBytes = binding.TwoByteLineEnds && AllEndInReturn(block.Bytes, offsets, rows);
        return new FieldTable(block.Bytes, offsets, _fields, rows, twoBytes);
    }

    /// <inheritdoc/>
    public (RejectReason Reason, string Expected)? Explain(TextBlock block, int from, out int next)
    {
        int end = block.HasQuotes
            ? QuotedScan.FirstLineEnd(block.Bytes, from, block.End, binding.Separators, binding.Quote)
            : from + block.Bytes.Slice(from, block.End - from).IndexOf(binding.Separators.Newline);
        next = end + 1;
        if (FieldText.Trim(block.Bytes.Slice(from, end - from)).IsEmpty)
            return null;
        HeaderLine found = HeaderLine.Read(block.Bytes.Slice(from, next - from), binding.Separators, new TextDecoder(binding.Layout.Encoding));
        return (RejectReason.FieldCount, $"{_fields} fields, as in the header; here are {found.Fields.Count}");
    }

    private bool AllEndInReturn(ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, int rows)
    {
        for (int row = 1; row <= rows; row++)
            if (text[offsets[row * _fields] - 1] != (byte)'\r')
                return false;
        return true;
    }
}
