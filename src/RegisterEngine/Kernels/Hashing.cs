using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Hashes that are the same on every machine and in every run.</summary>
internal static class Hashing
{
    internal const ulong K0 = 0xA0761D6478BD642F;
    internal const ulong K1 = 0xE7037ED1A0B428DB;
    internal const ulong K2 = 0x8EBC6AF09C88C6E3;
    internal const ulong K3 = 0x589965CC75374CC3;

    /// <summary>A mixing of 64 bits that loses none: different numbers have different hashes.</summary>
    /// <remarks>The finalizer of SplitMix64 (S. Vigna, 2015, after D. Stafford's variant 13).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The hash of some bytes.</summary>
    /// <remarks>Multiply and fold sixteen bytes at a time, as in W. Yi's wyhash (2019); up to 64 bytes without a loop.</remarks>
    public static ulong Bytes(ReadOnlySpan<byte> bytes)
    {
        ref byte at = ref MemoryMarshal.GetReference(bytes);
        if (bytes.Length >= 16)
            return Long(ref at, bytes.Length);
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        bytes.CopyTo(padded);
        return Short(BitConverter.ToUInt64(padded), BitConverter.ToUInt64(padded[8..]), bytes.Length);
    }

    /// <summary><see cref="Bytes"/> of one field of many records; the fields are padded as <see cref="FieldTable"/> asks.</summary>
    public static void Fields(FieldColumn fields, Span<ulong> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashes.Length, fields.Rows);
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        FieldCursor cursor = fields.CursorAt(0);
        for (int row = 0; row < fields.Rows; row++, cursor.MoveNext())
        {
            int start = cursor.Start;
            int length = cursor.End - start;
            ref byte at = ref Unsafe.Add(ref text, start);
            hashes[row] = length >= 16 ? Long(ref at, length) : Short(ref at, length);
        }
    }

    /// <summary>A hash of the first and the last sixteen bytes of a text, for tables that compare what they find: never reads beyond <paramref name="most"/>.</summary>
    /// <param name="at">The text.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="most">How much is readable; where the text is longer, the last bytes are those before here.</param>
    /// <remarks>Sums of products, and no halves of wide ones, which the compiler takes by way of memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Ends(ref byte at, int length, int most)
    {
        ulong first = Load(ref at, 0), second = Load(ref at, 8);
        ulong sum = (ulong)length;
        if (length >= 16)
        {
            int last = Math.Min(length, most) - 16;
            sum += (Load(ref at, last) * K2) + (Load(ref at, last + 8) * K3);
        }
        else
        {
            int bits = 8 * length;
            first = bits >= 64 ? first : first & ((1UL << bits) - 1);
            second = bits <= 64 ? 0 : second & ((1UL << (bits - 64)) - 1);
        }
        sum += (first * K0) + (second * K1);
        return (uint)(((sum ^ (sum >> 32)) * K0) >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Short(ref byte at, int length)
    {
        int inLow = Math.Min(length, 8);
        ulong low = inLow == 0 ? 0 : Load(ref at, 0) & (ulong.MaxValue >> (64 - (8 * inLow)));
        ulong high = length <= 8 ? 0 : Load(ref at, 8) & (ulong.MaxValue >> (128 - (8 * length)));
        return Short(low, high, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Short(ulong low, ulong high, int length) => Fold(low ^ K0 ^ (ulong)length, high ^ K1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Long(ref byte at, int length)
    {
        ulong seed = K0 ^ (ulong)length;
        int last = length - 16;
        ulong hash = Pair(ref at, 0, seed, K1) ^ Pair(ref at, last, K2, K3);
        if (length <= 32)
            return Fold(hash, K1);
        hash ^= Pair(ref at, 16, K1, K2) ^ Pair(ref at, last - 16, K3, K0);
        for (int i = 32; i < last - 16; i += 16)
            hash = Pair(ref at, i, hash, K3);
        return Fold(hash, K1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Pair(ref byte at, int offset, ulong a, ulong b) => Fold(Load(ref at, offset) ^ a, Load(ref at, offset + 8) ^ b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte at, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, offset));
}
