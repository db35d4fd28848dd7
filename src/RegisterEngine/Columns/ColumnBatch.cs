namespace RegisterEngine.Columns;

/// <summary>
/// Some rows of a table, column by column. The first narrow waist: after it nobody knows which file, or which kind of file, a row came from.
/// Made once, filled by a source, read by a stage, and filled again.
/// </summary>
public sealed class ColumnBatch
{
    private readonly Column[] _columns;

    /// <exception cref="ArgumentException">The columns are not those of the schema, or have not the same capacity.</exception>
    public ColumnBatch(BatchSchema schema, IReadOnlyList<Column> columns)
        : this(schema, columns, columns.Count == 0 ? 0 : columns[0].Capacity, 0)
    {
    }

    /// <summary>A batch of rows that are there already.</summary>
    /// <param name="schema">Names and types.</param>
    /// <param name="columns">The columns, each with room for the rows.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <exception cref="ArgumentException">The columns are not those of the schema, have not the same capacity, or less than the rows.</exception>
    public ColumnBatch(BatchSchema schema, IReadOnlyList<Column> columns, int rows)
        : this(schema, columns, columns.Count == 0 ? rows : columns[0].Capacity, rows)
    {
    }

    private ColumnBatch(BatchSchema schema, IReadOnlyList<Column> columns, int capacity, int rows)
    {
        _columns = [.. columns];
        if (_columns.Length != schema.Fields.Count)
            throw new ArgumentException($"A batch of {schema.Fields.Count} columns was given {_columns.Length}.", nameof(columns));
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Field != schema.Fields[i])
                throw new ArgumentException("The columns of a batch must be those of its schema, in the same order.", nameof(columns));
            if (_columns[i].Capacity != capacity)
                throw new ArgumentException("The columns of a batch must have room for the same number of rows.", nameof(columns));
        }
        Schema = schema;
        Capacity = capacity;
        SetRows(rows);
    }

    /// <summary>Names and types.</summary>
    public BatchSchema Schema { get; }

    /// <summary>Rows that the batch has room for.</summary>
    public int Capacity { get; }

    /// <summary>Rows that it holds.</summary>
    public int Rows { get; private set; }

    /// <summary>Which input the rows came from: its place in the list of inputs.</summary>
    public int Origin { get; set; }

    /// <summary>A column by its place in the schema.</summary>
    public Column this[int index] => _columns[index];

    /// <summary>Says how many rows have been written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than there is room for.</exception>
    public void SetRows(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)rows, (uint)Capacity, nameof(rows));
        Rows = rows;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Rows = 0;
        foreach (Column column in _columns)
            column.Clear();
    }
}
