namespace RegisterEngine.Columns;

/// <summary>What the codes of a column mean: code <c>i</c> stands for row <c>i</c> of a column of values.</summary>
/// <param name="values">The values, all of them filled.</param>
/// <param name="count">How many there are.</param>
public sealed class DictionaryValues(Column values, int count) : ICodes
{
    /// <summary>The values.</summary>
    public Column Values { get; } = values;

    /// <summary>Whether no value stands twice, here or in any other dictionary that batches of the column have: then writers need not look.</summary>
    public bool AreDistinct { get; init; }

    /// <inheritdoc/>
    public int Count { get; } = count;
}
