using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Four words of ASCII digits at once (see <see cref="FieldWords"/>): tests and adds up the digits pairwise, without a loop.</summary>
internal static class DigitLanes
{
    /// <summary>The digits of each word as numbers 0 to 9 a byte; zeros before the first character count as digits 0.</summary>
    /// <param name="words">Words to read.</param>
    /// <param name="bad">Not zero in the bytes that are no digit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Digits(Vector256<ulong> words, out Vector256<byte> bad)
    {
        Vector256<byte> digits = words.AsByte() - Vector256.Create((byte)'0');
        Vector256<byte> isDigit = Vector256.LessThan(digits, Vector256.Create((byte)10));
        bad = ~(isDigit | Vector256.Equals(words.AsByte(), Vector256<byte>.Zero));
        return digits & isDigit;
    }

    /// <summary>Pairs of digits as numbers 0 to 99, four a word, the first in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Pairs(Vector256<byte> digits)
    {
        Vector256<ushort> pairs = digits.AsUInt16();
        return ((pairs & Vector256.Create((ushort)0xFF)) * 10) + (pairs >>> 8);
    }

    /// <summary>Fours of digits as numbers 0 to 9999, two a word, the first in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Fours(Vector256<ushort> pairs)
    {
        Vector256<uint> fours = pairs.AsUInt32();
        return ((fours & Vector256.Create(0xFFFFu)) * 100) + (fours >>> 16);
    }

    /// <summary>The number that each word spells, at most 99,999,999.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Number(Vector256<ulong> words, out Vector256<byte> bad)
    {
        Vector256<uint> fours = Fours(Pairs(Digits(words, out bad)));
        Vector256<ulong> first = (fours * 10_000u).AsUInt64() & Vector256.Create(0xFFFF_FFFFUL);
        return first + (fours.AsUInt64() >>> 32);
    }

    /// <summary>A bit for each word that has a bad byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BadWords(Vector256<byte> bad) =>
        (uint)Vector256.Equals(bad.AsUInt64(), Vector256<ulong>.Zero).ExtractMostSignificantBits() ^ 0xF;
}
