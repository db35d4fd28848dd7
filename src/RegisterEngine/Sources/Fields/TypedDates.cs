using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads columns of dates and of points in time.</summary>
internal static class TypedDates
{
    private static readonly long[] PerDay = [86_400, 86_400_000, 86_400_000_000, 86_400_000_000_000];

    /// <summary>Whether values of a type are read as days.</summary>
    public static bool IsDate(ColumnType type) => type.Kind is TypeKind.Date32 or TypeKind.Date64 or TypeKind.Timestamp;

    /// <summary>Reads days since 1970-01-01, and lists the rows that have no value or one that is no whole day.</summary>
    public static int Read(Column column, int from, Span<int> values, Span<int> leftOver)
    {
        ColumnType type = column.Field.Type;
        int left = 0;
        if (type.Kind == TypeKind.Date32)
        {
            ReadOnlySpan<int> days = column.As<int>().Slice(from, values.Length);
            bool hasNulls = column.NullCount > 0;
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = Math.Max(days[row], RegisterBatch.MissingNumber + 1);
                if (hasNulls && column.IsNull(from + row))
                    leftOver[left++] = row;
            }
            return left;
        }
        long perDay = PerDay[(int)(type.Kind == TypeKind.Date64 ? TimeUnit.Millisecond : type.Unit)];
        ReadOnlySpan<long> times = column.As<long>().Slice(from, values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            (long days, long rest) = Math.DivRem(times[row], perDay);
            values[row] = (int)Math.Clamp(days, RegisterBatch.MissingNumber + 1, int.MaxValue);
            if (rest != 0 || column.IsNull(from + row))
                leftOver[left++] = row;
        }
        return left;
    }
}
