using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Moves values of one width between slots: by code from a dictionary, and apart to make room for rows without a value.</summary>
internal static class Slots
{
    /// <summary>The values that codes stand for.</summary>
    /// <param name="dictionary">Values of <paramref name="width"/> bytes.</param>
    /// <param name="codes">Each less than the number of values: see <see cref="CodeScan"/>.</param>
    /// <param name="width">Bytes of a value.</param>
    /// <param name="target">Room for a value a code.</param>
    public static void Gather(ReadOnlySpan<byte> dictionary, ReadOnlySpan<int> codes, int width, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, (long)codes.Length * width);
        switch (width)
        {
            case 1: Gather<byte>(dictionary, codes, target); break;
            case 2: Gather<ushort>(dictionary, codes, target); break;
            case 4: Gather<uint>(dictionary, codes, target); break;
            case 8: Gather<ulong>(dictionary, codes, target); break;
            case 16: Gather<UInt128>(dictionary, codes, target); break;
            default:
                for (int i = 0; i < codes.Length; i++)
                    dictionary.Slice(codes[i] * width, width).CopyTo(target.Slice(i * width, width));
                break;
        }
    }

    /// <summary>The values that codes stand for.</summary>
    /// <param name="dictionary">The values.</param>
    /// <param name="codes">Each less than the number of values.</param>
    /// <param name="target">Room for a value a code.</param>
    public static void Gather<T>(ReadOnlySpan<T> dictionary, ReadOnlySpan<int> codes, Span<T> target)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, codes.Length);
        Gather<T>(MemoryMarshal.AsBytes(dictionary), codes, MemoryMarshal.AsBytes(target));
    }

    /// <summary>Moves values that lie side by side to the rows that have one, and zeros to the others.</summary>
    /// <param name="values">The values at the front, and room for one a row.</param>
    /// <param name="width">Bytes of a value.</param>
    /// <param name="validity">Which rows have a value.</param>
    /// <param name="first">The bit of the first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="present">How many of them have a value.</param>
    public static void Spread(Span<byte> values, int width, ReadOnlySpan<byte> validity, int first, int rows, int present)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, (long)rows * width);
        if (present == rows)
            return;
        switch (width)
        {
            case 1: Spread(values[..rows], validity, first, present); break;
            case 2: Spread(MemoryMarshal.Cast<byte, ushort>(values)[..rows], validity, first, present); break;
            case 4: Spread(MemoryMarshal.Cast<byte, uint>(values)[..rows], validity, first, present); break;
            case 8: Spread(MemoryMarshal.Cast<byte, ulong>(values)[..rows], validity, first, present); break;
            case 16: Spread(MemoryMarshal.Cast<byte, UInt128>(values)[..rows], validity, first, present); break;
            default:
                for (int row = rows - 1; row >= 0; row--)
                    if (Bits.Get(validity, first + row))
                        values.Slice(--present * width, width).CopyTo(values.Slice(row * width, width));
                    else
                        values.Slice(row * width, width).Clear();
                break;
        }
    }

    private static void Gather<T>(ReadOnlySpan<byte> dictionary, ReadOnlySpan<int> codes, Span<byte> target)
        where T : unmanaged
    {
        ref byte from = ref MemoryMarshal.GetReference(dictionary);
        ref byte to = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < codes.Length; i++)
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i * Unsafe.SizeOf<T>()), Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, (nint)codes[i] * Unsafe.SizeOf<T>())));
    }

    // From the last row down, so that no value is overwritten before it has moved.
    private static void Spread<T>(Span<T> values, ReadOnlySpan<byte> validity, int first, int present)
        where T : unmanaged
    {
        for (int row = values.Length - 1; row >= 0; row--)
            values[row] = Bits.Get(validity, first + row) ? values[--present] : default;
    }
}
