using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>The types of the format by their numbers.</summary>
internal static class ArrowTypes
{
    private const int UnknownType = -1;
    private const int VersionOfNewUnions = 4;

    /// <summary>The type of a column that can be read.</summary>
    /// <exception cref="MalformedException">There is no such type.</exception>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    public static ColumnType Read(int kind, FlatTable type) => kind switch
    {
        1 => ColumnType.Null,
        2 => Integer(type),
        3 => type.Int16(0) switch { 0 => ColumnType.Half, 1 => ColumnType.Float, 2 => ColumnType.Double, _ => throw Unknown("floating number") },
        4 or 23 => ColumnType.Binary,
        5 or 24 => ColumnType.Utf8,
        6 => ColumnType.Boolean,
        7 => Decimal(type),
        8 => type.Int16(0, 1) switch { 0 => ColumnType.Date32, 1 => ColumnType.Date64, _ => throw Unknown("date") },
        9 => Time(type),
        10 => ColumnType.Timestamp(Unit(type.Int16(0)), type.Text(1) is { Length: > 0 } zone ? zone : null),
        11 => type.Int16(0) switch { 0 => ColumnType.Interval(4), 1 => ColumnType.Interval(8), 2 => ColumnType.Interval(16), _ => throw Unknown("interval") },
        15 => ColumnType.FixedSizeBinary(type.Int32(0)),
        18 => ColumnType.Duration(Unit(type.Int16(0, 1))),
        19 => ColumnType.LargeBinary,
        20 => ColumnType.LargeUtf8,
        _ => throw Unknown("type"),
    };

    /// <summary>Why columns of a type are not read; null where they are.</summary>
    public static string? RefusalOf(int kind) => kind switch
    {
        12 or 16 or 21 or 25 or 26 => "is repeated: a row has several values",
        13 or 14 or 17 => "is nested: it has columns of its own",
        22 => "is stored as runs, which is not read",
        _ => null,
    };

    /// <summary>Buffers that a column has of its own; negative where nobody knows.</summary>
    public static int BuffersOf(int kind, FlatTable type, int version) => kind switch
    {
        1 or 22 => 0,
        13 or 16 => 1,
        14 => (version < VersionOfNewUnions ? 1 : 0) + (type.Int16(0) == 0 ? 1 : 2),
        4 or 5 or 19 or 20 or 25 or 26 => 3,
        >= 2 and <= 24 => 2,
        _ => UnknownType,
    };

    /// <summary>Whether values are views.</summary>
    public static bool IsView(int kind) => kind is 23 or 24;

    /// <summary>A type of whole numbers.</summary>
    public static ColumnType Integer(FlatTable type) => (type.Int32(0), type.Bool(1)) switch
    {
        (8, true) => ColumnType.Int8,
        (8, false) => ColumnType.UInt8,
        (16, true) => ColumnType.Int16,
        (16, false) => ColumnType.UInt16,
        (32, true) => ColumnType.Int32,
        (32, false) => ColumnType.UInt32,
        (64, true) => ColumnType.Int64,
        (64, false) => ColumnType.UInt64,
        _ => throw Unknown("number"),
    };

    private static ColumnType Decimal(FlatTable type) => type.Int32(2, 128) switch
    {
        int bits and (32 or 64 or 128 or 256) => ColumnType.Decimal(type.Int32(0), type.Int32(1), bits / 8),
        _ => throw Unknown("decimal"),
    };

    private static ColumnType Time(FlatTable type)
    {
        ColumnType time = ColumnType.Time(Unit(type.Int16(0, 1)));
        return time.Width * 8 == type.Int32(1, 32) ? time : throw Unknown("time");
    }

    private static TimeUnit Unit(short unit) => unit is >= 0 and <= 3 ? (TimeUnit)unit : throw Unknown("unit of time");

    private static MalformedException Unknown(string what) => new($"there is no such {what}");
}
