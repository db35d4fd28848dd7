using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    private const ulong LeastTooLong = 100_000_000_000_000_000;

    // The digits of the least number of so many bits; negative numbers come here too, whatever becomes of them.
    private static readonly long[] Powers = Arrays.Make(20, digits => digits > 18 ? long.MaxValue : (long)Math.Pow(10, digits));

    private static ReadOnlySpan<byte> LeastDigits =>
    [
        1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10,
        10, 10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 15, 15, 15, 16, 16, 16, 16, 17, 17, 17, 18, 18, 18, 19, 19, 19, 19,
    ];

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

    /// <summary>The keys of numbers as their digits without zeros in front; lists the places of those that have none: negative ones, and those of too many digits.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="keys">One for each number; may be the same memory.</param>
    /// <param name="leftOver">Room for as many.</param>
    /// <returns>How many have no key; what stands in their place means nothing.</returns>
    public static int Pack(ReadOnlySpan<long> numbers, Span<long> keys, Span<int> leftOver)
    {
        ref byte leastDigits = ref MemoryMarshal.GetReference(LeastDigits);
        ref long powers = ref MemoryMarshal.GetArrayDataReference(Powers);
        keys = keys[..numbers.Length];
        leftOver = leftOver[..numbers.Length];
        int left = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            long number = numbers[i];
            int digits = Unsafe.Add(ref leastDigits, BitOperations.Log2((ulong)number | 1));
            digits += number >= Unsafe.Add(ref powers, digits) ? 1 : 0;
            keys[i] = Pack(number, digits);
            leftOver[left] = i;
            left += (ulong)number >= LeastTooLong ? 1 : 0;
        }
        return left;
    }

    /// <summary>The specification of <see cref="Pack(ReadOnlySpan{long}, Span{long}, Span{int})"/>.</summary>
    public static bool TryPackScalar(long number, out long key)
    {
        key = 0;
        if (number is < 0 or >= (long)LeastTooLong)
            return false;
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10)
            digits++;
        key = Pack(number, digits);
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
