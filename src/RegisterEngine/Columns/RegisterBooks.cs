namespace RegisterEngine.Columns;

/// <summary>What the codes of a run mean: shared by all sources and threads.</summary>
public sealed class RegisterBooks
{
    private readonly Dictionary<RegisterColumn, CodeBook> _texts =
        RegisterColumns.OfUnit.Concat(RegisterColumns.OfJob).ToDictionary(column => column, _ => new CodeBook());

    /// <summary>The texts of a column of units or jobs.</summary>
    /// <exception cref="KeyNotFoundException">The column has no codes.</exception>
    public CodeBook this[RegisterColumn column] => _texts[column];

    /// <summary>Units: tuples of the codes of <see cref="RegisterColumns.OfUnit"/>.</summary>
    public TupleBook Units { get; } = new(RegisterColumns.OfUnit.Count);

    /// <summary>Jobs: tuples of the codes of <see cref="RegisterColumns.OfJob"/>.</summary>
    public TupleBook Jobs { get; } = new(RegisterColumns.OfJob.Count);

    /// <summary>For each unit, or for each job, its code in one of its columns; to be asked for when no more are added.</summary>
    public int[] CodesOf(RegisterColumn column)
    {
        IReadOnlyList<RegisterColumn> columns = RegisterColumns.OfUnit.Contains(column) ? RegisterColumns.OfUnit : RegisterColumns.OfJob;
        int part = columns.Index().First(indexed => indexed.Item == column).Index;
        return (columns == RegisterColumns.OfUnit ? Units : Jobs).Part(part);
    }
}
