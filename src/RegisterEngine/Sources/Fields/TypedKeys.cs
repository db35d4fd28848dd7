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
        bool hasNulls = column.NullCount > 0;
        int left = 0;
        // Most keys have as many digits as the one before.
        long least = 0, limit = 0;
        int digits = 0;
        for (int row = 0; row < keys.Length; row++)
        {
            long number = keys[row];
            if (number is < 0 or >= LeastTooLong || (hasNulls && column.IsNull(from + row)))
            {
                leftOver[left++] = row;
                continue;
            }
            if (number < least || number >= limit)
                digits = Digits(number, out least, out limit);
            keys[row] = DigitKey.Pack(number, digits);
        }
        return left;
    }

    // How many digits a number has, and which numbers have as many.
    private static int Digits(long number, out long least, out long limit)
    {
        int digits = 1;
        least = 0;
        for (limit = 10; number >= limit; limit *= 10)
        {
            least = limit;
            digits++;
        }
        return digits;
    }
}
