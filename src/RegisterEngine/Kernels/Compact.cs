using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Moves the values of rows that have one side by side: the inverse of <see cref="Slots.Spread"/>.</summary>
internal static class Compact
{
    /// <summary>Copies the values that are there, and returns how many.</summary>
    /// <param name="values">One for each row.</param>
    /// <param name="validity">Which rows have a value; empty where all have.</param>
    /// <param name="first">The bit of the first row.</param>
    /// <param name="target">Room for as many.</param>
    public static int Present<T>(ReadOnlySpan<T> values, ReadOnlySpan<byte> validity, int first, Span<T> target)
        where T : unmanaged
    {
        if (validity.IsEmpty)
        {
            values.CopyTo(target);
            return values.Length;
        }
        // The value of a row without one is overwritten by the next.
        int count = 0;
        ref T to = ref MemoryMarshal.GetReference(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            Unsafe.Add(ref to, count) = values[row];
            count += (validity[(first + row) >> 3] >> ((first + row) & 7)) & 1;
        }
        return count;
    }
}
