using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Compression;

/// <summary>Snappy: the length of the original, seven bits a byte, and the elements.</summary>
internal sealed class SnappyCodec : Codec
{
    private const int LongestLength = 5;

    private readonly ushort[] _table = new ushort[SnappyBlock.TableSize];

    /// <inheritdoc/>
    public override void Decompress(ReadOnlyMemory<byte> source, Span<byte> target)
    {
        ReadOnlySpan<byte> bytes = source.Span;
        ulong length = 0;
        int at = 0;
        while (at < bytes.Length && at < LongestLength)
        {
            byte part = bytes[at];
            length |= (ulong)(part & 0x7F) << (7 * at++);
            if ((part & 0x80) == 0)
                break;
        }
        if (length != (ulong)target.Length)
            throw new MalformedException($"the Snappy data says that it holds {length} bytes, and {target.Length} were announced");
        if (!SnappyBlock.TryDecompress(bytes[at..], target))
            throw Damaged("Snappy");
    }

    /// <inheritdoc/>
    public override int MaxCompressed(int bytes) => SnappyBlock.MaxCompressed(bytes);

    /// <inheritdoc/>
    public override int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int at = 0;
        uint length = (uint)source.Length;
        for (; length >= 0x80; length >>= 7)
            target[at++] = (byte)(length | 0x80);
        target[at++] = (byte)length;
        return at + SnappyBlock.Compress(source, target[at..], _table);
    }
}
