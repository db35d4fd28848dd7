namespace RegisterEngine.Sources.Fields;

/// <summary>Why one row of a chunk cannot be accepted; the field is null where the record as a whole is wrong.</summary>
internal readonly record struct RowError(int Row, BoundField? Field, RejectReason Reason, string Expected);

/// <summary>The errors of one chunk of rows.</summary>
internal sealed class RowErrors
{
    private readonly List<RowError> _errors = [];

    /// <summary>Whether all rows are sound.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>Notes an error.</summary>
    public void Add(RowError error) => _errors.Add(error);

    /// <summary>Notes an error of a field.</summary>
    public void Add(int row, BoundField field, RejectReason reason, string expected) => _errors.Add(new RowError(row, field, reason, expected));

    /// <summary>The first error of each row (by the order of its columns in the extract), by row.</summary>
    public List<RowError> FirstOfEachRow() =>
        [.. _errors.GroupBy(error => error.Row).OrderBy(row => row.Key).Select(row => row.MinBy(error => error.Field?.Place ?? -1))];

    /// <summary>Forgets all errors.</summary>
    public void Clear() => _errors.Clear();
}
