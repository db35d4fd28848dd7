using System.Buffers.Binary;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Views of values: 16 bytes each, that begin with the length, and hold up to twelve bytes or tell in which buffer, and where, the value stands.</summary>
internal static class TextViews
{
    /// <summary>Bytes of a view.</summary>
    public const int Width = 16;

    private const int MostInline = 12;

    /// <summary>Bytes of the values of all rows together.</summary>
    /// <exception cref="MalformedException">A value has a negative length.</exception>
    public static long Length(ReadOnlySpan<byte> views, ReadOnlySpan<byte> validity, int rows)
    {
        long bytes = 0;
        for (int row = 0; row < rows; row++)
        {
            if (!validity.IsEmpty && !Bits.Get(validity, row))
                continue;
            int length = BinaryPrimitives.ReadInt32LittleEndian(views[(row * Width)..]);
            bytes += length >= 0 ? length : throw new MalformedException($"row {row} has a value of {length} bytes");
        }
        return bytes;
    }

    /// <summary>Writes the values one behind the other.</summary>
    /// <exception cref="MalformedException">A view leads outside.</exception>
    public static void Copy(ReadOnlySpan<byte> views, ReadOnlySpan<byte> validity, Memory<byte>[] buffers, Span<int> offsets, Span<byte> data)
    {
        int end = offsets[0] = 0;
        for (int row = 0; row < offsets.Length - 1; row++)
        {
            offsets[row + 1] = end;
            if (!validity.IsEmpty && !Bits.Get(validity, row))
                continue;
            ReadOnlySpan<byte> view = views.Slice(row * Width, Width);
            int length = BinaryPrimitives.ReadInt32LittleEndian(view);
            ReadOnlySpan<byte> value = length <= MostInline ? view.Slice(sizeof(int), length) : Far(view, length, buffers, row);
            value.CopyTo(data[end..]);
            offsets[row + 1] = end += length;
        }
    }

    private static ReadOnlySpan<byte> Far(ReadOnlySpan<byte> view, int length, Memory<byte>[] buffers, int row)
    {
        uint buffer = BinaryPrimitives.ReadUInt32LittleEndian(view[8..]);
        uint at = BinaryPrimitives.ReadUInt32LittleEndian(view[12..]);
        if (buffer >= buffers.Length || at > (long)buffers[buffer].Length - length)
            throw new MalformedException($"the value of row {row} stands at byte {at} of buffer {buffer}, where there is none");
        return buffers[buffer].Span.Slice((int)at, length);
    }
}
