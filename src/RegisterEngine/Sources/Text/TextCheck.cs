namespace RegisterEngine.Sources.Text;

/// <summary>Refuses what is no text, and tells what it may be and what to do.</summary>
internal static class TextCheck
{
    private const string ZeroByte = "holds a zero byte, so it is no text file. If it is UTF-16, save it as UTF-8; if it is another format, convert it first.";

    /// <summary>Looks at the first bytes of an extract.</summary>
    /// <param name="input">Name of the extract.</param>
    /// <param name="head">The first bytes, without a byte order mark.</param>
    /// <exception cref="ExtractException">It is no text.</exception>
    public static void Begin(string input, ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            throw new ExtractException(input, "is empty. Fetch the file again, or leave it out.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            throw new ExtractException(input, "is compressed with gzip. Unpack it first, or let the name of the file end in .gz.");
        if (head.StartsWith("PK\u0003\u0004"u8))
            throw new ExtractException(input, "is a zip archive or a workbook. Let the name of an archive end in .zip; save a workbook as text (CSV UTF-8).");
        NoZero(input, head);
    }

    /// <summary>Looks at any bytes of an extract.</summary>
    /// <exception cref="ExtractException">One of them is zero.</exception>
    public static void NoZero(string input, ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)0))
            throw new ExtractException(input, ZeroByte);
    }
}
