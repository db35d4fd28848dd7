using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>The first record of an extract, cut into its fields: usually the names of the columns.</summary>
/// <param name="Fields">The fields, without blanks and quotes.</param>
/// <param name="Bytes">Bytes of the record with its line end.</param>
/// <param name="Lines">Lines that it takes up.</param>
internal sealed record HeaderLine(IReadOnlyList<string> Fields, int Bytes, int Lines)
{
    public const byte Quote = (byte)'"';

    private static readonly byte[] Delimiters = ";,\t|"u8.ToArray();

    /// <summary>How lines end: by a carriage return alone where the first line does and most others do; line feeds may stand between quotes.</summary>
    public static byte NewlineOf(ReadOnlySpan<byte> head)
    {
        const byte Feed = (byte)'\n', Return = (byte)'\r';
        if (!head.Contains(Return))
            return Feed;
        int end = FirstEnd(head);
        bool isReturn = end >= 0 && head[end] == Return && head[(end + 1)..] is not [Feed, ..];
        return isReturn && head.Count(Return) > head.Count(Feed) ? Return : Feed;
    }

    /// <summary>The delimiter that occurs most often in the first line outside quotes.</summary>
    public static byte DelimiterOf(ReadOnlySpan<byte> head, byte newline)
    {
        byte best = Delimiters[0];
        int most = 0;
        foreach (byte delimiter in Delimiters)
        {
            int fields = Read(head, new Separators(delimiter, newline), new TextDecoder(TextEncoding.Detect)).Fields.Count;
            if (fields > most)
                (best, most) = (delimiter, fields);
        }
        return best;
    }

    /// <summary>Cuts the first record of a text.</summary>
    public static HeaderLine Read(ReadOnlySpan<byte> head, Separators separators, TextDecoder decoder)
    {
        var fields = new List<string>();
        var state = QuoteState.FieldStart;
        int start = 0;
        for (int at = 0; at < head.Length; at++)
        {
            if (!state.Step(head[at], separators, Quote))
                continue;
            fields.Add(Text(head[start..at], decoder));
            start = at + 1;
            if (head[at] == separators.Newline)
                return new HeaderLine(fields, start, head[..start].Count(separators.Newline));
        }
        if (start < head.Length)
            fields.Add(Text(head[start..], decoder));
        return new HeaderLine(fields, head.Length, 1);
    }

    // The end of the first line, whatever delimits its fields; -1 where it has none.
    private static int FirstEnd(ReadOnlySpan<byte> head)
    {
        bool inside = false, opens = true;
        for (int at = 0; at < head.Length; at++)
        {
            byte next = head[at];
            if (!inside && next is (byte)'\n' or (byte)'\r')
                return at;
            if (next == Quote && (inside || opens))
                inside = !inside;
            else
                opens = !inside && Delimiters.Contains(next);
        }
        return -1;
    }

    private static string Text(ReadOnlySpan<byte> raw, TextDecoder decoder)
    {
        bool clean = FieldText.TryClean(raw, Quote, new byte[raw.Length], out ReadOnlySpan<byte> text);
        bool decoded = decoder.TryDecode(clean ? text : raw, out ReadOnlySpan<byte> utf8, out _);
        return System.Text.Encoding.UTF8.GetString(decoded ? utf8 : []);
    }
}
