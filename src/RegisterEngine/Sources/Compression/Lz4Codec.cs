using System.Buffers.Binary;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Compression;

/// <summary>LZ4 in its three wrappings; read only.</summary>
internal sealed class Lz4Codec(CompressionKind kind) : Codec
{
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

    // Any number of blocks, each after the length of what it stands for; a block is one or several parts, each after its own length. Highest byte first.
    private static bool TryHadoop(ReadOnlySpan<byte> source, Span<byte> target)
    {
        while (source.Length >= 2 * sizeof(uint))
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(source);
            source = source[sizeof(uint)..];
            if (length > (uint)target.Length || !TryParts(ref source, target[..(int)length]))
                return false;
            target = target[(int)length..];
        }
        return source.IsEmpty && target.IsEmpty;
    }

    private static bool TryParts(ref ReadOnlySpan<byte> source, Span<byte> target)
    {
        do
        {
            if (source.Length < sizeof(uint))
                return false;
            uint bytes = BinaryPrimitives.ReadUInt32BigEndian(source);
            source = source[sizeof(uint)..];
            int written = bytes <= (uint)source.Length ? Lz4Block.Decompress(source[..(int)bytes], target, 0) : -1;
            if (written < 0)
                return false;
            source = source[(int)bytes..];
            target = target[written..];
        }
        while (!target.IsEmpty);
        return true;
    }
}
