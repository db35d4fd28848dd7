using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>Columns as the Arrow C data interface describes them.</summary>
internal static class CDataNodes
{
    private const long DictionaryOrdered = 1;
    private const long Nullable = 2;
    private static readonly ReadOnlyMemory<byte> NoOffsets = new byte[sizeof(long)];

    /// <summary>A batch as a structure of its columns.</summary>
    public static CSchemaNode Of(BatchSchema schema) => new("+s", "", 0, [.. schema.Fields.Select(Of)]);

    /// <summary>The rows of a batch, without a copy.</summary>
    public static CArrayNode Of(ColumnBatch batch) =>
        new(batch.Rows, 0, [null], [.. batch.Schema.Fields.Select((_, i) => Of(batch[i], batch.Rows))]);

    private static CSchemaNode Of(Field field)
    {
        long flags = field.IsNullable ? Nullable : 0;
        ColumnType? values = field.Type.Kind switch
        {
            TypeKind.Dictionary => field.Type.Values,
            TypeKind.Code => ColumnType.Utf8,
            _ => null,
        };
        return values is null
            ? new CSchemaNode(Format(field.Type), field.Name, flags, [])
            : new CSchemaNode("i", field.Name, flags | (field.Type.IsOrdered ? DictionaryOrdered : 0), [], new CSchemaNode(Format(values), "", Nullable, []));
    }

    private static CArrayNode Of(Column column, int rows)
    {
        ColumnType type = column.Field.Type;
        if (type.Kind == TypeKind.Null)
            return new CArrayNode(rows, rows, [], []);
        int nulls = column.Validity.IsEmpty ? 0 : Bits.CountClear(column.Validity.Span, 0, rows);
        ReadOnlyMemory<byte>? validity = nulls == 0 ? null : column.Validity;
        if (type.HasOffsets)
            return new CArrayNode(rows, nulls, [validity, column.Values.IsEmpty ? NoOffsets : column.Values, column.Data], []);
        CArrayNode? dictionary = column.Codes switch
        {
            DictionaryValues values => Of(values.Values, values.Count),
            CodeBook book => Of(Texts(book), book.Count),
            _ => null,
        };
        return new CArrayNode(rows, nulls, [validity, column.Values], [], dictionary);
    }

    private static Column Texts(CodeBook book)
    {
        var column = new Column(new Field("", ColumnType.Utf8), book.Count);
        int end = 0;
        for (int code = 0; code < column.Capacity; code++)
        {
            ReadOnlySpan<byte> text = book.Utf8(code);
            column.ReserveData(end + text.Length);
            text.CopyTo(column.Data.Span[end..]);
            column.As<int>()[code + 1] = end += text.Length;
        }
        return column;
    }

    private static string Format(ColumnType type) => type.Kind switch
    {
        TypeKind.Null => "n",
        TypeKind.Boolean => "b",
        TypeKind.Int8 => "c",
        TypeKind.UInt8 => "C",
        TypeKind.Int16 => "s",
        TypeKind.UInt16 => "S",
        TypeKind.Int32 => "i",
        TypeKind.UInt32 => "I",
        TypeKind.Int64 => "l",
        TypeKind.UInt64 => "L",
        TypeKind.Half => "e",
        TypeKind.Float => "f",
        TypeKind.Double => "g",
        TypeKind.Decimal => type.Width == 16 ? $"d:{type.Precision},{type.Scale}" : $"d:{type.Precision},{type.Scale},{8 * type.Width}",
        TypeKind.Binary => "z",
        TypeKind.LargeBinary => "Z",
        TypeKind.Utf8 => "u",
        TypeKind.LargeUtf8 => "U",
        TypeKind.FixedSizeBinary => $"w:{type.Width}",
        TypeKind.Date32 => "tdD",
        TypeKind.Date64 => "tdm",
        TypeKind.Time => $"tt{Unit(type)}",
        TypeKind.Timestamp => $"ts{Unit(type)}:{type.TimeZone}",
        TypeKind.Duration => $"tD{Unit(type)}",
        TypeKind.Interval => type.Width switch { 4 => "tiM", 8 => "tiD", _ => "tin" },
        _ => throw new NotSupportedException($"Columns of type {type} cannot be handed over."),
    };

    private static char Unit(ColumnType type) => "smun"[(int)type.Unit];
}
