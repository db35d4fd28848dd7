using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>What stored values become, by their logical type.</summary>
internal static class ParquetTypes
{
    /// <summary>The type of the column, and how a stored value becomes one of it.</summary>
    /// <exception cref="MalformedException">Values of this logical type cannot be stored so.</exception>
    public static (ColumnType Type, Conversion Conversion) Target(PhysicalType physical, int width, LogicalType logical, TimeUnit int96) =>
        (logical.Kind, physical) switch
        {
            (LogicalKind.Null, _) => (ColumnType.Null, Conversion.Nothing),
            (_, PhysicalType.Boolean) => (ColumnType.Boolean, Conversion.Bit),
            (_, PhysicalType.Int96) => (ColumnType.Timestamp(int96), Conversion.Int96),
            (_, PhysicalType.Float) => (ColumnType.Float, Conversion.None),
            (_, PhysicalType.Double) => (ColumnType.Double, Conversion.None),
            (LogicalKind.Decimal, PhysicalType.Int32 or PhysicalType.Int64) => (Decimal(logical), Conversion.Widen),
            (LogicalKind.Decimal, _) => (Decimal(logical), Conversion.BigEndian),
            (LogicalKind.Date, PhysicalType.Int32) => (ColumnType.Date32, Conversion.None),
            (LogicalKind.Time, PhysicalType.Int32) when logical.Unit == TimeUnit.Millisecond => (ColumnType.Time(logical.Unit), Conversion.None),
            (LogicalKind.Time, PhysicalType.Int64) when logical.Unit > TimeUnit.Millisecond => (ColumnType.Time(logical.Unit), Conversion.None),
            (LogicalKind.Timestamp, PhysicalType.Int64) => (ColumnType.Timestamp(logical.Unit, logical.IsUtc ? "UTC" : null), Conversion.None),
            (LogicalKind.Integer, PhysicalType.Int32 or PhysicalType.Int64) => Integer(physical, logical),
            (_, PhysicalType.Int32) => (ColumnType.Int32, Conversion.None),
            (_, PhysicalType.Int64) => (ColumnType.Int64, Conversion.None),
            (LogicalKind.Text, PhysicalType.ByteArray) => (ColumnType.Utf8, Conversion.None),
            (_, PhysicalType.ByteArray) => (ColumnType.Binary, Conversion.None),
            (LogicalKind.Half, PhysicalType.FixedLenByteArray) when width == 2 => (ColumnType.Half, Conversion.None),
            _ => (ColumnType.FixedSizeBinary(width), Conversion.None),
        };

    /// <summary>The logical type that a converted type stands for.</summary>
    public static LogicalType OfConverted(SchemaNode node) => node.ConvertedType switch
    {
        0 or 4 or 19 => new LogicalType(LogicalKind.Text),
        5 => new LogicalType(LogicalKind.Decimal) { Precision = node.Precision, Scale = node.Scale },
        6 => new LogicalType(LogicalKind.Date),
        7 => new LogicalType(LogicalKind.Time) { Unit = TimeUnit.Millisecond, IsUtc = true },
        8 => new LogicalType(LogicalKind.Time) { Unit = TimeUnit.Microsecond, IsUtc = true },
        9 => new LogicalType(LogicalKind.Timestamp) { Unit = TimeUnit.Millisecond, IsUtc = true },
        10 => new LogicalType(LogicalKind.Timestamp) { Unit = TimeUnit.Microsecond, IsUtc = true },
        >= 11 and <= 14 and int unsigned => new LogicalType(LogicalKind.Integer) { Bits = 8 << (unsigned - 11), IsSigned = false },
        >= 15 and <= 18 and int signed => new LogicalType(LogicalKind.Integer) { Bits = 8 << (signed - 15) },
        _ => new LogicalType(LogicalKind.None),
    };

    private static ColumnType Decimal(LogicalType logical) => logical.Scale < 0 || logical.Scale > logical.Precision
        ? throw new MalformedException($"decimals of {logical.Precision} digits cannot have {logical.Scale} decimals")
        : ColumnType.Decimal(logical.Precision, logical.Scale);

    private static (ColumnType Type, Conversion Conversion) Integer(PhysicalType physical, LogicalType logical) =>
        (physical, logical.Bits, logical.IsSigned) switch
        {
            (PhysicalType.Int32, 8, true) => (ColumnType.Int8, Conversion.Narrow),
            (PhysicalType.Int32, 8, false) => (ColumnType.UInt8, Conversion.Narrow),
            (PhysicalType.Int32, 16, true) => (ColumnType.Int16, Conversion.Narrow),
            (PhysicalType.Int32, 16, false) => (ColumnType.UInt16, Conversion.Narrow),
            (PhysicalType.Int32, 32, true) => (ColumnType.Int32, Conversion.None),
            (PhysicalType.Int32, 32, false) => (ColumnType.UInt32, Conversion.None),
            (PhysicalType.Int64, 64, true) => (ColumnType.Int64, Conversion.None),
            (PhysicalType.Int64, 64, false) => (ColumnType.UInt64, Conversion.None),
            _ => throw new MalformedException($"numbers of {logical.Bits} bits cannot be stored as {physical}"),
        };
}
