using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Parquet;

/// <summary>What has to be done with a stored value to make it a value of the column.</summary>
internal enum Conversion
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A byte becomes a bit.</summary>
    Bit,

    /// <summary>A 32-bit number becomes one of 8 or 16 bits.</summary>
    Narrow,

    /// <summary>A number becomes a decimal of more bits.</summary>
    Widen,

    /// <summary>Bytes of a number, highest first, become a decimal.</summary>
    BigEndian,

    /// <summary>Nanoseconds of a day and a Julian day become a point in time.</summary>
    Int96,

    /// <summary>There is no value.</summary>
    Nothing,
}

/// <summary>A column of a file: where it stands, what it is stored as, and what it becomes.</summary>
internal sealed record ParquetLeaf
{
    /// <summary>Its place among all columns of the file, those in groups too.</summary>
    public required int Place { get; init; }

    /// <summary>Name and type of what it becomes.</summary>
    public required Field Field { get; init; }

    /// <summary>What it is stored as.</summary>
    public required PhysicalType Physical { get; init; }

    /// <summary>Bytes of a stored value; 0 where it has any length.</summary>
    public required int Width { get; init; }

    /// <summary>How a stored value becomes a value of the column.</summary>
    public required Conversion Conversion { get; init; }

    /// <summary>Why it cannot be read; null where it can.</summary>
    public string? Refusal { get; init; }
}
