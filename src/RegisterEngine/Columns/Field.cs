namespace RegisterEngine.Columns;

/// <summary>How the values of a column are stored.</summary>
public enum ColumnType
{
    /// <summary>32-bit signed numbers.</summary>
    Int32,

    /// <summary>64-bit signed numbers.</summary>
    Int64,

    /// <summary>Days since 1970-01-01 as 32-bit signed numbers.</summary>
    Date32,

    /// <summary>Texts as 32-bit codes of a <see cref="CodeBook"/>: an Arrow dictionary.</summary>
    Code,

    /// <summary>Tuples of texts as 32-bit codes of a <see cref="TupleBook"/>: an Arrow dictionary of structs.</summary>
    Tuple,

    /// <summary>Texts in UTF-8: 32-bit offsets (one more than rows) and the bytes.</summary>
    Text,
}

/// <summary>Name and type of a column.</summary>
public sealed record Field(string Name, ColumnType Type);
