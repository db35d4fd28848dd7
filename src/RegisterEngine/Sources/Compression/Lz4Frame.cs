using System.Buffers.Binary;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Compression;

/// <summary>Frames of LZ4: a header, blocks that stand alone or are linked to those before, and checksums of all three.</summary>
/// <remarks>Y. Collet, "LZ4 Frame Format Description", version 1.6.4 (2023).</remarks>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;
    private const uint SkippableMagic = 0x184D2A50;
    private const uint Stored = 0x8000_0000;

    [Flags]
    private enum Flags
    {
        Dictionary = 1,
        Reserved = 2,
        ContentChecksum = 4,
        ContentSize = 8,
        BlockChecksum = 16,
        Independent = 32,
    }

    /// <summary>Whether bytes begin as a frame does.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> source) => source.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(source) == Magic;

    /// <summary>Writes what one or more frames stand for, which must fill the target.</summary>
    /// <exception cref="MalformedException">A frame is damaged, a checksum is not right, or there are more or fewer bytes.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        do
        {
            uint magic = Take(ref source, 4);
            if (magic == Magic)
                target = target[Frame(ref source, target)..];
            else if ((magic & 0xFFFF_FFF0) == SkippableMagic)
                Bytes(ref source, Take(ref source, 4));
            else
                throw new MalformedException("the LZ4 data does not begin as a frame");
        }
        while (!source.IsEmpty);
        if (!target.IsEmpty)
            throw new MalformedException($"the LZ4 data ends {target.Length} bytes early");
    }

    private static int Frame(ref ReadOnlySpan<byte> source, Span<byte> target)
    {
        (Flags flags, int largest, ulong? size) = Header(ref source);
        int written = 0;
        for (uint length; (length = Take(ref source, 4)) != 0;)
        {
            ReadOnlySpan<byte> block = Bytes(ref source, length & ~Stored);
            if (flags.HasFlag(Flags.BlockChecksum) && Take(ref source, 4) != XxHash32.Hash(block))
                throw new MalformedException("the checksum of an LZ4 block is not right");
            int end = Block(block, (length & Stored) != 0, flags.HasFlag(Flags.Independent), target[..(int)Math.Min(target.Length, (long)written + largest)], written);
            if (end < 0)
                throw new MalformedException("an LZ4 block is damaged");
            written = end;
        }
        if (size is { } announced && announced != (ulong)written)
            throw new MalformedException($"an LZ4 frame holds {written} bytes and says {announced}");
        if (flags.HasFlag(Flags.ContentChecksum) && Take(ref source, 4) != XxHash32.Hash(target[..written]))
            throw new MalformedException("the checksum of an LZ4 frame is not right");
        return written;
    }

    private static (Flags Flags, int LargestBlock, ulong? Size) Header(ref ReadOnlySpan<byte> source)
    {
        ReadOnlySpan<byte> header = source;
        uint first = Take(ref source, 1);
        var flags = (Flags)(first & 0x3F);
        uint second = Take(ref source, 1);
        uint sizeCode = (second >> 4) & 7;
        if (first >> 6 != 1 || flags.HasFlag(Flags.Reserved) || (second & 0x8F) != 0 || sizeCode < 4)
            throw new MalformedException("the header of an LZ4 frame is damaged");
        ulong? size = flags.HasFlag(Flags.ContentSize) ? Take(ref source, 4) | ((ulong)Take(ref source, 4) << 32) : null;
        if (flags.HasFlag(Flags.Dictionary))
            throw new MalformedException("an LZ4 frame needs a dictionary that is not there");
        int length = header.Length - source.Length;
        return Take(ref source, 1) == ((XxHash32.Hash(header[..length]) >> 8) & 0xFF)
            ? (flags, 1 << (8 + (2 * (int)sizeCode)), size)
            : throw new MalformedException("the checksum of an LZ4 header is not right");
    }

    // A block that stands alone must not reach back to those before.
    private static int Block(ReadOnlySpan<byte> block, bool isStored, bool isIndependent, Span<byte> target, int written)
    {
        if (isStored)
            return block.TryCopyTo(target[written..]) ? written + block.Length : -1;
        if (!isIndependent)
            return Lz4Block.Decompress(block, target, written);
        int end = Lz4Block.Decompress(block, target[written..], 0);
        return end < 0 ? end : written + end;
    }

    private static uint Take(ref ReadOnlySpan<byte> source, uint bytes)
    {
        uint value = 0;
        ReadOnlySpan<byte> taken = Bytes(ref source, bytes);
        for (int i = 0; i < taken.Length; i++)
            value |= (uint)taken[i] << (8 * i);
        return value;
    }

    private static ReadOnlySpan<byte> Bytes(ref ReadOnlySpan<byte> source, uint count)
    {
        if (count > (uint)source.Length)
            throw new MalformedException("the LZ4 data is cut short");
        ReadOnlySpan<byte> taken = source[..(int)count];
        source = source[(int)count..];
        return taken;
    }
}
