namespace RegisterEngine.Kernels;

/// <summary>Values whose first bytes stand side by side, then their second bytes, and so on.</summary>
internal static class SplitStream
{
    private const int Chunk = 512;

    /// <summary>Puts the bytes of some values together.</summary>
    /// <param name="source">One run of bytes for each byte of a value, all of one length.</param>
    /// <param name="width">Bytes of a value.</param>
    /// <param name="first">The first value.</param>
    /// <param name="target">As many values as it holds.</param>
    public static void Join(ReadOnlySpan<byte> source, int width, int first, Span<byte> target)
    {
        int values = source.Length / width;
        int count = target.Length / width;
        for (int done = 0; done < count; done += Chunk)
        {
            int part = Math.Min(Chunk, count - done);
            Span<byte> slots = target.Slice(done * width, part * width);
            for (int place = 0; place < width; place++)
            {
                ReadOnlySpan<byte> run = source.Slice((place * values) + first + done, part);
                for (int i = 0, at = place; i < run.Length; i++, at += width)
                    slots[at] = run[i];
            }
        }
    }

    /// <summary>Takes values apart: the inverse of <see cref="Join"/>.</summary>
    public static void Split(ReadOnlySpan<byte> source, int width, Span<byte> target)
    {
        int values = source.Length / width;
        for (int place = 0; place < width; place++)
            for (int i = 0; i < values; i++)
                target[(place * values) + i] = source[(i * width) + place];
    }
}
