using System.Buffers.Binary;
using System.Numerics;

namespace RegisterEngine.Kernels;

/// <summary>Packs numbers into a fixed count of bits each: the inverse of <see cref="BitUnpack"/>.</summary>
internal static class BitPack
{
    // Four numbers of so many bits fit into a word.
    private const int MostBitsOfFour = 16;

    /// <summary>Bits that the largest of some numbers takes.</summary>
    public static int WidthOf(ulong largest) => 64 - BitOperations.LeadingZeroCount(largest);

    /// <summary>Packs numbers, none of which has more bits than <paramref name="width"/>, and returns how many bytes they take.</summary>
    /// <param name="values">The numbers, taken without a sign.</param>
    /// <param name="width">0 to 64.</param>
    /// <param name="target">Room for them, and seven bytes more.</param>
    public static int Pack<T>(ReadOnlySpan<T> values, int width, Span<byte> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (width == 0)
            return 0;
        ulong word = 0;
        int bits = 0;
        int at = 0;
        if (width <= MostBitsOfFour)
            for (; values.Length >= 4; values = values[4..])
            {
                ulong four = ulong.CreateTruncating(values[0]) | (ulong.CreateTruncating(values[1]) << width)
                    | (ulong.CreateTruncating(values[2]) << (2 * width)) | (ulong.CreateTruncating(values[3]) << (3 * width));
                word |= four << bits;
                bits += 4 * width;
                if (bits < 64)
                    continue;
                BinaryPrimitives.WriteUInt64LittleEndian(target[at..], word);
                at += sizeof(ulong);
                bits -= 64;
                word = bits == 0 ? 0 : four >> ((4 * width) - bits);
            }
        foreach (T value in values)
        {
            ulong number = ulong.CreateTruncating(value);
            word |= number << bits;
            bits += width;
            if (bits < 64)
                continue;
            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], word);
            at += sizeof(ulong);
            bits -= 64;
            word = bits == 0 ? 0 : number >> (width - bits);
        }
        if (bits > 0)
            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], word);
        return at + ((bits + 7) / 8);
    }
}
