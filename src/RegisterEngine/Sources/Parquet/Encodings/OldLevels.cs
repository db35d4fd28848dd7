namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>BIT_PACKED levels, which only old writers left behind: one bit a row, from the highest of a byte down.</summary>
internal static class OldLevels
{
    /// <summary>The same as one run of packed bits, which <see cref="HybridReader"/> reads.</summary>
    public static ReadOnlyMemory<byte> AsRun(ReadOnlySpan<byte> bits)
    {
        var run = new List<byte>(bits.Length + 5);
        uint head = ((uint)bits.Length << 1) | 1;
        for (; head >= 0x80; head >>= 7)
            run.Add((byte)(head | 0x80));
        run.Add((byte)head);
        foreach (byte reversed in bits)
        {
            int turned = 0;
            for (int bit = 0; bit < 8; bit++)
                turned |= ((reversed >> bit) & 1) << (7 - bit);
            run.Add((byte)turned);
        }
        return run.ToArray();
    }
}
