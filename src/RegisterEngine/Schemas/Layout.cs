using RegisterEngine.Columns;

namespace RegisterEngine.Schemas;

/// <summary>How the records of an extract are written.</summary>
public enum LayoutFormat
{
    /// <summary>Fields between delimiters, one record a line.</summary>
    Delimited,

    /// <summary>Fields at fixed positions of a line of fixed length.</summary>
    FixedWidth,
}

/// <summary>How the bytes of an extract spell text.</summary>
public enum TextEncoding
{
    /// <summary>Each value that is valid UTF-8 is read as that, every other as Windows-1252; both are counted.</summary>
    Detect,

    /// <summary>UTF-8; a byte order mark is skipped.</summary>
    Utf8,

    /// <summary>Windows-1252.</summary>
    Windows1252,

    /// <summary>ISO-8859-1.</summary>
    Latin1,
}

/// <summary>
/// How one kind of extract is written, and which of its columns are which canonical columns: the content of a layout file (see <c>schemas/README.md</c>).
/// </summary>
public sealed record Layout
{
    /// <summary>Short name, by which the command line chooses it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Title { get; init; }

    /// <summary>Delimited or fixed-width.</summary>
    public required LayoutFormat Format { get; init; }

    /// <summary>The delimiter; null where it is found out from the header.</summary>
    public byte? Delimiter { get; init; }

    /// <summary>Whether the first line holds the names of the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>How bytes spell text.</summary>
    public TextEncoding Encoding { get; init; }

    /// <summary>Bytes (characters, in UTF-8) of a fixed-width record without its line end.</summary>
    public int RecordLength { get; init; }

    /// <summary>Years of extracts that have this layout.</summary>
    public YearSpan Years { get; init; } = RegisterLimits.Years;

    /// <summary>A regular expression whose first group is the year in the name of the file; null where the year is a column.</summary>
    public string? YearInFileName { get; init; }

    /// <summary>The columns of the extract, in the order of the file where it has no header.</summary>
    public required IReadOnlyList<LayoutField> Fields { get; init; }

    /// <summary>The field that holds a canonical column, or null where the extract lacks it.</summary>
    public LayoutField? FieldOf(RegisterColumn column) => Fields.FirstOrDefault(field => field.Column == column);
}
