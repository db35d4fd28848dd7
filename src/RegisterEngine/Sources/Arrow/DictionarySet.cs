using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Arrow;

/// <summary>The dictionaries of a stream or file as they are at one point of it: later ones may add to those before, or take their place.</summary>
internal sealed class DictionarySet
{
    private readonly Dictionary<long, ArrowField> _wanted = [];
    private readonly int _limit;
    private readonly bool _allowsReplacement;
    private Dictionary<long, DictionaryValues> _now = [];

    /// <param name="fields">The columns that are read.</param>
    /// <param name="limit">The most bytes of a buffer.</param>
    /// <param name="allowsReplacement">Whether a dictionary may take the place of another: in files none may.</param>
    /// <exception cref="MalformedException">Two columns share a dictionary and say that it holds other values.</exception>
    public DictionarySet(IEnumerable<ArrowField> fields, int limit, bool allowsReplacement)
    {
        _limit = limit;
        _allowsReplacement = allowsReplacement;
        foreach (ArrowField field in fields)
            if (field.DictionaryId is { } id && !_wanted.TryAdd(id, field) && _wanted[id].Field.Type.Values != field.Field.Type.Values)
                throw new MalformedException($"the columns '{_wanted[id].Field.Name}' and '{field.Field.Name}' share a dictionary of other values");
    }

    /// <summary>What codes mean now; never changed, only replaced.</summary>
    public IReadOnlyDictionary<long, DictionaryValues> Now => _now;

    /// <summary>Takes a message that holds a dictionary.</summary>
    /// <exception cref="MalformedException">It is damaged.</exception>
    public void Add(FlatTable message, ArrowBody body)
    {
        long id = message.Int64(0);
        if (!_wanted.TryGetValue(id, out ArrowField? field))
            return;
        if (!message.TryTable(1, out FlatTable batch))
            throw new MalformedException($"the dictionary of column '{field.Field.Name}' holds nothing");
        var values = new ArrowField
        {
            Field = new Field("", field.Field.Type.Values!),
            IsView = field.IsView,
            Nodes = 1,
            Buffers = field.IsView ? 2 : BuffersOf(field.Field.Type.Values!),
            Views = field.IsView ? 1 : 0,
        };
        using var decoder = new BatchDecoder(_limit);
        Column column;
        int rows;
        try
        {
            column = decoder.Read(batch, body, [values], [0], new Dictionary<long, DictionaryValues>(), out rows)[0];
        }
        catch (MalformedException e)
        {
            throw new MalformedException($"dictionary of column '{field.Field.Name}': {e.Message}", e);
        }
        bool isKnown = _now.TryGetValue(id, out DictionaryValues? before);
        if (isKnown && message.Bool(2))
            (column, rows) = Joined(before!, column, rows);
        else if (isKnown && !_allowsReplacement)
            throw new MalformedException($"the dictionary of column '{field.Field.Name}' stands there twice, which a file may not have");
        _now = new Dictionary<long, DictionaryValues>(_now) { [id] = new DictionaryValues(column, rows) };
    }

    private (Column Column, int Rows) Joined(DictionaryValues before, Column column, int rows)
    {
        ColumnType type = column.Field.Type;
        long bytes = type.HasOffsets ? ColumnJoin.DataBytes(before.Values, before.Count) + ColumnJoin.DataBytes(column, rows) : ((long)before.Count + rows) * type.Width;
        if (bytes > _limit || (long)before.Count + rows > _limit)
            throw new MalformedException($"a dictionary takes {bytes} bytes, more than the limit of {_limit}");
        return (ColumnJoin.Of(before.Values, before.Count, column, rows), before.Count + rows);
    }

    private static int BuffersOf(ColumnType type) => type.Kind == TypeKind.Null ? 0 : type.HasOffsets ? 3 : 2;
}
