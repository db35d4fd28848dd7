using System.Runtime.CompilerServices;

namespace RegisterEngine.Kernels;

/// <summary>
/// A text of one to seventeen ASCII digits in one number, leading zeros kept: the length in bits 57-61, the digits' value below.
/// Never negative, so the sign bit is free to mark other texts.
/// </summary>
internal static class DigitKey
{
    /// <summary>The longest text of digits that fits: 10^17 is below 2^57.</summary>
    public const int MaxLength = 17;

    internal const int LengthShift = 57;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pack(long value, int length) => value | ((long)length << LengthShift);

    /// <summary>The key of a text, or false where it is not one to seventeen digits.</summary>
    public static bool TryPack(ReadOnlySpan<byte> text, out long key)
    {
        key = 0;
        if (text.Length is 0 or > MaxLength)
            return false;
        long value = 0;
        foreach (byte character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (character - '0');
        }
        key = Pack(value, text.Length);
        return true;
    }

    public static int Length(long key) => (int)(key >> LengthShift);

    public static long Value(long key) => key & ((1L << LengthShift) - 1);

    /// <summary>Writes the digits and returns how many.</summary>
    public static int Format(long key, Span<byte> target)
    {
        int length = Length(key);
        long value = Value(key);
        for (int i = length - 1; i >= 0; i--)
        {
            (value, long digit) = Math.DivRem(value, 10);
            target[i] = (byte)('0' + digit);
        }
        return length;
    }
}
