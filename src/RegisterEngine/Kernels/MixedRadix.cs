using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Makes one key of several values: each is a digit, in a radix of its own.</summary>
internal static class MixedRadix
{
    /// <summary>Appends a digit to each key: the key times <paramref name="radix"/>, plus the digit.</summary>
    /// <param name="keys">Keys; what does not fit in their bits is lost.</param>
    /// <param name="digits">A digit for each key.</param>
    /// <param name="radix">How many values the digit may have.</param>
    public static void Append<T>(Span<T> keys, ReadOnlySpan<uint> digits, T radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits.Length, keys.Length);
        int at = 0;
        if (typeof(T) == typeof(uint))
        {
            ref uint key = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(keys));
            ref uint digit = ref MemoryMarshal.GetReference(digits);
            Vector256<uint> factor = Vector256.Create(uint.CreateTruncating(radix));
            for (; at <= keys.Length - Vector256<uint>.Count; at += Vector256<uint>.Count)
                ((Vector256.LoadUnsafe(ref key, (nuint)at) * factor) + Vector256.LoadUnsafe(ref digit, (nuint)at)).StoreUnsafe(ref key, (nuint)at);
        }
        AppendScalar(keys[at..], digits[at..], radix);
    }

    /// <summary>The specification of <see cref="Append"/>.</summary>
    public static void AppendScalar<T>(Span<T> keys, ReadOnlySpan<uint> digits, T radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (keys[i] * radix) + T.CreateTruncating(digits[i]);
    }
}
