using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads columns that are dictionary codes of a table into tuples: values are looked at once for each combination of codes, not in every row.</summary>
/// <param name="runs">One for each column.</param>
/// <param name="tupleOf">The tuple of some entries, one for each column.</param>
internal sealed class CodedTuples(IReadOnlyList<CodeRun> runs, Func<ReadOnlySpan<int>, int> tupleOf)
{
    private const int MostCombinations = 1 << 20;
    private const int MostBytes = 64 << 20;

    private readonly CodeRows _rows = new(runs.Count);
    private readonly Column[] _columns = new Column[runs.Count];
    private readonly ColumnType?[] _types = new ColumnType?[runs.Count];
    private readonly int[] _numbers = new int[ParseContext.MostRows];
    private readonly int[] _entry = new int[runs.Count];

    // For each combination of codes, the values that stand for it and their tuple: good for as long as the dictionaries are.
    private int[] _values = new int[64];
    private int[] _tuples = new int[64];
    private bool[] _isNotedNumber = new bool[64];
    private int _known;

    // For each combination of values: its tuple, its entries, and what there is to note, as CodeRun sums it up. The same come again with other dictionaries.
    private readonly TextDictionary _seen = new();
    private readonly ByteBuffer _key = new();
    private readonly Growing<int> _tupleOf = new();
    private readonly Growing<int> _entries = new();
    private readonly Growing<int> _summaries = new();
    private int _summary;

    // Rows of a chunk, by combination of values, and those that have any.
    private int[] _rowsOf = [];
    private readonly int[] _noted = new int[ParseContext.MostRows];

    /// <summary>Forgets everything that was found.</summary>
    public void Forget()
    {
        _rows.Clear();
        _seen.Clear();
        _tupleOf.Clear();
        _entries.Clear();
        _summaries.Clear();
        _summary = 0;
    }

    /// <summary>Reads a chunk; false where not all columns are such codes.</summary>
    public bool TryParse(ParseContext context, Span<int> values)
    {
        if (context.Table is not { } table || !TryUse(table))
            return false;
        Span<int> numbers = _numbers.AsSpan(0, values.Length);
        _rows.Find(_columns, table.From, numbers);
        if (_rows.Count > _values.Length)
        {
            Array.Resize(ref _values, _rows.Count * 2);
            Array.Resize(ref _tuples, _rows.Count * 2);
            Array.Resize(ref _isNotedNumber, _rows.Count * 2);
        }
        for (; _known < _rows.Count; _known++)
        {
            _values[_known] = Learn(_known);
            _tuples[_known] = _tupleOf.Items[_values[_known]];
            _isNotedNumber[_known] = _summaries.Items[_values[_known]] != 0;
        }
        Slots.Gather<int>(_tuples, numbers, values);
        if (CodeRun.IsNews(_summary, context.Counts))
            Note(numbers, context);
        return true;
    }

    private bool TryUse(TableChunk table)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = table.Column(runs[i].Place);
            if (_columns[i].Codes is not DictionaryValues { Values.Field.Type: { Width: > 0, IsCoded: false } type })
                return false;
            if (type != _types[i] || _seen.Count > MostCombinations || _seen.Bytes > MostBytes)
                Forget();
            _types[i] = type;
        }
        if (!_rows.TryUse(_columns))
            return false;
        if (_rows.Count == 0)
            _known = 0;
        return true;
    }

    // The combination of values that a combination of codes stands for.
    private int Learn(int number)
    {
        _key.Clear();
        for (int i = 0; i < runs.Count; i++)
            AppendKey(_rows.DictionaryOf(i), _rows.CodeOf(number, i));
        int seen = _seen.CodeOf(_key.Written);
        if (seen < _tupleOf.Count)
            return seen;
        int summary = 0;
        for (int i = 0; i < _entry.Length; i++)
        {
            _entry[i] = runs[i].EntryOf(_rows.DictionaryOf(i), _rows.CodeOf(number, i));
            _entries.Add(_entry[i]);
            summary |= runs[i].SummaryOf(_entry[i]);
        }
        _tupleOf.Add(tupleOf(_entry));
        _summaries.Add(summary);
        _summary |= summary;
        return seen;
    }

    // Values of all columns one behind the other, each after its length, so that different ones never look alike.
    private void AppendKey(DictionaryValues dictionary, int code)
    {
        if (code == dictionary.Count || dictionary.Values.IsNull(code))
        {
            _key.Append(-1);
            return;
        }
        ReadOnlySpan<byte> value = dictionary.Values.TextAt(code);
        _key.Append(value.Length);
        _key.Append(value);
    }

    private void Note(ReadOnlySpan<int> numbers, ParseContext context)
    {
        if (_rowsOf.Length < _seen.Count)
            _rowsOf = new int[_seen.Count * 2];
        int noted = 0;
        foreach (int number in numbers)
            if (_isNotedNumber[number] && _rowsOf[_values[number]]++ == 0)
                _noted[noted++] = _values[number];
        bool anyWrong = false;
        foreach (int combination in _noted.AsSpan(0, noted))
        {
            for (int i = 0; i < runs.Count; i++)
                anyWrong |= runs[i].Note(EntryOf(combination, i), _rowsOf[combination], context.Counts) is not null;
            _rowsOf[combination] = 0;
        }
        if (!anyWrong)
            return;
        for (int row = 0; row < numbers.Length; row++)
            for (int i = 0; i < runs.Count; i++)
                if (runs[i].ErrorOf(EntryOf(_values[numbers[row]], i)) is { } error)
                    context.Errors.Add(error with { Row = row });
    }

    private int EntryOf(int combination, int run) => _entries.Items[(combination * runs.Count) + run];
}
