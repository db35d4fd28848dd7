namespace RegisterEngine.Columns;

/// <summary>Name and type of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="IsNullable">Rows may have no value.</param>
public sealed record Field(string Name, ColumnType Type, bool IsNullable = true);
