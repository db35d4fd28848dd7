namespace RegisterEngine.Columns;

/// <summary>What the values of a column are, and with that how they lie in memory.</summary>
public enum TypeKind
{
    /// <summary>No row has a value.</summary>
    Null,

    /// <summary>One bit a row, as in a bitmap.</summary>
    Boolean,

    /// <summary>8-bit signed numbers.</summary>
    Int8,

    /// <summary>8-bit unsigned numbers.</summary>
    UInt8,

    /// <summary>16-bit signed numbers.</summary>
    Int16,

    /// <summary>16-bit unsigned numbers.</summary>
    UInt16,

    /// <summary>32-bit signed numbers.</summary>
    Int32,

    /// <summary>32-bit unsigned numbers.</summary>
    UInt32,

    /// <summary>64-bit signed numbers.</summary>
    Int64,

    /// <summary>64-bit unsigned numbers.</summary>
    UInt64,

    /// <summary>16-bit floating numbers.</summary>
    Half,

    /// <summary>32-bit floating numbers.</summary>
    Float,

    /// <summary>64-bit floating numbers.</summary>
    Double,

    /// <summary>Signed numbers of 32, 64, 128 or 256 bits that count units of a power of ten.</summary>
    Decimal,

    /// <summary>Days since 1970-01-01 as 32-bit signed numbers.</summary>
    Date32,

    /// <summary>Milliseconds since 1970-01-01 as 64-bit signed numbers: whole days.</summary>
    Date64,

    /// <summary>Time since midnight: 32 bits for seconds and milliseconds, 64 bits for smaller units.</summary>
    Time,

    /// <summary>Time since 1970-01-01 as 64-bit signed numbers.</summary>
    Timestamp,

    /// <summary>Lengths of time as 64-bit signed numbers.</summary>
    Duration,

    /// <summary>Lengths of time in months (4 bytes), days and milliseconds (8), or months, days and nanoseconds (16).</summary>
    Interval,

    /// <summary>Bytes of one fixed length.</summary>
    FixedSizeBinary,

    /// <summary>Bytes of any length: 32-bit offsets (one more than rows) and the bytes.</summary>
    Binary,

    /// <summary>Bytes of any length with 64-bit offsets.</summary>
    LargeBinary,

    /// <summary>Texts in UTF-8: 32-bit offsets (one more than rows) and the bytes.</summary>
    Utf8,

    /// <summary>Texts in UTF-8 with 64-bit offsets.</summary>
    LargeUtf8,

    /// <summary>32-bit codes, each the row of a column of values: an Arrow dictionary (see <see cref="DictionaryValues"/>).</summary>
    Dictionary,

    /// <summary>Texts as 32-bit codes of a <see cref="CodeBook"/>: an Arrow dictionary that all batches of a run share.</summary>
    Code,

    /// <summary>Tuples of texts as 32-bit codes of a <see cref="TupleBook"/>: an Arrow dictionary of structs.</summary>
    Tuple,
}

/// <summary>What a number counts that tells time.</summary>
public enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Thousandths of a second.</summary>
    Millisecond,

    /// <summary>Millionths of a second.</summary>
    Microsecond,

    /// <summary>Milliardths of a second.</summary>
    Nanosecond,
}
