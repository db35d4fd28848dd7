using System.Numerics;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Bitmaps as in Arrow: bit <c>i</c> is bit <c>i % 8</c>, counted from the lowest, of byte <c>i / 8</c>.</summary>
internal static class Bits
{
    public static bool Get(ReadOnlySpan<byte> bits, int index) => ((bits[index >> 3] >> (index & 7)) & 1) != 0;

    public static void Set(Span<byte> bits, int index) => bits[index >> 3] |= (byte)(1 << (index & 7));

    public static void Clear(Span<byte> bits, int index) => bits[index >> 3] &= (byte)~(1 << (index & 7));

    /// <summary>Sets or clears some bits.</summary>
    public static void Fill(Span<byte> bits, int from, int count, bool value)
    {
        int to = from + count;
        for (; from < to && (from & 7) != 0; from++)
            Put(bits, from, value);
        int whole = (to - from) >> 3;
        if (whole > 0)
            bits.Slice(from >> 3, whole).Fill(value ? (byte)0xFF : (byte)0);
        for (from += whole << 3; from < to; from++)
            Put(bits, from, value);
    }

    /// <summary>How many of some bits are zero.</summary>
    public static int CountClear(ReadOnlySpan<byte> bits, int from, int count)
    {
        int clear = 0;
        int to = from + count;
        for (; from < to && (from & 7) != 0; from++)
            clear += Get(bits, from) ? 0 : 1;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bits.Slice(from >> 3, (to - from) >> 3));
        foreach (ulong word in words)
            clear += 64 - BitOperations.PopCount(word);
        for (from += words.Length * 64; from + 8 <= to; from += 8)
            clear += 8 - BitOperations.PopCount(bits[from >> 3]);
        for (; from < to; from++)
            clear += Get(bits, from) ? 0 : 1;
        return clear;
    }

    /// <summary>Copies some bits, and returns how many of them are one.</summary>
    public static int Copy(ReadOnlySpan<byte> source, int from, Span<byte> target, int to, int count)
    {
        int set = 0;
        int done = 0;
        for (; done < count && ((to + done) & 7) != 0; done++)
            set += CopyOne(source, from + done, target, to + done);
        int shift = (from + done) & 7;
        for (; done + 8 <= count; done += 8)
        {
            int at = (from + done) >> 3;
            int bits = source[at] >> shift;
            if (shift != 0)
                bits |= source[at + 1] << (8 - shift);
            target[(to + done) >> 3] = (byte)bits;
            set += BitOperations.PopCount((byte)bits);
        }
        for (; done < count; done++)
            set += CopyOne(source, from + done, target, to + done);
        return set;
    }

    /// <summary>Some bits as a bitmap of their own: a copy where they do not begin with a byte.</summary>
    public static Memory<byte> Slice(Memory<byte> bits, int from, int count)
    {
        if ((from & 7) == 0)
            return bits.Slice(from >> 3, (count + 7) >> 3);
        byte[] copy = new byte[(count + 7) >> 3];
        Copy(bits.Span, from, copy, 0, count);
        return copy;
    }

    /// <summary>Writes a bit for each byte: whether it is not zero.</summary>
    public static void Pack(ReadOnlySpan<byte> flags, Span<byte> bits, int to)
    {
        for (int i = 0; i < flags.Length; i++)
            Put(bits, to + i, flags[i] != 0);
    }

    private static int CopyOne(ReadOnlySpan<byte> source, int from, Span<byte> target, int to)
    {
        bool value = Get(source, from);
        Put(target, to, value);
        return value ? 1 : 0;
    }

    private static void Put(Span<byte> bits, int index, bool value)
    {
        if (value)
            Set(bits, index);
        else
            Clear(bits, index);
    }
}
