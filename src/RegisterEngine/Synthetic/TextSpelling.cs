using System.Buffers;
using System.Text;
using RegisterEngine.Schemas;

namespace RegisterEngine.Synthetic;

/// <summary>Spells texts as the dialect of a file asks: in its encoding, between quotes where needed, with blanks at the end.</summary>
internal sealed class TextSpelling(Dialect dialect)
{
    private const string Blanks = "  ";

    private readonly SearchValues<char> _special = SearchValues.Create([(char)dialect.Delimiter, '"', '\n', '\r']);
    private readonly Encoding _encoding = dialect.Encoding == TextEncoding.Windows1252
        ? CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!
        : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a field.</summary>
    public byte[] Field(string text)
    {
        bool isQuoted = dialect.Widths is null && text.AsSpan().ContainsAny(_special);
        if (isQuoted)
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return _encoding.GetBytes(dialect.HasTrailingBlanks ? text + Blanks : text);
    }

    /// <summary>The bytes of a code, which may have lost its leading zeros.</summary>
    public byte[] Code(string code) => Field(dialect.LosesZeros ? code.TrimStart('0') : code);

    /// <summary>The bytes of a position size in hundredths of a percent.</summary>
    public byte[] Size(int hundredths) => Field($"{hundredths / 100}{(char)dialect.DecimalSign}{hundredths % 100:00}");
}
