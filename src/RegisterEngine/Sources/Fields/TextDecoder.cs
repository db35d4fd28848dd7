using System.Text;
using System.Text.Unicode;
using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Fields;

/// <summary>Turns texts of an extract into UTF-8.</summary>
internal sealed class TextDecoder(TextEncoding encoding)
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(
        1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // Five bytes have no character in Windows-1252; the .NET table maps them to control characters.
    private static ReadOnlySpan<byte> Undefined1252 => [0x81, 0x8D, 0x8F, 0x90, 0x9D];

    /// <summary>What is expected where <see cref="TryDecode"/> fails.</summary>
    public string Expected { get; } = encoding switch
    {
        TextEncoding.Utf8 => "text in UTF-8 (or another encoding in the layout)",
        TextEncoding.Windows1252 => "text in Windows-1252 (or another encoding in the layout)",
        _ => "text in UTF-8 or Windows-1252",
    };

    /// <summary>The text in UTF-8, or false where the bytes spell none.</summary>
    /// <param name="raw">Bytes as they stand in the extract.</param>
    /// <param name="utf8">The text.</param>
    /// <param name="found">The encoding it was read as, where that had to be found out.</param>
    public bool TryDecode(ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> utf8, out FoundEncodings found)
    {
        found = FoundEncodings.None;
        utf8 = raw;
        if (Ascii.IsValid(raw))
            return true;
        bool isUtf8 = encoding is TextEncoding.Utf8 or TextEncoding.Detect && Utf8.IsValid(raw);
        if (encoding == TextEncoding.Utf8)
            return isUtf8;
        if (encoding == TextEncoding.Detect)
            found = isUtf8 ? FoundEncodings.Utf8 : FoundEncodings.Windows1252;
        if (isUtf8)
            return true;
        if (encoding != TextEncoding.Latin1 && raw.ContainsAny(Undefined1252))
            return false;
        Encoding single = encoding == TextEncoding.Latin1 ? Encoding.Latin1 : Windows1252;
        utf8 = Encoding.UTF8.GetBytes(single.GetString(raw));
        return true;
    }
}
