using System.Numerics;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>Lays texts of a column out as a field of records, for kernels that read those of text files.</summary>
internal static class TextOffsets
{
    /// <summary>Offsets that a row takes.</summary>
    public const int Stride = 2;

    /// <summary>Appends the zeros that must stand before the first text and after the last.</summary>
    public static void Pad(ByteBuffer text)
    {
        text.Reserve(FieldTable.Padding)[..FieldTable.Padding].Clear();
        text.Advance(FieldTable.Padding);
    }

    /// <summary>Appends the texts of some rows all at once; their offsets tell where each stands. A row without a value has an empty one.</summary>
    /// <param name="column">A column of texts.</param>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="text">Where the texts go.</param>
    /// <param name="offsets">Room for <see cref="Stride"/> a row: those of the byte before it and of the byte after it.</param>
    public static void Append(Column column, int from, int rows, ByteBuffer text, Span<int> offsets)
    {
        if (column.Field.Type.Width == sizeof(long))
            Append<long>(column, from, rows, text, offsets);
        else
            Append<int>(column, from, rows, text, offsets);
    }

    private static void Append<T>(Column column, int from, int rows, ByteBuffer text, Span<int> offsets)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> ends = column.As<T>().Slice(from, rows + 1);
        int first = int.CreateTruncating(ends[0]);
        int shift = text.Length - first;
        text.Append(column.Data.Span[first..int.CreateTruncating(ends[^1])]);
        offsets = offsets[..(rows * Stride)];
        for (int row = 0; row < ends.Length - 1; row++)
        {
            offsets[row * Stride] = int.CreateTruncating(ends[row]) + shift - 1;
            offsets[(row * Stride) + 1] = int.CreateTruncating(ends[row + 1]) + shift;
        }
        if (column.NullCount == 0)
            return;
        for (int row = 0; row < rows; row++)
            if (column.IsNull(from + row))
                offsets[(row * Stride) + 1] = offsets[row * Stride] + 1;
    }
}
