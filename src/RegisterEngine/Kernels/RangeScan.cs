using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Finds numbers that lie outside a range.</summary>
internal static class RangeScan
{
    /// <summary>Lists the places of the numbers below <paramref name="minimum"/> or above <paramref name="maximum"/>.</summary>
    /// <returns>How many there are.</returns>
    public static int Outside<T>(ReadOnlySpan<T> values, T minimum, T maximum, Span<int> places)
        where T : unmanaged, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, values.Length);
        ref T first = ref MemoryMarshal.GetReference(values);
        Vector256<T> low = Vector256.Create(minimum);
        Vector256<T> high = Vector256.Create(maximum);
        int found = 0;
        int at = 0;
        for (; at <= values.Length - Vector256<T>.Count; at += Vector256<T>.Count)
        {
            Vector256<T> numbers = Vector256.LoadUnsafe(ref first, (nuint)at);
            Vector256<T> outside = Vector256.LessThan(numbers, low) | Vector256.GreaterThan(numbers, high);
            for (ulong bits = outside.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                places[found++] = at + BitOperations.TrailingZeroCount(bits);
        }
        return found + OutsideScalar(values[at..], minimum, maximum, places[found..], at);
    }

    /// <summary>The specification of <see cref="Outside"/>; <paramref name="offset"/> is added to each place.</summary>
    public static int OutsideScalar<T>(ReadOnlySpan<T> values, T minimum, T maximum, Span<int> places, int offset = 0)
        where T : unmanaged, INumber<T>
    {
        int found = 0;
        for (int i = 0; i < values.Length; i++)
            if (values[i] < minimum || values[i] > maximum)
                places[found++] = offset + i;
        return found;
    }

    /// <summary>Lists the places of the numbers from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <returns>How many there are.</returns>
    public static int Inside<T>(ReadOnlySpan<T> values, T minimum, T maximum, Span<int> places)
        where T : unmanaged, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, values.Length);
        ref T first = ref MemoryMarshal.GetReference(values);
        Vector256<T> low = Vector256.Create(minimum);
        Vector256<T> high = Vector256.Create(maximum);
        int found = 0;
        int at = 0;
        for (; at <= values.Length - Vector256<T>.Count; at += Vector256<T>.Count)
        {
            Vector256<T> numbers = Vector256.LoadUnsafe(ref first, (nuint)at);
            Vector256<T> inside = Vector256.GreaterThanOrEqual(numbers, low) & Vector256.LessThanOrEqual(numbers, high);
            for (ulong bits = inside.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                places[found++] = at + BitOperations.TrailingZeroCount(bits);
        }
        return found + InsideScalar(values[at..], minimum, maximum, places[found..], at);
    }

    /// <summary>The specification of <see cref="Inside"/>; <paramref name="offset"/> is added to each place.</summary>
    public static int InsideScalar<T>(ReadOnlySpan<T> values, T minimum, T maximum, Span<int> places, int offset = 0)
        where T : unmanaged, INumber<T>
    {
        int found = 0;
        for (int i = 0; i < values.Length; i++)
            if (values[i] >= minimum && values[i] <= maximum)
                places[found++] = offset + i;
        return found;
    }

    /// <summary>Lists the places of the numbers that are above a limit of their own.</summary>
    /// <returns>How many there are.</returns>
    public static int Above(ReadOnlySpan<int> values, ReadOnlySpan<int> limits, Span<int> places)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, values.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Length, values.Length);
        ref int value = ref MemoryMarshal.GetReference(values);
        ref int limit = ref MemoryMarshal.GetReference(limits);
        int found = 0;
        int at = 0;
        for (; at <= values.Length - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            Vector256<int> above = Vector256.GreaterThan(Vector256.LoadUnsafe(ref value, (nuint)at), Vector256.LoadUnsafe(ref limit, (nuint)at));
            for (uint bits = above.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                places[found++] = at + BitOperations.TrailingZeroCount(bits);
        }
        return found + AboveScalar(values[at..], limits[at..], places[found..], at);
    }

    /// <summary>The specification of <see cref="Above"/>; <paramref name="offset"/> is added to each place.</summary>
    public static int AboveScalar(ReadOnlySpan<int> values, ReadOnlySpan<int> limits, Span<int> places, int offset = 0)
    {
        int found = 0;
        for (int i = 0; i < values.Length; i++)
            if (values[i] > limits[i])
                places[found++] = offset + i;
        return found;
    }
}
