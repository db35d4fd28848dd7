using System.Text.Unicode;
using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>What must hold for a column: checked once, when it is made over memory that somebody else has filled.</summary>
internal static class ColumnChecks
{
    /// <summary>Bytes that the values of some rows take, or their offsets.</summary>
    /// <exception cref="ArgumentException">More than one buffer can hold.</exception>
    public static int ValueBytes(ColumnType type, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        long bytes = type.Kind == TypeKind.Boolean ? ((long)rows + 7) / 8 : (rows + (type.HasOffsets ? 1L : 0L)) * type.Width;
        return bytes <= Array.MaxLength - 64 ? (int)bytes : throw new ArgumentException($"{rows} rows of {type} take {bytes} bytes, which is more than a column holds.", nameof(rows));
    }

    /// <summary>Codes must have a meaning of the right kind, and other values none.</summary>
    /// <exception cref="ArgumentException">They have not.</exception>
    public static void Codes(Field field, ICodes? codes)
    {
        bool goes = field.Type.Kind switch
        {
            TypeKind.Code => codes is CodeBook,
            TypeKind.Tuple => codes is TupleBook,
            TypeKind.Dictionary => codes is DictionaryValues dictionary && dictionary.Values.Field.Type == field.Type.Values && dictionary.Count <= dictionary.Values.Capacity,
            _ => codes is null,
        };
        if (!goes)
            throw new ArgumentException($"Column '{field.Name}' of type {field.Type} does not go with codes of {codes?.GetType().Name ?? "no kind"}.", nameof(codes));
    }

    /// <summary>Counts the rows that have no value.</summary>
    /// <exception cref="ArgumentException">The bitmap is too short.</exception>
    public static int CountNulls(Field field, int rows, ColumnMemory memory)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (field.Type.Kind == TypeKind.Null)
            return rows;
        if (memory.Validity.IsEmpty)
            return 0;
        if (memory.Validity.Length < (rows + 7L) / 8)
            throw Wrong(field, $"the bitmap of {memory.Validity.Length} bytes is too short for {rows} rows");
        return Bits.CountClear(memory.Validity.Span, 0, rows);
    }

    /// <summary>Checks that all values can be read.</summary>
    /// <exception cref="ArgumentException">A buffer is too short, offsets do not rise, a text is no UTF-8, or a code stands for nothing.</exception>
    public static void Values(Field field, int rows, ColumnMemory memory, ICodes? codes)
    {
        int needed = rows == 0 ? 0 : ValueBytes(field.Type, rows);
        if (memory.Values.Length < needed)
            throw Wrong(field, $"{memory.Values.Length} bytes are too few for {rows} rows, which need {needed}");
        if (rows == 0)
            return;
        if (field.Type.HasOffsets)
            Offsets(field, rows, memory);
        else if (codes is not null && CodeScan.IndexOfOutside(Buffers.As<int>(memory.Values.Span)[..rows], codes.Count) is var row and >= 0)
            Code(field, rows, memory, codes, row);
    }

    // The slot of a row without a value may hold anything only where nobody would follow it.
    private static void Code(Field field, int rows, ColumnMemory memory, ICodes codes, int row)
    {
        ReadOnlySpan<int> values = Buffers.As<int>(memory.Values.Span)[..rows];
        for (; row < rows; row++)
            if ((uint)values[row] >= (uint)codes.Count && (values[row] != 0 || memory.Validity.IsEmpty || Bits.Get(memory.Validity.Span, row)))
                throw Wrong(field, $"row {row} has the code {values[row]}, and there are {codes.Count}");
    }

    private static void Offsets(Field field, int rows, ColumnMemory memory)
    {
        bool isFar = field.Type.Width == sizeof(long);
        (long first, long last, bool rise) = isFar
            ? OffsetCheck.Check(Buffers.As<long>(memory.Values.Span)[..(rows + 1)])
            : OffsetCheck.Check(Buffers.As<int>(memory.Values.Span)[..(rows + 1)]);
        if (!rise || first < 0)
            throw Wrong(field, "the offsets of its values do not rise");
        if (last > memory.Data.Length)
            throw Wrong(field, $"a value ends at byte {last} of {memory.Data.Length}");
        if (!field.Type.IsText)
            return;
        ReadOnlySpan<byte> text = memory.Data.Span[(int)first..(int)last];
        bool cut = isFar
            ? OffsetCheck.CutsCharacter(memory.Data.Span, Buffers.As<long>(memory.Values.Span)[..(rows + 1)])
            : OffsetCheck.CutsCharacter(memory.Data.Span, Buffers.As<int>(memory.Values.Span)[..(rows + 1)]);
        if (!Utf8.IsValid(text) || cut)
            throw Wrong(field, "it is declared to be text, and a value is no UTF-8");
    }

    private static ArgumentException Wrong(Field field, string problem) => new($"Column '{field.Name}': {problem}.");
}
