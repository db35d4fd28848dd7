using System.Text;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>Records of fixed length with fields at fixed positions, one a line.</summary>
internal sealed class FixedWidthRecords(TextBinding binding) : IRecordLocator
{
    private readonly Layout _layout = binding.Layout;

    /// <inheritdoc/>
    public int Stride { get; } = 2 * binding.FieldCount;

    /// <inheritdoc/>
    public FieldTable Find(TextBlock block, int from, Span<int> offsets, out int next)
    {
        int rows = 0;
        next = from;
        while (next < block.End && rows < ParseContext.MostRows)
        {
            ReadOnlySpan<byte> line = LineAt(block, next, out int after);
            if (!Locate(line, next, offsets.Slice(rows * Stride, Stride)))
                break;
            next = after;
            rows++;
        }
        return new FieldTable(block.Bytes, offsets, Stride, rows);
    }

    /// <inheritdoc/>
    public (RejectReason Reason, string Expected)? Explain(TextBlock block, int from, out int next)
    {
        ReadOnlySpan<byte> line = LineAt(block, from, out next);
        return line.Trim((byte)' ').IsEmpty
            ? null
            : (RejectReason.RecordLength, $"{_layout.RecordLength} characters; here are {LengthOf(line, _layout.Encoding)}");
    }

    /// <summary>A line without a carriage return at its end.</summary>
    public static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line.EndsWith("\r"u8) ? line[..^1] : line;

    /// <summary>Characters of a line: bytes, or in UTF-8 code points.</summary>
    public static int LengthOf(ReadOnlySpan<byte> line, TextEncoding encoding) =>
        CountsCharacters(line, encoding) ? Encoding.UTF32.GetByteCount(Encoding.UTF8.GetString(line)) / sizeof(int) : line.Length;

    private ReadOnlySpan<byte> LineAt(TextBlock block, int from, out int next)
    {
        ReadOnlySpan<byte> rest = block.Bytes.Slice(from, block.End - from);
        int end = rest.IndexOf(binding.Separators.Newline);
        next = from + end + 1;
        return WithoutReturn(rest[..end]);
    }

    private bool Locate(ReadOnlySpan<byte> line, int from, Span<int> offsets)
    {
        if (line.Length == _layout.RecordLength)
        {
            for (int i = 0; i < _layout.Fields.Count; i++)
            {
                LayoutField field = _layout.Fields[i];
                offsets[2 * i] = from + field.Start - 2;
                offsets[(2 * i) + 1] = from + field.Start - 1 + field.Length;
            }
            return true;
        }
        return CountsCharacters(line, _layout.Encoding) && LengthOf(line, _layout.Encoding) == _layout.RecordLength && LocateCharacters(line, from, offsets);
    }

    // Positions count characters: walk over them and note where each begins.
    private bool LocateCharacters(ReadOnlySpan<byte> line, int from, Span<int> offsets)
    {
        var starts = new List<int>(_layout.RecordLength + 1);
        for (int at = 0; at < line.Length;)
        {
            starts.Add(at);
            Rune.DecodeFromUtf8(line[at..], out _, out int bytes);
            at += bytes;
        }
        starts.Add(line.Length);
        for (int i = 0; i < _layout.Fields.Count; i++)
        {
            LayoutField field = _layout.Fields[i];
            offsets[2 * i] = from + starts[field.Start - 1] - 1;
            offsets[(2 * i) + 1] = from + starts[field.Start - 1 + field.Length];
        }
        return true;
    }

    private static bool CountsCharacters(ReadOnlySpan<byte> line, TextEncoding encoding) =>
        encoding is TextEncoding.Utf8 or TextEncoding.Detect && !Ascii.IsValid(line) && System.Text.Unicode.Utf8.IsValid(line);
}
