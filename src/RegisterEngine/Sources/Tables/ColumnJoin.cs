using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>Puts the rows of two columns of a type behind each other.</summary>
internal static class ColumnJoin
{
    /// <summary>Bytes of the values of any length of some rows.</summary>
    public static long DataBytes(Column column, int rows)
    {
        if (rows == 0)
            return 0;
        return column.Field.Type.Width == sizeof(long)
            ? column.As<long>()[rows] - column.As<long>()[0]
            : column.As<int>()[rows] - column.As<int>()[0];
    }

    /// <summary>A new column of the rows of both.</summary>
    public static Column Of(Column first, int firstRows, Column second, int secondRows, Field? field = null)
    {
        var joined = new Column(field ?? first.Field, firstRows + secondRows);
        long end = Copy(first, firstRows, joined, 0, 0);
        Copy(second, secondRows, joined, firstRows, end);
        return joined;
    }

    private static long Copy(Column source, int rows, Column target, int at, long end)
    {
        ColumnType type = target.Field.Type;
        if (type.Kind == TypeKind.Null || rows == 0)
            return end;
        for (int row = 0; row < rows; row++)
            if (source.IsNull(row))
                target.SetNull(at + row);
        if (type.Kind == TypeKind.Boolean)
            Bits.Copy(source.Values.Span, 0, target.Values.Span, at, rows);
        else if (!type.HasOffsets)
            source.Values.Span[..(rows * type.Width)].CopyTo(target.Values.Span[(at * type.Width)..]);
        else
            return type.Width == sizeof(long) ? Copy<long>(source, rows, target, at, end) : Copy<int>(source, rows, target, at, end);
        return end;
    }

    private static long Copy<T>(Column source, int rows, Column target, int at, long end)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        Span<T> from = source.As<T>();
        Span<T> to = target.As<T>();
        (int first, int last) = (int.CreateTruncating(from[0]), int.CreateTruncating(from[rows]));
        target.ReserveData((int)end + last - first);
        source.Data.Span[first..last].CopyTo(target.Data.Span[(int)end..]);
        T shift = T.CreateTruncating(end) - from[0];
        for (int row = 0; row <= rows; row++)
            to[at + row] = from[row] + shift;
        return end + last - first;
    }
}
