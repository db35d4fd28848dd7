namespace RegisterEngine.Sources.Fields;

/// <summary>Takes blanks and quotes off a field.</summary>
internal static class FieldText
{
    /// <summary>The text of a field as it stands in a record, without blanks at its ends and without quotes.</summary>
    /// <param name="raw">The field's bytes.</param>
    /// <param name="quote">The quote; 0 where the format has none.</param>
    /// <param name="scratch">Room for as many bytes as the field has; the text may lie there.</param>
    /// <param name="text">The text.</param>
    /// <returns>False where a quote stands inside a quoted field alone: text follows the closing quote.</returns>
    public static bool TryClean(ReadOnlySpan<byte> raw, byte quote, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        bool quoted = quote != 0 && raw.Length > 0 && raw[0] == quote;
        text = Trim(raw);
        if (!quoted)
            return true;
        if (text.Length < 2 || text[^1] != quote)
            return false;
        text = text[1..^1];
        if (text.Contains(quote))
        {
            int length = 0;
            for (int i = 0; i < text.Length; i++)
            {
                scratch[length++] = text[i];
                if (text[i] == quote && (++i == text.Length || text[i] != quote))
                    return false;
            }
            text = scratch[..length];
        }
        text = Trim(text);
        return true;
    }

    /// <summary>Bytes without blanks (spaces, tabs, carriage returns) at the ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r"u8);
}
