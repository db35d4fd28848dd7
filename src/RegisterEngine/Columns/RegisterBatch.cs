using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>The columns of a batch of employments.</summary>
public enum BatchColumn
{
    /// <summary><see cref="RegisterColumn.Year"/>.</summary>
    Year,

    /// <summary><see cref="RegisterColumn.Person"/> where it is one to seventeen digits, packed; else null.</summary>
    Person,

    /// <summary><see cref="RegisterColumn.Person"/> where it is any other text; else null.</summary>
    PersonText,

    /// <summary><see cref="RegisterColumn.BirthYear"/>.</summary>
    BirthYear,

    /// <summary><see cref="RegisterColumn.Sex"/>.</summary>
    Sex,

    /// <summary>The tuple of <see cref="RegisterColumns.OfUnit"/>.</summary>
    Unit,

    /// <summary>The tuple of <see cref="RegisterColumns.OfJob"/>.</summary>
    Job,

    /// <summary><see cref="RegisterColumn.PositionSize"/>.</summary>
    PositionSize,

    /// <summary><see cref="RegisterColumn.StartDate"/>.</summary>
    StartDate,

    /// <summary><see cref="RegisterColumn.Pay"/>.</summary>
    Pay,
}

/// <summary>Batches of employments.</summary>
/// <remarks>
/// A promise beyond that of any batch: the slot of a missing number holds <see cref="MissingNumber"/> (32 bits) or <see cref="MissingLong"/>, and that of no
/// present one does; so whoever only reads numbers need not look at the bitmap.
/// </remarks>
public static class RegisterBatch
{
    /// <summary>Stands in the slot of a missing 32-bit number or date.</summary>
    public const int MissingNumber = int.MinValue;

    /// <summary>Stands in the slot of a missing 64-bit number.</summary>
    public const long MissingLong = long.MinValue;

    /// <summary>Names and types of the columns.</summary>
    public static BatchSchema Schema { get; } = new(
    [
        new("year", ColumnType.Int32),
        new("person", ColumnType.Int64),
        new("person_text", ColumnType.Utf8),
        new("birth_year", ColumnType.Int32),
        new("sex", ColumnType.Int32),
        new("unit", ColumnType.Tuple),
        new("job", ColumnType.Tuple),
        new("position_size", ColumnType.Int32),
        new("start_date", ColumnType.Date32),
        new("pay", ColumnType.Int64),
    ]);

    /// <summary>An empty batch whose codes come from the given books.</summary>
    public static ColumnBatch Create(RegisterBooks books, int capacity) =>
        new(Schema, Arrays.Make(Schema.Fields.Count, i => new Column(Schema.Fields[i], capacity, CodesOf(books, (BatchColumn)i))));

    /// <summary>The column of a batch of employments.</summary>
    public static Column Column(this ColumnBatch batch, BatchColumn column) => batch[(int)column];

    /// <summary>The 32-bit numbers, dates or codes of a column.</summary>
    public static Span<int> Numbers(this ColumnBatch batch, BatchColumn column) => batch[(int)column].As<int>();

    /// <summary>The 64-bit numbers of a column.</summary>
    public static Span<long> Longs(this ColumnBatch batch, BatchColumn column) => batch[(int)column].As<long>();

    private static TupleBook? CodesOf(RegisterBooks books, BatchColumn column) => column switch
    {
        BatchColumn.Unit => books.Units,
        BatchColumn.Job => books.Jobs,
        _ => null,
    };
}
