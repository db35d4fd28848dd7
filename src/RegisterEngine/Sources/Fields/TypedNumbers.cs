using System.Numerics;
using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads columns of numbers into numbers of a unit; every value is the same as if it had been written out and read as text.</summary>
internal static class TypedNumbers
{
    private const int MostUnscaled = 18;

    /// <summary>Whether a type is of whole numbers that fit 64 bits with their sign.</summary>
    public static bool IsWhole(ColumnType type) => type.Kind is TypeKind.Int8 or TypeKind.UInt8 or TypeKind.Int16 or TypeKind.UInt16 or TypeKind.Int32 or TypeKind.UInt32 or TypeKind.Int64;

    /// <summary>Whether numbers of a type are read without writing them out first.</summary>
    public static bool IsScalable(ColumnType type) => IsWhole(type) || type.Kind is TypeKind.Float or TypeKind.Double || (type.Kind == TypeKind.Decimal && type.Width <= 16 && type.Scale is >= 0 and <= MostUnscaled);

    /// <summary>Reads some rows times a scale, and lists those that have no value or no exact one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="from">The first row.</param>
    /// <param name="scale">A power of ten.</param>
    /// <param name="values">One for each row.</param>
    /// <param name="leftOver">Room for as many rows.</param>
    /// <returns>How many rows were listed.</returns>
    public static int Read<T>(Column column, int from, long scale, Span<T> values, Span<int> leftOver)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Span<long> numbers = stackalloc long[ParseContext.MostRows];
        numbers = numbers[..values.Length];
        int left = column.Field.Type.Kind switch
        {
            TypeKind.Decimal => Decimals(column, from, scale, numbers, leftOver),
            TypeKind.Float or TypeKind.Double => Floating(column, from, scale, numbers, leftOver),
            _ => Whole(column, from, scale, numbers, leftOver),
        };
        // The smallest number means that there is no value.
        T least = T.MinValue + T.One;
        for (int row = 0; row < values.Length; row++)
            values[row] = T.Max(least, T.CreateSaturating(numbers[row]));
        return left;
    }

    /// <summary>Whole numbers of some rows as 64-bit numbers.</summary>
    public static void Widen(Column column, int from, Span<long> target)
    {
        switch (column.Field.Type.Kind)
        {
            case TypeKind.Int8: Widen(column.As<sbyte>(), from, target); break;
            case TypeKind.UInt8: Widen(column.As<byte>(), from, target); break;
            case TypeKind.Int16: Widen(column.As<short>(), from, target); break;
            case TypeKind.UInt16: Widen(column.As<ushort>(), from, target); break;
            case TypeKind.Int32: Widen(column.As<int>(), from, target); break;
            case TypeKind.UInt32: Widen(column.As<uint>(), from, target); break;
            default: column.As<long>().Slice(from, target.Length).CopyTo(target); break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> source, int from, Span<long> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        source = source.Slice(from, target.Length);
        for (int row = 0; row < target.Length; row++)
            target[row] = long.CreateTruncating(source[row]);
    }

    private static int Whole(Column column, int from, long scale, Span<long> target, Span<int> leftOver)
    {
        Widen(column, from, target);
        bool hasNulls = column.NullCount > 0;
        int left = 0;
        if (scale == 1 && !hasNulls)
            return 0;
        for (int row = 0; row < target.Length; row++)
        {
            long product = unchecked(target[row] * scale);
            if ((hasNulls && column.IsNull(from + row)) || Math.BigMul(target[row], scale, out _) != product >> 63)
                leftOver[left++] = row;
            target[row] = product;
        }
        return left;
    }

    private static int Decimals(Column column, int from, long scale, Span<long> target, Span<int> leftOver)
    {
        long unit = 1;
        for (int i = 0; i < column.Field.Type.Scale; i++)
            unit *= 10;
        // Both are powers of ten: one is a multiple of the other, and usually they are the same.
        long factor = Math.Max(scale / unit, 1), divisor = Math.Max(unit / scale, 1);
        int left = 0;
        for (int row = 0; row < target.Length; row++)
        {
            bool fits = TryUnscaled(column, from + row, out long number);
            long product = number, rest = 0;
            if (factor > 1)
                fits &= Math.BigMul(number, factor, out product) == product >> 63;
            if (divisor > 1)
                (product, rest) = Math.DivRem(product, divisor);
            if (column.IsNull(from + row) || !fits || rest != 0 || product == long.MinValue)
                leftOver[left++] = row;
            target[row] = product;
        }
        return left;
    }

    // The units that a decimal counts; false where 64 bits do not hold them.
    private static bool TryUnscaled(Column column, int row, out long number)
    {
        int words = column.Field.Type.Width / sizeof(long);
        if (words < 2)
        {
            number = words == 0 ? column.As<int>()[row] : column.As<long>()[row];
            return true;
        }
        ReadOnlySpan<long> halves = column.As<long>().Slice(row * words, words);
        number = halves[0];
        return halves[1] == number >> 63;
    }

    // A number whose shortest text has no more decimals than the scale is the nearest one to that text.
    private static int Floating(Column column, int from, long scale, Span<long> target, Span<int> leftOver)
    {
        const double largest = 1e15;
        bool isSingle = column.Field.Type.Kind == TypeKind.Float;
        int left = 0;
        for (int row = 0; row < target.Length; row++)
        {
            double number = isSingle ? column.As<float>()[from + row] : column.As<double>()[from + row];
            double product = Math.Round(number * scale);
            bool isExact = Math.Abs(product) < (isSingle ? 1e6 : largest) && (isSingle ? (float)(product / scale) == (float)number : product / scale == number);
            if (column.IsNull(from + row) || !isExact)
                leftOver[left++] = row;
            target[row] = isExact ? (long)product : 0;
        }
        return left;
    }
}
