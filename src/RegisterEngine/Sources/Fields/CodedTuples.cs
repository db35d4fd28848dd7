using System.Buffers.Binary;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads columns that are dictionary codes of a table into tuples: values are looked at once for each combination of codes, not in every row.</summary>
/// <param name="columns">The columns.</param>
/// <param name="tupleOf">The tuple of some codes, one for each column.</param>
internal sealed class CodedTuples(CodedColumn[] columns, Func<ReadOnlySpan<int>, int> tupleOf)
{
    private const int MostCombinations = 1 << 20;
    private const int MostBytes = 64 << 20;
    private const int Noted = int.MinValue;

    private readonly CodeRows _rows = new(columns.Length);
    private readonly Column[] _columns = new Column[columns.Length];
    private readonly ColumnType?[] _types = new ColumnType?[columns.Length];
    private readonly int[] _numbers = new int[ParseContext.MostRows];
    private readonly int[] _codes = new int[columns.Length];

    // For each combination of codes, the combination of values that it stands for, and their tuple, marked where there is more to note than encodings: good for as
    // long as the dictionaries are.
    private int[] _values = new int[64];
    private int[] _tuples = new int[64];
    private int _known;

    // For each combination of values: its tuple, its entries, and what there is to note, as EntryNotes sums it up. The same come again with other dictionaries.
    private readonly TextDictionary _seen = new();
    private byte[] _key = new byte[256];
    private readonly Growing<int> _tupleOf = new();
    private readonly Growing<int> _entries = new();
    private readonly Growing<int> _summaries = new();
    private int _summary;

    // The combination of values that was found last.
    private int _last;

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
        foreach (CodedColumn column in columns)
            column.Forget();
    }

    /// <summary>Reads a chunk; false where not all columns are such codes.</summary>
    public bool TryParse(ParseContext context, Span<int> values)
    {
        if (context.Table is not { } table || !TryUse(table))
            return false;
        Span<int> numbers = _numbers.AsSpan(0, values.Length);
        _rows.Find(_columns, table.From, numbers);
        LearnAll();
        Slots.Gather<int>(_tuples, numbers, values);
        if ((EntryNotes.EncodingsOf(_summary) & ~context.Counts.Encodings) != 0)
            foreach (int number in numbers)
                context.Counts.Note(EntryNotes.EncodingsOf(_summaries.Items[_values[number]]));
        if (EntryNotes.HasMore(_summary) && values.ContainsAnyInRange(int.MinValue, -1))
            Note(numbers, values, context);
        return true;
    }

    private bool TryUse(TableChunk table)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = table.Column(columns[i].Place);
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

    private void LearnAll()
    {
        if (_rows.Count > _values.Length)
        {
            Array.Resize(ref _values, _rows.Count * 2);
            Array.Resize(ref _tuples, _rows.Count * 2);
        }
        for (; _known < _rows.Count; _known++)
        {
            int seen = _values[_known] = Learn(_known);
            _tuples[_known] = _tupleOf.Items[seen] | (EntryNotes.HasMore(_summaries.Items[seen]) ? Noted : 0);
        }
    }

    // The combination of values that a combination of codes stands for.
    private int Learn(int number)
    {
        int seen = _last = IsNext(number) ? _last + 1 : _seen.CodeOf(KeyOf(number));
        if (seen < _tupleOf.Count)
            return seen;
        int summary = 0;
        for (int i = 0; i < _codes.Length; i++)
        {
            int entry = columns[i].Read(_rows.DictionaryOf(i), _rows.CodeOf(number, i));
            _codes[i] = columns[i].CodeOf(entry);
            _entries.Add(entry);
            summary |= columns[i].Notes.SummaryOf(entry);
        }
        _tupleOf.Add(tupleOf(_codes));
        _summaries.Add(summary);
        _summary |= summary;
        return seen;
    }

    // Extracts of one year after the other tend to name the same workplaces in the same order: then the next one is near, and needs neither a key nor its hash.
    private bool IsNext(int number)
    {
        if (_last + 1 >= _seen.Count)
            return false;
        ReadOnlySpan<byte> next = _seen[_last + 1];
        for (int i = 0; i < _codes.Length; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(number, i, out int length);
            if (BinaryPrimitives.ReadInt32LittleEndian(next) != length || !next[sizeof(int)..].StartsWith(value))
                return false;
            next = next[(sizeof(int) + value.Length)..];
        }
        return true;
    }

    // Values of all columns one behind the other, each after its length, so that different ones never look alike.
    private ReadOnlySpan<byte> KeyOf(int number)
    {
        int end = 0;
        for (int i = 0; i < _codes.Length; i++)
        {
            ReadOnlySpan<byte> value = ValueOf(number, i, out int length);
            if (_key.Length - end < sizeof(int) + value.Length)
                Array.Resize(ref _key, checked((end + sizeof(int) + value.Length) * 2));
            BinaryPrimitives.WriteInt32LittleEndian(_key.AsSpan(end), length);
            value.CopyTo(_key.AsSpan(end + sizeof(int)));
            end += sizeof(int) + value.Length;
        }
        return _key.AsSpan(0, end);
    }

    // The value that a combination has in a column; of length -1 where there is none.
    private ReadOnlySpan<byte> ValueOf(int number, int column, out int length)
    {
        DictionaryValues dictionary = _rows.DictionaryOf(column);
        int code = _rows.CodeOf(number, column);
        bool hasValue = code < dictionary.Count && !dictionary.Values.IsNull(code);
        ReadOnlySpan<byte> value = hasValue ? dictionary.Values.TextAt(code) : [];
        length = hasValue ? value.Length : -1;
        return value;
    }

    private void Note(ReadOnlySpan<int> numbers, Span<int> values, ParseContext context)
    {
        if (_rowsOf.Length < _seen.Count)
            _rowsOf = new int[_seen.Count * 2];
        int noted = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row] >= 0)
                continue;
            values[row] ^= Noted;
            int combination = _values[numbers[row]];
            if (_rowsOf[combination]++ == 0)
                _noted[noted++] = combination;
        }
        bool anyWrong = false;
        foreach (int combination in _noted.AsSpan(0, noted))
        {
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].Notes.Note(EntryOf(combination, i), _rowsOf[combination], context.Counts);
                anyWrong |= columns[i].Notes.ErrorOf(EntryOf(combination, i)) is not null;
            }
            _rowsOf[combination] = 0;
        }
        if (!anyWrong)
            return;
        for (int row = 0; row < numbers.Length; row++)
            for (int i = 0; i < columns.Length; i++)
                if (columns[i].Notes.ErrorOf(EntryOf(_values[numbers[row]], i)) is { } error)
                    context.Errors.Add(error with { Row = row });
    }

    private int EntryOf(int combination, int column) => _entries.Items[(combination * columns.Length) + column];
}
