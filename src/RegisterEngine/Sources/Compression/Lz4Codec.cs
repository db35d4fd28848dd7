using System.Buffers.Binary;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Compression;

/// <summary>LZ4 in its three wrappings; read only.</summary>
internal sealed class Lz4Codec(CompressionKind kind) : Codec
{
    private const int HadoopLengths = 2 * sizeof(uint);

    /// <inheritdoc/>
    public override void Decompress(ReadOnlyMemory<byte> source, Span<byte> target)
    {
        bool sound = kind switch
        {
            CompressionKind.Lz4Block => TryBlock(source.Span, target),
            CompressionKind.Lz4Frame => Frames(source.Span, target),
            _ => TryHadoop(source.Span, target) || (Lz4Frame.IsFrame(source.Span) ? Frames(source.Span, target) : TryBlock(source.Span, target)),
        };
        if (!sound)
            throw Damaged("LZ4");
    }

    /// <inheritdoc/>
    public override int MaxCompressed(int bytes) => throw new NotSupportedException("LZ4 is only read.");

    /// <inheritdoc/>
    public override int Compress(ReadOnlySpan<byte> source, Span<byte> target) => throw new NotSupportedException("LZ4 is only read.");

    private static bool TryBlock(ReadOnlySpan<byte> source, Span<byte> target) => Lz4Block.Decompress(source, target, 0) == target.Length;

    private static bool Frames(ReadOnlySpan<byte> source, Span<byte> target)
    {
        Lz4Frame.Decompress(source, target);
        return true;
    }

    // Any number of blocks, each after the lengths of what it stands for and of itself, highest byte first.
    private static bool TryHadoop(ReadOnlySpan<byte> source, Span<byte> target)
    {
        while (source.Length >= HadoopLengths)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(source);
            uint bytes = BinaryPrimitives.ReadUInt32BigEndian(source[sizeof(uint)..]);
            source = source[HadoopLengths..];
            if (length > (uint)target.Length || bytes > (uint)source.Length || !TryBlock(source[..(int)bytes], target[..(int)length]))
                return false;
            source = source[(int)bytes..];
            target = target[(int)length..];
        }
        return source.IsEmpty && target.IsEmpty;
    }
}
