using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Tables;

/// <summary>Puts what codes stand for in their place.</summary>
internal static class PlainColumn
{
    /// <summary>Some rows of a column as values; rows whose code stands for no value have none.</summary>
    /// <param name="column">A column of codes.</param>
    /// <param name="from">Its first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="field">Name and type of the result, where they are at hand.</param>
    /// <param name="limit">The most bytes that texts may take.</param>
    /// <exception cref="MalformedException">They take more.</exception>
    public static Column Of(Column column, int from, int count, Field? field = null, int limit = int.MaxValue)
    {
        (Column? values, CodeBook? book) = column.Codes switch
        {
            DictionaryValues dictionary => (dictionary.Values, (CodeBook?)null),
            CodeBook texts => (null, texts),
            _ => throw new ArgumentException($"Column '{column.Field.Name}' has no codes that stand for values.", nameof(column)),
        };
        ColumnType type = values?.Field.Type ?? ColumnType.Utf8;
        var target = new Column(field ?? column.Field with { Type = type }, count);
        ReadOnlySpan<int> codes = column.As<int>();
        long end = 0;
        for (int row = 0; row < count; row++)
        {
            int code = codes[from + row];
            bool isNull = column.IsNull(from + row) || code < 0 || values?.IsNull(code) == true;
            if (isNull)
                target.SetNull(row);
            if (type.HasOffsets)
                end = Append(target, row, isNull ? [] : book is not null ? book.Utf8(code) : values!.TextAt(code), end, limit);
            else if (isNull)
                continue;
            else if (type.Kind == TypeKind.Boolean)
                Bits.Fill(target.Values.Span, row, 1, Bits.Get(values!.Values.Span, code));
            else
                values!.TextAt(code).CopyTo(target.Values.Span[(row * type.Width)..]);
        }
        return target;
    }

    private static long Append(Column target, int row, ReadOnlySpan<byte> value, long end, int limit)
    {
        if (end + value.Length > limit)
            throw new MalformedException($"the texts of column '{target.Field.Name}' take more than the limit of {limit} bytes");
        target.ReserveData((int)end + value.Length);
        value.CopyTo(target.Data.Span[(int)end..]);
        end += value.Length;
        if (target.Field.Type.Width == sizeof(long))
            target.As<long>()[row + 1] = end;
        else
            target.As<int>()[row + 1] = (int)end;
        return end;
    }
}
