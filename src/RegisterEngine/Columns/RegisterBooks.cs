namespace RegisterEngine.Columns;

/// <summary>What the codes of a run mean: shared by all sources and threads.</summary>
public sealed class RegisterBooks
{
    // By column; null where it has no codes.
    private readonly CodeBook?[] _texts = new CodeBook?[RegisterColumns.Names.Count];

    /// <summary>Empty books.</summary>
    public RegisterBooks()
    {
        foreach (RegisterColumn column in RegisterColumns.OfUnit)
            _texts[(int)column] = new CodeBook();
        foreach (RegisterColumn column in RegisterColumns.OfJob)
            _texts[(int)column] = new CodeBook();
    }

    /// <summary>The texts of a column of units or jobs.</summary>
    /// <exception cref="KeyNotFoundException">The column has no codes.</exception>
    public CodeBook this[RegisterColumn column] => _texts[(int)column] ?? throw new KeyNotFoundException($"The column {column} has no codes.");

    /// <summary>Units: tuples of the codes of <see cref="RegisterColumns.OfUnit"/>.</summary>
    public TupleBook Units { get; } = new(RegisterColumns.OfUnit.Count);

    /// <summary>Jobs: tuples of the codes of <see cref="RegisterColumns.OfJob"/>.</summary>
    public TupleBook Jobs { get; } = new(RegisterColumns.OfJob.Count);

    /// <summary>For each unit, or for each job, its code in one of its columns; to be asked for when no more are added.</summary>
    public int[] CodesOf(RegisterColumn column)
    {
        int part = RegisterColumns.PlaceOf(column, RegisterColumns.OfUnit);
        return part >= 0 ? Units.Part(part) : Jobs.Part(RegisterColumns.PlaceOf(column, RegisterColumns.OfJob));
    }
}
