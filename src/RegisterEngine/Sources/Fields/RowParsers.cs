using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Fields;

/// <summary>Parsers of one thread: extracts that differ in nothing but the year share one, and what it has learnt about their texts.</summary>
internal sealed class RowParsers(RegisterBooks books, Pseudonymiser? pseudonymiser)
{
    private readonly List<FieldBinding> _bindings = [];
    private readonly List<RowParser> _parsers = [];

    /// <summary>A parser of an extract.</summary>
    public RowParser Of(FieldBinding binding)
    {
        for (int i = 0; i < _bindings.Count; i++)
            if (_bindings[i].IsReadLike(binding))
                return _parsers[i];
        var parser = new RowParser(binding, books, pseudonymiser);
        _bindings.Add(binding);
        _parsers.Add(parser);
        return parser;
    }
}
