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
        Vector512<T> low = Vector512.Create(minimum);
        Vector512<T> high = Vector512.Create(maximum);
        int found = 0;
        int at = 0;
        for (; at <= values.Length - Vector512<T>.Count; at += Vector512<T>.Count)
        {
            Vector512<T> numbers = Vector512.LoadUnsafe(ref first, (nuint)at);
            Vector512<T> outside = Vector512.LessThan(numbers, low) | Vector512.GreaterThan(numbers, high);
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
        Vector512<T> low = Vector512.Create(minimum);
        Vector512<T> high = Vector512.Create(maximum);
        int found = 0;
        int at = 0;
        for (; at <= values.Length - Vector512<T>.Count; at += Vector512<T>.Count)
        {
            Vector512<T> numbers = Vector512.LoadUnsafe(ref first, (nuint)at);
            Vector512<T> inside = Vector512.GreaterThanOrEqual(numbers, low) & Vector512.LessThanOrEqual(numbers, high);
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
}
