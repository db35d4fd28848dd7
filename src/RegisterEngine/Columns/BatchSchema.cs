namespace RegisterEngine.Columns;

/// <summary>The columns of a batch, in order; names are unique.</summary>
public sealed class BatchSchema
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two fields have the same name.</exception>
    public BatchSchema(IReadOnlyList<Field> fields)
    {
        Fields = [.. fields];
        for (int i = 0; i < Fields.Count; i++)
            if (!_places.TryAdd(Fields[i].Name, i))
                throw new ArgumentException($"Two columns are called '{Fields[i].Name}'.", nameof(fields));
    }

    /// <summary>Names and types.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The place of a column, or -1 where there is none of that name.</summary>
    public int IndexOf(string name) => _places.GetValueOrDefault(name, -1);
}
