using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Copies values of any length one behind the other.</summary>
internal static class ByteArrays
{
    /// <summary>Bytes that targets must have beyond what is copied.</summary>
    public const int Slack = 16;

    /// <summary>Copies values that stand each after its length in four bytes; returns where the next one stands, or -1 where one is cut off.</summary>
    /// <param name="source">Lengths and values.</param>
    /// <param name="at">Where the first stands.</param>
    /// <param name="lengths">As many values are copied as there is room for lengths.</param>
    /// <param name="target">Room for all values and <see cref="Slack"/>.</param>
    public static int CopyPlain(ReadOnlySpan<byte> source, int at, Span<int> lengths, Span<byte> target)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int end = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (source.Length - at < sizeof(int))
                return -1;
            int length = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref from, at));
            at += sizeof(int);
            if ((uint)length > (uint)(source.Length - at) || target.Length - end - length < Slack)
                return -1;
            if (length <= Slack && source.Length - at >= Slack)
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at)).StoreUnsafe(ref Unsafe.Add(ref to, end));
            else
                source.Slice(at, length).CopyTo(target[end..]);
            lengths[i] = length;
            at += length;
            end += length;
        }
        return at;
    }

    /// <summary>The length of the value of each code, and of all together.</summary>
    /// <param name="offsets">Offsets of the dictionary's values.</param>
    /// <param name="codes">Each less than the number of values.</param>
    /// <param name="lengths">One for each code.</param>
    public static long Lengths(ReadOnlySpan<int> offsets, ReadOnlySpan<int> codes, Span<int> lengths)
    {
        ref int first = ref MemoryMarshal.GetReference(offsets);
        long sum = 0;
        lengths = lengths[..codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            ref int offset = ref Unsafe.Add(ref first, codes[i]);
            lengths[i] = Unsafe.Add(ref offset, 1) - offset;
            sum += lengths[i];
        }
        return sum;
    }

    /// <summary>Copies the value of each code.</summary>
    /// <param name="data">The dictionary's values, with <see cref="Slack"/> bytes behind them.</param>
    /// <param name="offsets">Their offsets.</param>
    /// <param name="codes">Each less than the number of values.</param>
    /// <param name="target">Room for all values and <see cref="Slack"/>.</param>
    public static void Gather(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, ReadOnlySpan<int> codes, Span<byte> target)
    {
        ref byte from = ref MemoryMarshal.GetReference(data);
        ref byte to = ref MemoryMarshal.GetReference(target);
        ref int first = ref MemoryMarshal.GetReference(offsets);
        int end = 0;
        foreach (int code in codes)
        {
            ref int offset = ref Unsafe.Add(ref first, code);
            int length = Unsafe.Add(ref offset, 1) - offset;
            if (length <= Slack)
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, offset)).StoreUnsafe(ref Unsafe.Add(ref to, end));
            else
                data.Slice(offset, length).CopyTo(target[end..]);
            end += length;
        }
    }

    /// <summary>Writes the offsets of rows from the lengths of those that have a value.</summary>
    /// <param name="lengths">Lengths of the values that are there.</param>
    /// <param name="validity">Which rows have a value.</param>
    /// <param name="first">The bit of the first row.</param>
    /// <param name="offsets">The offset of the first row stands there already; one more than rows.</param>
    public static void Offsets(ReadOnlySpan<int> lengths, ReadOnlySpan<byte> validity, int first, Span<int> offsets)
    {
        int end = offsets[0];
        Span<int> ends = offsets[1..];
        if (lengths.Length == ends.Length)
        {
            for (int row = 0; row < ends.Length; row++)
                ends[row] = end += lengths[row];
            return;
        }
        int value = 0;
        for (int row = 0; row < ends.Length; row++)
            ends[row] = end += Bits.Get(validity, first + row) ? lengths[value++] : 0;
    }
}
