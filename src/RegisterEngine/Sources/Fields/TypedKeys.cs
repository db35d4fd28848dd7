using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads columns of whole numbers as keys of persons: as their digits without zeros in front.</summary>
internal static class TypedKeys
{
    /// <summary>Reads some rows, and lists those that have no value or none that is a key of digits.</summary>
    public static int Read(Column column, int from, Span<long> keys, Span<int> leftOver)
    {
        ReadOnlySpan<long> numbers = keys;
        if (column.Field.Type.Kind == TypeKind.Int64)
            numbers = column.As<long>().Slice(from, keys.Length);
        else
            TypedNumbers.Widen(column, from, keys);
        int left = DigitKey.Pack(numbers, keys, leftOver);
        if (column.NullCount == 0)
            return left;
        left = 0;
        for (int row = 0; row < keys.Length; row++)
            if (column.IsNull(from + row) || !DigitKey.TryPackScalar(numbers[row], out keys[row]))
                leftOver[left++] = row;
        return left;
    }
}
