namespace RegisterEngine.Columns;

/// <summary>The columns of a batch, in order.</summary>
public sealed class BatchSchema
{
    private const int Ambiguous = -2;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>A schema of some columns. Formats allow that two have the same name; then neither can be asked for by it.</summary>
    public BatchSchema(IReadOnlyList<Field> fields)
    {
        Fields = [.. fields];
        for (int i = 0; i < Fields.Count; i++)
            if (!_places.TryAdd(Fields[i].Name, i))
                _places[Fields[i].Name] = Ambiguous;
    }

    /// <summary>Names and types.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The place of a column, or -1 where there is none of that name.</summary>
    /// <exception cref="ArgumentException">Two columns have the name.</exception>
    public int IndexOf(string name) => _places.GetValueOrDefault(name, -1) is var place and not Ambiguous
        ? place
        : throw new ArgumentException($"Two columns are called '{name}'.", nameof(name));
}
