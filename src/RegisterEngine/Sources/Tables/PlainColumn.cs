using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>Puts what codes stand for in their place.</summary>
internal static class PlainColumn
{
    /// <summary>Some rows of a column as values; rows whose code stands for no value have none.</summary>
    public static Column Of(Column column, int from, int count)
    {
        (Column? values, CodeBook? book) = column.Codes switch
        {
            DictionaryValues dictionary => (dictionary.Values, (CodeBook?)null),
            CodeBook texts => (null, texts),
            _ => throw new ArgumentException($"Column '{column.Field.Name}' has no codes that stand for values.", nameof(column)),
        };
        ColumnType type = values?.Field.Type ?? ColumnType.Utf8;
        var target = new Column(column.Field with { Type = type }, count);
        ReadOnlySpan<int> codes = column.As<int>();
        long end = 0;
        for (int row = 0; row < count; row++)
        {
            int code = codes[from + row];
            bool isNull = column.IsNull(from + row) || code < 0 || values?.IsNull(code) == true;
            if (isNull)
                target.SetNull(row);
            if (type.HasOffsets)
                end = Append(target, row, isNull ? [] : book is not null ? book.Utf8(code) : values!.TextAt(code), end);
            else if (isNull)
                continue;
            else if (type.Kind == TypeKind.Boolean)
                Bits.Fill(target.Values.Span, row, 1, Bits.Get(values!.Values.Span, code));
            else
                values!.TextAt(code).CopyTo(target.Values.Span[(row * type.Width)..]);
        }
        return target;
    }

    private static long Append(Column target, int row, ReadOnlySpan<byte> value, long end)
    {
        target.ReserveData(checked((int)end + value.Length));
        value.CopyTo(target.Data.Span[(int)end..]);
        end += value.Length;
        if (target.Field.Type.Width == sizeof(long))
            target.As<long>()[row + 1] = end;
        else
            target.As<int>()[row + 1] = (int)end;
        return end;
    }
}
