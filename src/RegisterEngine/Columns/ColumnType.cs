namespace RegisterEngine.Columns;

/// <summary>The type of a column: one of the flat types of Arrow.</summary>
/// <remarks>Memory layout: Apache Arrow, "Arrow Columnar Format", version 1.5. Numbers are little-endian.</remarks>
public sealed record ColumnType
{
    /// <summary>The most digits that decimals of 256 bits hold.</summary>
    public const int MostDigits = 76;

    private ColumnType(TypeKind kind, int width) => (Kind, Width) = (kind, width);

    /// <summary>What the values are.</summary>
    public TypeKind Kind { get; }

    /// <summary>Bytes of a value, or of an offset where values have any length; 0 for bits and for nothing.</summary>
    public int Width { get; }

    /// <summary>Digits of decimals.</summary>
    public int Precision { get; private init; }

    /// <summary>How many of the digits of decimals stand after the decimal sign; may be negative.</summary>
    public int Scale { get; private init; }

    /// <summary>What times count.</summary>
    public TimeUnit Unit { get; private init; }

    /// <summary>The time zone in which points in time are shown; null where they are local times of no known zone.</summary>
    public string? TimeZone { get; private init; }

    /// <summary>The type of what codes stand for.</summary>
    public ColumnType? Values { get; private init; }

    /// <summary>The order of codes means something.</summary>
    public bool IsOrdered { get; private init; }

    /// <summary>No values.</summary>
    public static ColumnType Null { get; } = new(TypeKind.Null, 0);

    /// <summary>Bits.</summary>
    public static ColumnType Boolean { get; } = new(TypeKind.Boolean, 0);

    /// <summary>8-bit signed numbers.</summary>
    public static ColumnType Int8 { get; } = new(TypeKind.Int8, 1);

    /// <summary>8-bit unsigned numbers.</summary>
    public static ColumnType UInt8 { get; } = new(TypeKind.UInt8, 1);

    /// <summary>16-bit signed numbers.</summary>
    public static ColumnType Int16 { get; } = new(TypeKind.Int16, 2);

    /// <summary>16-bit unsigned numbers.</summary>
    public static ColumnType UInt16 { get; } = new(TypeKind.UInt16, 2);

    /// <summary>32-bit signed numbers.</summary>
    public static ColumnType Int32 { get; } = new(TypeKind.Int32, 4);

    /// <summary>32-bit unsigned numbers.</summary>
    public static ColumnType UInt32 { get; } = new(TypeKind.UInt32, 4);

    /// <summary>64-bit signed numbers.</summary>
    public static ColumnType Int64 { get; } = new(TypeKind.Int64, 8);

    /// <summary>64-bit unsigned numbers.</summary>
    public static ColumnType UInt64 { get; } = new(TypeKind.UInt64, 8);

    /// <summary>16-bit floating numbers.</summary>
    public static ColumnType Half { get; } = new(TypeKind.Half, 2);

    /// <summary>32-bit floating numbers.</summary>
    public static ColumnType Float { get; } = new(TypeKind.Float, 4);

    /// <summary>64-bit floating numbers.</summary>
    public static ColumnType Double { get; } = new(TypeKind.Double, 8);

    /// <summary>Days since 1970-01-01.</summary>
    public static ColumnType Date32 { get; } = new(TypeKind.Date32, 4);

    /// <summary>Milliseconds since 1970-01-01 that are whole days.</summary>
    public static ColumnType Date64 { get; } = new(TypeKind.Date64, 8);

    /// <summary>Bytes of any length.</summary>
    public static ColumnType Binary { get; } = new(TypeKind.Binary, 4);

    /// <summary>Bytes of any length, 64-bit offsets.</summary>
    public static ColumnType LargeBinary { get; } = new(TypeKind.LargeBinary, 8);

    /// <summary>Texts in UTF-8.</summary>
    public static ColumnType Utf8 { get; } = new(TypeKind.Utf8, 4);

    /// <summary>Texts in UTF-8, 64-bit offsets.</summary>
    public static ColumnType LargeUtf8 { get; } = new(TypeKind.LargeUtf8, 8);

    /// <summary>Codes of a <see cref="CodeBook"/>.</summary>
    public static ColumnType Code { get; } = new(TypeKind.Code, 4);

    /// <summary>Codes of a <see cref="TupleBook"/>.</summary>
    public static ColumnType Tuple { get; } = new(TypeKind.Tuple, 4);

    /// <summary>Whether values have any length: offsets and bytes.</summary>
    public bool HasOffsets => Kind is TypeKind.Binary or TypeKind.LargeBinary or TypeKind.Utf8 or TypeKind.LargeUtf8;

    /// <summary>Whether values are texts in UTF-8.</summary>
    public bool IsText => Kind is TypeKind.Utf8 or TypeKind.LargeUtf8;

    /// <summary>Whether values are 32-bit codes that stand for something else.</summary>
    public bool IsCoded => Kind is TypeKind.Dictionary or TypeKind.Code or TypeKind.Tuple;

    /// <summary>Decimals.</summary>
    /// <param name="precision">Digits, 1 to <see cref="MostDigits"/>.</param>
    /// <param name="scale">Digits after the decimal sign.</param>
    /// <param name="width">Bytes of a value: 4, 8, 16 or 32; 0 for 16 where it holds the digits, or else 32.</param>
    /// <exception cref="ArgumentException">There are no decimals of such a precision or width.</exception>
    public static ColumnType Decimal(int precision, int scale, int width = 0)
    {
        if (width == 0)
            width = precision <= 38 ? 16 : 32;
        int most = width switch { 4 => 9, 8 => 18, 16 => 38, 32 => MostDigits, _ => 0 };
        if (precision < 1 || precision > most || Math.Abs((long)scale) > MostDigits * 2)
            throw new ArgumentException($"There are no decimals of {precision} digits, {scale} of them decimals, in {width} bytes.", nameof(precision));
        return new ColumnType(TypeKind.Decimal, width) { Precision = precision, Scale = scale };
    }

    /// <summary>Times since midnight.</summary>
    public static ColumnType Time(TimeUnit unit) => new(TypeKind.Time, unit <= TimeUnit.Millisecond ? 4 : 8) { Unit = unit };

    /// <summary>Points in time; <paramref name="timeZone"/> is null for local times.</summary>
    public static ColumnType Timestamp(TimeUnit unit, string? timeZone = null) => new(TypeKind.Timestamp, 8) { Unit = unit, TimeZone = timeZone };

    /// <summary>Lengths of time.</summary>
    public static ColumnType Duration(TimeUnit unit) => new(TypeKind.Duration, 8) { Unit = unit };

    /// <summary>Lengths of time by the calendar, in 4, 8 or 16 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another width.</exception>
    public static ColumnType Interval(int width) => width is 4 or 8 or 16
        ? new(TypeKind.Interval, width)
        : throw new ArgumentOutOfRangeException(nameof(width), width, "An interval has 4, 8 or 16 bytes.");

    /// <summary>Bytes of one length.</summary>
    public static ColumnType FixedSizeBinary(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        return new ColumnType(TypeKind.FixedSizeBinary, width);
    }

    /// <summary>Codes that stand for values of a type.</summary>
    /// <exception cref="ArgumentException">The values are codes themselves.</exception>
    public static ColumnType Dictionary(ColumnType values, bool isOrdered = false) => values.IsCoded
        ? throw new ArgumentException("What codes stand for cannot be codes again.", nameof(values))
        : new ColumnType(TypeKind.Dictionary, sizeof(int)) { Values = values, IsOrdered = isOrdered };

    /// <summary>The type in words, for messages.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Decimal => $"Decimal{8 * Width}({Precision}, {Scale})",
        TypeKind.Timestamp => TimeZone is null ? $"Timestamp({Unit})" : $"Timestamp({Unit}, {TimeZone})",
        TypeKind.Time or TypeKind.Duration => $"{Kind}({Unit})",
        TypeKind.FixedSizeBinary => $"FixedSizeBinary({Width})",
        TypeKind.Dictionary => $"Dictionary({Values})",
        _ => Kind.ToString(),
    };
}
