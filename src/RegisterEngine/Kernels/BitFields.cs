using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Packs columns of small numbers into words, each at its bits; a missing number leaves them zero.</summary>
internal static class BitFields
{
    /// <summary>Adds <c>origin + number</c>, or <c>origin - number</c>, to each word at a bit.</summary>
    /// <param name="words">Words, whose bits from <paramref name="shift"/> on are free as far as the values go.</param>
    /// <param name="numbers">A number for each word.</param>
    /// <param name="missing">What stands for no number.</param>
    /// <param name="origin">What is added, so that no value is negative.</param>
    /// <param name="isNegated">Whether the number is taken from the origin.</param>
    /// <param name="shift">The lowest bit of the value.</param>
    public static void Add(Span<ulong> words, ReadOnlySpan<int> numbers, int missing, int origin, bool isNegated, int shift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numbers.Length, words.Length);
        ref ulong word = ref MemoryMarshal.GetReference(words);
        ref int number = ref MemoryMarshal.GetReference(numbers);
        Vector256<int> none = Vector256.Create(missing), from = Vector256.Create(origin);
        // -n is ~n + 1, and n ^ 0 is n.
        Vector256<int> flip = Vector256.Create(isNegated ? -1 : 0);
        int at = 0;
        for (; at <= words.Length - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            Vector256<int> values = Vector256.LoadUnsafe(ref number, (nuint)at);
            Vector256<int> isMissing = Vector256.Equals(values, none);
            values = (values ^ flip) - flip + from;
            (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(Vector256.AndNot(values, isMissing).AsUInt32());
            (Vector256.LoadUnsafe(ref word, (nuint)at) | (lower << shift)).StoreUnsafe(ref word, (nuint)at);
            (Vector256.LoadUnsafe(ref word, (nuint)at + 4) | (upper << shift)).StoreUnsafe(ref word, (nuint)at + 4);
        }
        AddScalar(words[at..], numbers[at..], missing, origin, isNegated, shift);
    }

    /// <summary>The specification of <see cref="Add(Span{ulong}, ReadOnlySpan{int}, int, int, bool, int)"/>.</summary>
    public static void AddScalar(Span<ulong> words, ReadOnlySpan<int> numbers, int missing, int origin, bool isNegated, int shift)
    {
        for (int i = 0; i < words.Length; i++)
            if (numbers[i] != missing)
                words[i] |= (ulong)(uint)(isNegated ? origin - numbers[i] : origin + numbers[i]) << shift;
    }

    /// <summary>Adds <c>origin + number</c> to each word at a bit.</summary>
    /// <inheritdoc cref="Add(Span{ulong}, ReadOnlySpan{int}, int, int, bool, int)"/>
    public static void Add(Span<ulong> words, ReadOnlySpan<long> numbers, long missing, long origin, int shift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numbers.Length, words.Length);
        ref ulong word = ref MemoryMarshal.GetReference(words);
        ref long number = ref MemoryMarshal.GetReference(numbers);
        Vector256<long> none = Vector256.Create(missing), from = Vector256.Create(origin);
        int at = 0;
        for (; at <= words.Length - Vector256<long>.Count; at += Vector256<long>.Count)
        {
            Vector256<long> values = Vector256.LoadUnsafe(ref number, (nuint)at);
            Vector256<ulong> known = Vector256.AndNot(values + from, Vector256.Equals(values, none)).AsUInt64();
            (Vector256.LoadUnsafe(ref word, (nuint)at) | (known << shift)).StoreUnsafe(ref word, (nuint)at);
        }
        AddScalar(words[at..], numbers[at..], missing, origin, shift);
    }

    /// <summary>The specification of <see cref="Add(Span{ulong}, ReadOnlySpan{long}, long, long, int)"/>.</summary>
    public static void AddScalar(Span<ulong> words, ReadOnlySpan<long> numbers, long missing, long origin, int shift)
    {
        for (int i = 0; i < words.Length; i++)
            if (numbers[i] != missing)
                words[i] |= (ulong)(numbers[i] + origin) << shift;
    }
}
