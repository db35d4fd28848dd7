using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Looks through text for bytes that it should hardly have.</summary>
internal static class ByteScan
{
    private const int Step = 4;

    /// <summary>Whether a text has a zero byte or a given one, wherever.</summary>
    public static bool HasZeroOr(ReadOnlySpan<byte> text, byte other)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        Vector256<byte> none = Vector256.Create(other);
        int at = 0;
        for (; at <= text.Length - (Step * Vector256<byte>.Count); at += Step * Vector256<byte>.Count)
        {
            // The smaller of a byte and its difference from the other is zero where it is either; so is the smallest of many.
            Vector256<byte> a = Least(Vector256.LoadUnsafe(ref first, (nuint)at), none);
            Vector256<byte> b = Least(Vector256.LoadUnsafe(ref first, (nuint)at + 32), none);
            Vector256<byte> c = Least(Vector256.LoadUnsafe(ref first, (nuint)at + 64), none);
            Vector256<byte> d = Least(Vector256.LoadUnsafe(ref first, (nuint)at + 96), none);
            if (Vector256.EqualsAny(Vector256.Min(Vector256.Min(a, b), Vector256.Min(c, d)), Vector256<byte>.Zero))
                return true;
        }
        return HasZeroOrScalar(text[at..], other);
    }

    /// <summary>The specification of <see cref="HasZeroOr"/>.</summary>
    public static bool HasZeroOrScalar(ReadOnlySpan<byte> text, byte other)
    {
        foreach (byte value in text)
            if (value == 0 || value == other)
                return true;
        return false;
    }

    private static Vector256<byte> Least(Vector256<byte> bytes, Vector256<byte> other) => Vector256.Min(bytes, bytes ^ other);
}
