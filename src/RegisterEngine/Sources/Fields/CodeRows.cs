using System.Numerics;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>
/// Numbers the combinations of dictionary codes that stand in rows together, 0, 1, 2 ... in the order they come, for as long as the dictionaries are the same. No
/// value is looked at.
/// </summary>
/// <remarks>
/// Where all combinations that could be fit a table, the codes of a row are its index. Else the column with the most codes leads: it nearly always has the others
/// that it had the last time.
/// </remarks>
internal sealed class CodeRows(int columns)
{
    private const int LargestTable = 1 << 18;

    private readonly DictionaryValues?[] _dictionaries = new DictionaryValues?[columns];

    // The columns of the rows at hand, and where these begin.
    private readonly Column[] _used = new Column[columns];
    private int _from;

    // The codes of rows of a column that has some without a value.
    private readonly uint[] _filled = new uint[ParseContext.MostRows];
    private readonly uint[] _index = new uint[ParseContext.MostRows];
    private readonly NumberMap _others = new();

    // The place that leads, or -1; how many combinations the other columns could have.
    private int _lead;
    private long _rest;

    // By index, or by code of the leading column: the number, 1 more so that 0 means none, and what stood beside the leading code.
    private Slot[] _table = [];

    // The codes of each combination, and where the table knows it.
    private int[] _codes = new int[64 * columns];
    private int[] _places = new int[64];

    /// <summary>How many combinations there are.</summary>
    public int Count { get; private set; }

    /// <summary>The code that a combination has in a column; that beyond the last of the dictionary stands for no value.</summary>
    public int CodeOf(int number, int column) => _codes[(number * columns) + column];

    /// <summary>The dictionary of a column.</summary>
    public DictionaryValues DictionaryOf(int column) => _dictionaries[column]!;

    /// <summary>Says which dictionaries codes belong to; where it is another than before, the numbers of combinations begin again at 0.</summary>
    /// <returns>False where there are so many codes that combinations cannot be told apart by numbers.</returns>
    public bool TryUse(ReadOnlySpan<Column> used)
    {
        bool isSame = true;
        for (int i = 0; i < columns; i++)
            isSame &= ReferenceEquals(_dictionaries[i], used[i].Codes);
        if (isSame)
            return true;
        Clear();
        _lead = 0;
        for (int i = 1; i < columns; i++)
            if (used[i].Codes!.Count > used[_lead].Codes!.Count)
                _lead = i;
        _rest = 1;
        for (int i = 0; i < columns; i++)
            _rest = i == _lead ? _rest : Math.Min(_rest * (used[i].Codes!.Count + 1L), int.MaxValue + 1L);
        if (_rest > int.MaxValue)
            return false;
        for (int i = 0; i < columns; i++)
            _dictionaries[i] = (DictionaryValues)used[i].Codes!;
        long entries = used[_lead].Codes!.Count + 1L;
        if (_rest * entries <= LargestTable)
        {
            entries *= _rest;
            _lead = -1;
        }
        if (_table.Length < entries)
            _table = new Slot[BitOperations.RoundUpToPowerOf2((ulong)entries)];
        return true;
    }

    /// <summary>Forgets all combinations and dictionaries.</summary>
    public void Clear()
    {
        foreach (int place in _places.AsSpan(0, Count))
            _table[place] = default;
        _others.Clear();
        Count = 0;
        Array.Clear(_dictionaries);
    }

    /// <summary>The numbers of the combinations of some rows, whose columns are those of <see cref="TryUse"/>.</summary>
    public void Find(ReadOnlySpan<Column> used, int from, Span<int> numbers)
    {
        used.CopyTo(_used);
        _from = from;
        Span<uint> index = _index.AsSpan(0, numbers.Length);
        index.Clear();
        for (int i = 0; i < columns; i++)
            if (i != _lead)
                MixedRadix.Append(index, Digits(i, numbers.Length), (uint)_dictionaries[i]!.Count + 1);
        if (_lead < 0)
            FindDirect(index, numbers);
        else
            FindLed(Digits(_lead, numbers.Length), index, numbers);
    }

    // The codes of rows; that beyond the last where a row has none.
    private ReadOnlySpan<uint> Digits(int place, int rows)
    {
        Column column = _used[place];
        ReadOnlySpan<uint> codes = column.As<uint>().Slice(_from, rows);
        if (column.NullCount == 0)
            return codes;
        Span<uint> digits = _filled.AsSpan(0, rows);
        codes.CopyTo(digits);
        for (int row = 0; row < rows; row++)
            if (column.IsNull(_from + row))
                digits[row] = (uint)_dictionaries[place]!.Count;
        return digits;
    }

    private void FindDirect(ReadOnlySpan<uint> index, Span<int> numbers)
    {
        numbers = numbers[..index.Length];
        for (int row = 0; row < index.Length; row++)
        {
            int number = _table[index[row]].NumberPlusOne - 1;
            if (number < 0)
            {
                number = Add(row, (int)index[row]);
                _table[index[row]] = new Slot(0, number + 1);
            }
            numbers[row] = number;
        }
    }

    private void FindLed(ReadOnlySpan<uint> leads, ReadOnlySpan<uint> rests, Span<int> numbers)
    {
        numbers = numbers[..leads.Length];
        rests = rests[..leads.Length];
        // In a file in the order of workplaces most rows have what the row above has.
        int number = -1;
        uint lead = uint.MaxValue, rest = uint.MaxValue;
        for (int row = 0; row < leads.Length; row++)
        {
            if (leads[row] != lead || rests[row] != rest)
            {
                (lead, rest) = (leads[row], rests[row]);
                Slot slot = _table[lead];
                number = slot.NumberPlusOne > 0 && slot.Rest == rest ? slot.NumberPlusOne - 1 : FindOther(row, lead, rest);
            }
            numbers[row] = number;
        }
    }

    // A combination that is known stands in the table or, once another took its place, beside it.
    private int FindOther(int row, uint lead, uint rest)
    {
        Slot slot = _table[lead];
        int number = -1;
        if (slot.NumberPlusOne > 0)
        {
            long displaced = (lead * _rest) + slot.Rest;
            if (!_others.TryGet(displaced, out _))
                _others.Add(displaced, slot.NumberPlusOne - 1);
            if (!_others.TryGet((lead * _rest) + rest, out number))
                number = -1;
        }
        if (number < 0)
            number = Add(row, (int)lead);
        _table[lead] = new Slot(rest, number + 1);
        return number;
    }

    private int Add(int row, int place)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, Count * 2);
            Array.Resize(ref _codes, Count * 2 * columns);
        }
        for (int i = 0; i < columns; i++)
            _codes[(Count * columns) + i] = _used[i].IsNull(_from + row) ? _dictionaries[i]!.Count : _used[i].As<int>()[_from + row];
        _places[Count] = place;
        return Count++;
    }

    private readonly record struct Slot(uint Rest, int NumberPlusOne);
}
