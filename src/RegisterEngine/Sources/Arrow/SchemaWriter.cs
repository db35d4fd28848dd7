using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Writes the columns of a stream or file.</summary>
/// <remarks>Apache Arrow, format/Schema.fbs, version 1.5.</remarks>
internal static class SchemaWriter
{
    /// <summary>The schema as it is written. Codes of texts are dictionaries, each with an id of its own: the place of the column.</summary>
    public static FlatObject Schema(BatchSchema schema, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var fields = new List<FlatField> { FlatField.Of(1, new FlatList([.. schema.Fields.Select(Field)])) };
        if (metadata.Count > 0)
            fields.Add(FlatField.Of(2, new FlatList([.. metadata.Select(pair => new FlatObject(FlatField.Of(0, new FlatText(pair.Key)), FlatField.Of(1, new FlatText(pair.Value))))])));
        return new FlatObject([.. fields]);
    }

    /// <summary>The type that values of a column are written as; the codes of texts stay codes.</summary>
    /// <remarks>Few readers know decimals of 32 and 64 bits.</remarks>
    /// <exception cref="ArgumentException">The column cannot be written.</exception>
    public static ColumnType Written(Field field)
    {
        ColumnType type = field.Type.Kind switch
        {
            TypeKind.Code => ColumnType.Utf8,
            TypeKind.Dictionary => field.Type.Values!,
            TypeKind.Tuple => throw new ArgumentException($"Column '{field.Name}' of type {field.Type} cannot be written.", nameof(field)),
            _ => field.Type,
        };
        return type is { Kind: TypeKind.Decimal, Width: < 16 } ? ColumnType.Decimal(type.Precision, type.Scale, 16) : type;
    }

    /// <summary>Whether the values of a column are written as a dictionary.</summary>
    public static bool IsCoded(Field field) => field.Type.IsCoded && Written(field).HasOffsets;

    private static FlatObject Field(Field field, int place)
    {
        (int kind, FlatField[] type) = Type(Written(field));
        var fields = new List<FlatField>
        {
            FlatField.Of(0, new FlatText(field.Name)),
            FlatField.Byte(1, field.IsNullable ? 1 : 0),
            FlatField.Byte(2, kind),
            FlatField.Of(3, new FlatObject(type)),
            FlatField.Of(5, new FlatList([])),
        };
        if (IsCoded(field))
            fields.Add(FlatField.Of(4, new FlatObject(
                FlatField.Int64(0, place), FlatField.Of(1, new FlatObject(Integer(32, isSigned: true))), FlatField.Byte(2, field.Type.IsOrdered ? 1 : 0))));
        return new FlatObject([.. fields]);
    }

    private static (int Kind, FlatField[] Type) Type(ColumnType type) => type.Kind switch
    {
        TypeKind.Null => (1, []),
        TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => (2, Integer(8 * type.Width, isSigned: true)),
        TypeKind.UInt8 or TypeKind.UInt16 or TypeKind.UInt32 or TypeKind.UInt64 => (2, Integer(8 * type.Width, isSigned: false)),
        TypeKind.Half => (3, [FlatField.Int16(0, 0)]),
        TypeKind.Float => (3, [FlatField.Int16(0, 1)]),
        TypeKind.Double => (3, [FlatField.Int16(0, 2)]),
        TypeKind.Binary => (4, []),
        TypeKind.Utf8 => (5, []),
        TypeKind.Boolean => (6, []),
        TypeKind.Decimal => (7, [FlatField.Int32(0, type.Precision), FlatField.Int32(1, type.Scale), FlatField.Int32(2, 8 * type.Width)]),
        TypeKind.Date32 => (8, [FlatField.Int16(0, 0)]),
        TypeKind.Date64 => (8, [FlatField.Int16(0, 1)]),
        TypeKind.Time => (9, [FlatField.Int16(0, (int)type.Unit), FlatField.Int32(1, 8 * type.Width)]),
        TypeKind.Timestamp when type.TimeZone is { } zone => (10, [FlatField.Int16(0, (int)type.Unit), FlatField.Of(1, new FlatText(zone))]),
        TypeKind.Timestamp => (10, [FlatField.Int16(0, (int)type.Unit)]),
        TypeKind.Interval => (11, [FlatField.Int16(0, type.Width switch { 4 => 0, 8 => 1, _ => 2 })]),
        TypeKind.FixedSizeBinary => (15, [FlatField.Int32(0, type.Width)]),
        TypeKind.Duration => (18, [FlatField.Int16(0, (int)type.Unit)]),
        TypeKind.LargeBinary => (19, []),
        TypeKind.LargeUtf8 => (20, []),
        _ => throw new ArgumentException($"Columns of type {type} cannot be written.", nameof(type)),
    };

    private static FlatField[] Integer(int bits, bool isSigned) => [FlatField.Int32(0, bits), FlatField.Byte(1, isSigned ? 1 : 0)];
}
