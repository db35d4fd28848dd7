namespace RegisterEngine.Columns;

/// <summary>What the codes of a column mean: a <see cref="CodeBook"/> of texts, a <see cref="TupleBook"/> of several texts, or a <see cref="DictionaryValues"/> of any values.</summary>
public interface ICodes
{
    /// <summary>How many codes there are: 0, 1 ... up to one less.</summary>
    int Count { get; }
}
