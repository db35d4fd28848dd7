namespace RegisterEngine.Sources.Arrow;

/// <summary>Tells what was piped in place of an Arrow stream, by its first four bytes: as the length of a message, any of these would be beyond all limits.</summary>
internal static class StreamMistake
{
    /// <summary>What it is, and what to do; null where it may be a stream.</summary>
    public static string? Of(ReadOnlySpan<byte> first) =>
        first.SequenceEqual("ARRO"u8) ? "it is an Arrow file, not a stream: name the file in place of standard input, or write it as a stream"
        : first.SequenceEqual("PAR1"u8) ? "it is a Parquet file, not an Arrow stream: name the file in place of standard input"
        : first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "it is compressed with gzip, and no Arrow stream: unpack it before, with gzip -dc"
        : IsText(first) ? "it looks like text, and is no Arrow stream: to read delimited text from standard input, say --stdin text in place of --stdin arrow (convert reads text from files: name the file)"
        : null;

    // Letters beyond ASCII are bytes from 0x80 in all encodings that are read; UTF-16 and UTF-8 may begin with a mark.
    private static bool IsText(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return true;
        foreach (byte letter in first)
            if (letter is < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n') or 0x7F or 0xFF)
                return false;
        return true;
    }
}
