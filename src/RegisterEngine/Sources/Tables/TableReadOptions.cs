using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Tables;

/// <summary>How tables of Parquet and Arrow files are read.</summary>
public sealed record TableReadOptions
{
    /// <summary>Bytes that one page, one dictionary, or the texts of one batch may take: whatever a file claims, no more is allocated.</summary>
    public int Limit { get; init; } = 256 << 20;

    /// <summary>Rows of a batch at most. Never has an effect on values.</summary>
    public int BatchRows { get; init; } = 8192;

    /// <summary>The columns to read, by name, in the order wanted; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Chooses the columns to read among the names of all, in place of <see cref="Columns"/>.</summary>
    internal Func<IReadOnlyList<string>, IReadOnlyList<string>>? Choose { get; init; }

    /// <summary>Row groups without a row in all of these ranges, by the statistics of the file, are skipped.</summary>
    public IReadOnlyList<ColumnRange> Ranges { get; init; } = [];

    /// <summary>Row groups all of whose rows lie in one of these ranges, by the statistics of the file, are skipped. Asked for once the columns are chosen.</summary>
    internal Func<IReadOnlyList<ColumnRange>> Unwanted { get; init; } = () => [];

    /// <summary>A column may come as a dictionary where the file has it so, batch by batch: the schema of the batch tells.</summary>
    public bool AllowsCodes { get; init; }

    /// <summary>
    /// What the 96-bit timestamps of old Parquet files become; a value that the unit cannot hold is an error. Null: microseconds, or nanoseconds for a column that has
    /// values between microseconds, which is known once it has been read for the first time, when the file is opened.
    /// </summary>
    public TimeUnit? Int96Unit { get; init; }
}

/// <summary>Values of a column between two bounds, both included: numbers, days of dates, or texts in ordinal order.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="From">A <see cref="long"/>, or a <see cref="string"/> for texts.</param>
/// <param name="To">The same.</param>
public sealed record ColumnRange(string Column, object From, object To);
