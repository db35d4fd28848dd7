using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Eight words of ASCII digits at once (see <see cref="FieldWords"/>): tests and adds up the digits pairwise, without a loop.</summary>
internal static class DigitLanes
{
    /// <summary>The digits of each word as numbers 0 to 9 a byte; zeros before the first character count as digits 0.</summary>
    /// <param name="words">Words to read.</param>
    /// <param name="bad">Not zero in the bytes that are no digit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Digits(Vector512<ulong> words, out Vector512<byte> bad)
    {
        Vector512<byte> digits = words.AsByte() - Vector512.Create((byte)'0');
        Vector512<byte> isDigit = Vector512.LessThan(digits, Vector512.Create((byte)10));
        bad = ~(isDigit | Vector512.Equals(words.AsByte(), Vector512<byte>.Zero));
        return digits & isDigit;
    }

    /// <summary>Pairs of digits as numbers 0 to 99, four a word, the first in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Pairs(Vector512<byte> digits)
    {
        Vector512<ushort> pairs = digits.AsUInt16();
        return ((pairs & Vector512.Create((ushort)0xFF)) * 10) + (pairs >>> 8);
    }

    /// <summary>Fours of digits as numbers 0 to 9999, two a word, the first in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Fours(Vector512<ushort> pairs)
    {
        Vector512<uint> fours = pairs.AsUInt32();
        return ((fours & Vector512.Create(0xFFFFu)) * 100) + (fours >>> 16);
    }

    /// <summary>The number that each word spells, at most 99,999,999.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Number(Vector512<ulong> words, out Vector512<byte> bad)
    {
        Vector512<uint> fours = Fours(Pairs(Digits(words, out bad)));
        Vector512<ulong> first = (fours * 10_000u).AsUInt64() & Vector512.Create(0xFFFF_FFFFUL);
        return first + (fours.AsUInt64() >>> 32);
    }

    /// <summary>A bit for each word that has a bad byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BadWords(Vector512<byte> bad) =>
        (uint)Vector512.Equals(bad.AsUInt64(), Vector512<ulong>.Zero).ExtractMostSignificantBits() ^ 0xFF;
}
