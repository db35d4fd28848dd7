namespace RegisterEngine.Sources.Parquet;

/// <summary>How values are stored, by the number that the format gives.</summary>
internal enum PhysicalType
{
    Boolean,
    Int32,
    Int64,
    Int96,
    Float,
    Double,
    ByteArray,
    FixedLenByteArray,
}

/// <summary>Whether and how often a column has values.</summary>
internal enum Repetition
{
    Required,
    Optional,
    Repeated,
}

/// <summary>How values are encoded, by the number that the format gives.</summary>
internal enum ParquetEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    RleDictionary = 8,
    ByteStreamSplit = 9,
}

/// <summary>What values mean, where that is more than how they are stored.</summary>
internal enum LogicalKind
{
    None,
    Text,
    Decimal,
    Date,
    Time,
    Timestamp,
    Integer,
    Null,
    Uuid,
    Half,
    Group,
}

/// <summary>What the values of a column mean.</summary>
internal sealed record LogicalType(LogicalKind Kind)
{
    public int Precision { get; init; }

    public int Scale { get; init; }

    public Columns.TimeUnit Unit { get; init; }

    public bool IsUtc { get; init; }

    public int Bits { get; init; }

    public bool IsSigned { get; init; } = true;
}

/// <summary>A node of the schema: a column, or a group of some.</summary>
internal sealed record SchemaNode
{
    public PhysicalType? Type { get; init; }

    public int TypeLength { get; init; }

    public Repetition Repetition { get; init; }

    public string Name { get; init; } = "";

    public int Children { get; init; }

    public int? ConvertedType { get; init; }

    public int Scale { get; init; }

    public int Precision { get; init; }

    public LogicalType? Logical { get; init; }
}

/// <summary>Smallest and largest value of a column, as they would be stored in PLAIN encoding.</summary>
internal sealed record ParquetStatistics
{
    public byte[]? Min { get; init; }

    public byte[]? Max { get; init; }

    public long? NullCount { get; init; }

    /// <summary>Minimum and maximum are of the older fields, whose order is only known for signed numbers.</summary>
    public bool IsOld { get; init; }
}

/// <summary>The values of one column in one row group.</summary>
internal sealed record ColumnChunk
{
    public PhysicalType Type { get; init; }

    public int Codec { get; init; }

    public long Values { get; init; }

    public long CompressedSize { get; init; }

    public long DataPageOffset { get; init; }

    public long? DictionaryPageOffset { get; init; }

    public ParquetStatistics? Statistics { get; init; }

    public bool IsElsewhere { get; init; }

    public bool IsEncrypted { get; init; }

    /// <summary>Where the first page begins.</summary>
    public long Start => DictionaryPageOffset is { } at and > 0 && at < DataPageOffset ? at : DataPageOffset;
}

/// <summary>Some rows of the file.</summary>
internal sealed record RowGroup(IReadOnlyList<ColumnChunk> Columns, long Rows);

/// <summary>What the footer of a file says.</summary>
internal sealed record ParquetMetadata(
    IReadOnlyList<SchemaNode> Schema, long Rows, IReadOnlyList<RowGroup> RowGroups, IReadOnlyList<KeyValuePair<string, string>> KeyValues, string CreatedBy);
