using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>How the values of a column are stored, and what the file says that they mean.</summary>
/// <param name="Physical">What they are stored as.</param>
/// <param name="Width">Bytes of a value where they have a fixed length that the physical type does not tell.</param>
/// <param name="Logical">What they mean.</param>
internal sealed record StoredType(PhysicalType Physical, int Width, LogicalType Logical)
{
    private static readonly LogicalType Nothing = new(LogicalKind.None);

    /// <summary>How a column is stored; codes are stored as what they stand for.</summary>
    /// <exception cref="ArgumentException">Values of this type have no place in Parquet.</exception>
    public static StoredType Of(Field field)
    {
        ColumnType type = field.Type.Kind switch
        {
            TypeKind.Code => ColumnType.Utf8,
            TypeKind.Dictionary => field.Type.Values!,
            _ => field.Type,
        };
        return type.Kind switch
        {
            TypeKind.Null => new(PhysicalType.Int32, 0, new LogicalType(LogicalKind.Null)),
            TypeKind.Boolean => new(PhysicalType.Boolean, 0, Nothing),
            TypeKind.Int8 or TypeKind.Int16 => Integer(PhysicalType.Int32, 8 * type.Width, isSigned: true),
            TypeKind.UInt8 or TypeKind.UInt16 or TypeKind.UInt32 => Integer(PhysicalType.Int32, 8 * type.Width, isSigned: false),
            TypeKind.UInt64 => Integer(PhysicalType.Int64, 64, isSigned: false),
            TypeKind.Int32 => new(PhysicalType.Int32, 0, Nothing),
            TypeKind.Int64 or TypeKind.Duration => new(PhysicalType.Int64, 0, Nothing),
            TypeKind.Half => new(PhysicalType.FixedLenByteArray, 2, new LogicalType(LogicalKind.Half)),
            TypeKind.Float => new(PhysicalType.Float, 0, Nothing),
            TypeKind.Double => new(PhysicalType.Double, 0, Nothing),
            TypeKind.Decimal when type.Scale >= 0 && type.Scale <= type.Precision => Decimal(type),
            TypeKind.Date32 or TypeKind.Date64 => new(PhysicalType.Int32, 0, new LogicalType(LogicalKind.Date)),
            TypeKind.Time => new(type.Width == sizeof(int) ? PhysicalType.Int32 : PhysicalType.Int64, 0, new LogicalType(LogicalKind.Time) { Unit = Unit(type) }),
            TypeKind.Timestamp => new(PhysicalType.Int64, 0, new LogicalType(LogicalKind.Timestamp) { Unit = Unit(type), IsUtc = type.TimeZone is not null }),
            TypeKind.Utf8 or TypeKind.LargeUtf8 => new(PhysicalType.ByteArray, 0, new LogicalType(LogicalKind.Text)),
            TypeKind.Binary or TypeKind.LargeBinary => new(PhysicalType.ByteArray, 0, Nothing),
            TypeKind.FixedSizeBinary when type.Width > 0 => new(PhysicalType.FixedLenByteArray, type.Width, Nothing),
            _ => throw new ArgumentException($"Column '{field.Name}' of type {field.Type} cannot be written to a Parquet file.", nameof(field)),
        };
    }

    /// <summary>What readers of files from before logical types know the meaning as; null where they know none.</summary>
    public int? Converted => (Logical.Kind, Logical.Unit, Logical.Bits) switch
    {
        (LogicalKind.Text, _, _) => 0,
        (LogicalKind.Decimal, _, _) => 5,
        (LogicalKind.Date, _, _) => 6,
        (LogicalKind.Time, TimeUnit.Millisecond, _) when Logical.IsUtc => 7,
        (LogicalKind.Time, TimeUnit.Microsecond, _) when Logical.IsUtc => 8,
        (LogicalKind.Timestamp, TimeUnit.Millisecond, _) when Logical.IsUtc => 9,
        (LogicalKind.Timestamp, TimeUnit.Microsecond, _) when Logical.IsUtc => 10,
        (LogicalKind.Integer, _, int bits) => (Logical.IsSigned ? 15 : 11) + int.Log2(bits / 8),
        _ => null,
    };

    private static StoredType Integer(PhysicalType physical, int bits, bool isSigned) =>
        new(physical, 0, new LogicalType(LogicalKind.Integer) { Bits = bits, IsSigned = isSigned });

    private static StoredType Decimal(ColumnType type)
    {
        PhysicalType physical = type.Width switch { 4 => PhysicalType.Int32, 8 => PhysicalType.Int64, _ => PhysicalType.FixedLenByteArray };
        int width = physical == PhysicalType.FixedLenByteArray ? type.Width : 0;
        return new StoredType(physical, width, new LogicalType(LogicalKind.Decimal) { Precision = type.Precision, Scale = type.Scale });
    }

    // There are no seconds in Parquet.
    private static TimeUnit Unit(ColumnType type) => type.Unit == TimeUnit.Second ? TimeUnit.Millisecond : type.Unit;
}
