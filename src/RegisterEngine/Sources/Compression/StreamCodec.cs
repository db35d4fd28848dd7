using System.Buffers.Binary;
using System.IO.Compression;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Compression;

/// <summary>Gzip and Brotli, by the streams of the base library.</summary>
internal sealed class StreamCodec(CompressionKind kind) : Codec
{
    private const int GzipTrailer = 2 * sizeof(uint);

    /// <inheritdoc/>
    public override void Decompress(ReadOnlyMemory<byte> source, Span<byte> target)
    {
        // An empty text may be no bytes at all: that is how the base library writes it.
        if (source.IsEmpty && target.IsEmpty)
            return;
        try
        {
            if (kind == CompressionKind.Gzip && source.Length < GzipTrailer)
                throw new MalformedException("the Gzip data is cut short");
            using Stream stream = Reader(Buffers.AsStream(source));
            int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (read < target.Length)
                throw new MalformedException($"the {kind} data ends after {read} of {target.Length} bytes");
            if (stream.ReadByte() >= 0)
                throw new MalformedException($"the {kind} data holds more than the {target.Length} bytes that were announced");
            if (kind == CompressionKind.Gzip && !EndsInChecksum(source.Span, target))
                throw new MalformedException("the Gzip data is cut short, or its checksum is not right");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            throw new MalformedException($"the {kind} data is damaged", e);
        }
    }

    /// <inheritdoc/>
    public override int MaxCompressed(int bytes) => checked(bytes + (bytes / 100) + 1024);

    /// <inheritdoc/>
    public override int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        using var written = new MemoryStream();
        using (Stream stream = kind == CompressionKind.Gzip
            ? new GZipStream(written, CompressionLevel.Optimal, leaveOpen: true)
            : new BrotliStream(written, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(source);
        written.GetBuffer().AsSpan(0, (int)written.Length).CopyTo(target);
        return (int)written.Length;
    }

    // The base library does not miss the end of the last member where it is cut off: CRC-32 and length of what the member holds (RFC 1952).
    private static bool EndsInChecksum(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target)
    {
        ReadOnlySpan<byte> end = source[^GzipTrailer..];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(end[sizeof(uint)..]);
        return length <= (uint)target.Length && Crc32.Hash(target[^(int)length..]) == BinaryPrimitives.ReadUInt32LittleEndian(end);
    }

    private Stream Reader(Stream source) => kind == CompressionKind.Gzip
        ? new GZipStream(source, CompressionMode.Decompress)
        : new BrotliStream(source, CompressionMode.Decompress);
}
