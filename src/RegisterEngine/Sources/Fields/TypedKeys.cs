using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads columns of whole numbers as keys of persons: as their digits without zeros in front.</summary>
internal static class TypedKeys
{
    private const long LeastTooLong = 100_000_000_000_000_000;

    /// <summary>Reads some rows, and lists those that have no value or none that is a key of digits.</summary>
    public static int Read(Column column, int from, Span<long> keys, Span<int> leftOver)
    {
        TypedNumbers.Widen(column, from, keys);
        int left = 0;
        for (int row = 0; row < keys.Length; row++)
        {
            long number = keys[row];
            if (number is < 0 or >= LeastTooLong || column.IsNull(from + row))
                leftOver[left++] = row;
            else
                keys[row] = DigitKey.Pack(number, Digits(number));
        }
        return left;
    }

    private static int Digits(long number)
    {
        int digits = 1;
        for (long limit = 10; number >= limit; limit *= 10)
            digits++;
        return digits;
    }
}
