using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>
/// Which rows of a shard belong to which person and year: for one thread, for one shard after the other. Rows are sorted by a hash of the person that loses nothing,
/// then by year: first by some bits of it, which tell nearly all persons of a shard apart; the few that these mix up are put in order after.
/// </summary>
internal sealed class ShardLinks(Coverage coverage)
{
    // Four times as many values as rows, which are some to a person: few persons have the same as another.
    private const int SpareBits = 2;
    private const int MostHashBits = 24;

    // Moves for each row; where there are more, persons must have been made to collide.
    private const int MostMoves = 32;

    private readonly int _yearBits = BitsFor(coverage.YearCount);

    // One place more than there are years, never taken, so that the last year of a person is not beside the first of another.
    private readonly int _stride = coverage.YearCount + 1;

    // By row, the hash of the person, and where the text lies, if there is one.
    private ulong[] _hashes = [];
    private int[] _textAt = [];

    // In order: some bits of the hash, the year and the row in one word; and the whole hash.
    private ulong[] _keys = [];
    private ulong[] _scratch = [];
    private ulong[] _sorted = [];

    // By person-year: its first row in order, the place, and the year.
    private int[] _starts = new int[1];
    private int[] _places = new int[1];
    private int[] _yearOf = [];
    private int _rowBits;

    /// <summary>How many person-years have rows.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Places of the person-years that have rows, by a hash of the person, then by year; one more follows, which is beside none. The place of a person's next year is
    /// one more.
    /// </summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Count + 1);

    /// <summary>The place of the year of each person-year, among those that have rows.</summary>
    public ReadOnlySpan<int> Years => _yearOf.AsSpan(0, Count);

    /// <summary>Links rows to persons and years.</summary>
    /// <param name="rows">All rows of the shard.</param>
    /// <param name="texts">The texts of persons without a key of digits, as in <see cref="ShardBuffer.Texts"/>.</param>
    public void Link(ReadOnlySpan<PanelRow> rows, ReadOnlySpan<byte> texts)
    {
        Reserve(rows.Length, texts.Length);
        if (!texts.IsEmpty)
            FindTexts(rows, texts);
        Sort(rows);
        Tidy(rows.Length);
        if (!texts.IsEmpty)
            TellTexts(rows.Length, texts);
        Group(rows.Length);
    }

    /// <summary>Copies the first row of each person-year, and lists the person-years that have several.</summary>
    /// <param name="rows">The rows that were linked.</param>
    /// <param name="first">Room for a row for each person-year.</param>
    /// <param name="several">Room for as many.</param>
    /// <returns>How many person-years have several rows.</returns>
    public int TakeFirst(ReadOnlySpan<PanelRow> rows, Span<PanelRow> first, Span<int> several)
    {
        ReadOnlySpan<int> starts = _starts.AsSpan(0, first.Length + 1);
        ReadOnlySpan<ulong> keys = _keys;
        int count = 0;
        for (int i = 0; i < first.Length; i++)
        {
            int start = starts[i];
            first[i] = rows[RowOf(keys[start])];
            several[count] = i;
            count += starts[i + 1] - start > 1 ? 1 : 0;
        }
        return count;
    }

    /// <summary>How many rows a person-year has.</summary>
    public int RowsOf(int personYear) => _starts[personYear + 1] - _starts[personYear];

    /// <summary>A row of a person-year.</summary>
    /// <param name="personYear">Which.</param>
    /// <param name="at">Which of its rows, from 0.</param>
    public int Row(int personYear, int at) => RowOf(_keys[_starts[personYear] + at]);

    /// <summary>The person of a person-year, by its place.</summary>
    public int PersonAt(int place) => place / _stride;

    /// <summary>The text of a person without a key of digits.</summary>
    /// <param name="row">A row of the person.</param>
    /// <param name="texts">All texts of the shard.</param>
    public ReadOnlySpan<byte> TextOf(int row, ReadOnlySpan<byte> texts) =>
        texts.Slice(_textAt[row] + sizeof(int), BitConverter.ToInt32(texts[_textAt[row]..]));

    private void Reserve(int rows, int textBytes)
    {
        _rowBits = BitsFor(rows);
        if (_keys.Length < rows)
        {
            int room = rows + (rows / 4);
            _hashes = new ulong[room];
            _keys = new ulong[room];
            _scratch = new ulong[room];
            _sorted = new ulong[room];
            _starts = new int[room + 1];
            _places = new int[room + 1];
            _yearOf = new int[room + 1];
        }
        if (textBytes > 0 && _textAt.Length < rows)
            _textAt = new int[_keys.Length];
    }

    private void FindTexts(ReadOnlySpan<PanelRow> rows, ReadOnlySpan<byte> texts)
    {
        int at = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            bool hasText = rows[row].Person < 0;
            _textAt[row] = hasText ? at : -1;
            if (hasText)
                at += sizeof(int) + BitConverter.ToInt32(texts[at..]);
        }
    }

    private void Sort(ReadOnlySpan<PanelRow> rows)
    {
        Span<ulong> hashes = _hashes.AsSpan(0, rows.Length), keys = _keys.AsSpan(0, rows.Length);
        int hashBits = Math.Min(_rowBits + SpareBits, MostHashBits);
        int drop = 64 - hashBits, yearShift = _rowBits, hashShift = _rowBits + _yearBits;
        for (int row = 0; row < rows.Length; row++)
        {
            ulong hash = Hashing.Mix((ulong)rows[row].Person);
            hashes[row] = hash;
            keys[row] = ((hash >> drop) << hashShift) | ((ulong)coverage.PlaceOf(rows[row].YearIndex) << yearShift) | (uint)row;
        }
        RadixSort.Sort(keys, _scratch, hashBits + _yearBits, _rowBits);
    }

    // Puts persons that share the bits of the hash one after the other: few rows move, and not far.
    private void Tidy(int rows)
    {
        ReadOnlySpan<ulong> hashes = _hashes;
        Span<ulong> keys = _keys.AsSpan(0, rows), sorted = _sorted.AsSpan(0, rows);
        ulong last = 0;
        long moves = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            ulong hash = hashes[RowOf(keys[i])];
            sorted[i] = hash;
            if (hash >= last)
                last = hash;
            else if ((moves += Insert(keys, sorted, i)) > (long)MostMoves * rows)
                break;
        }
        if (moves <= (long)MostMoves * rows)
            return;
        keys.Sort((x, y) => _hashes[RowOf(x)].CompareTo(_hashes[RowOf(y)]) is var order && order != 0 ? order : x.CompareTo(y));
        for (int i = 0; i < keys.Length; i++)
            sorted[i] = hashes[RowOf(keys[i])];
    }

    private static int Insert(Span<ulong> keys, Span<ulong> sorted, int i)
    {
        (ulong key, ulong hash) = (keys[i], sorted[i]);
        int at = i;
        for (; at > 0 && sorted[at - 1] > hash; at--)
        {
            keys[at] = keys[at - 1];
            sorted[at] = sorted[at - 1];
        }
        (keys[at], sorted[at]) = (key, hash);
        return i - at;
    }

    // Different texts may have the same hash: gives persons numbers in its place.
    private void TellTexts(int rows, ReadOnlySpan<byte> texts)
    {
        Span<ulong> keys = _keys.AsSpan(0, rows), sorted = _sorted.AsSpan(0, rows);
        ulong person = 0;
        for (int from = 0, to; from < rows; from = to)
        {
            ulong hash = sorted[from];
            bool isOne = true;
            for (to = from; to < rows && sorted[to] == hash; to++)
                isOne &= IsSameText(keys[to], keys[from], texts);
            if (!isOne)
                SortByText(keys[from..to], texts);
            for (int i = from; i < to; i++)
                sorted[i] = i == from || !IsSameText(keys[i], keys[i - 1], texts) ? ++person : person;
        }
    }

    private void SortByText(Span<ulong> keys, ReadOnlySpan<byte> texts)
    {
        var rows = new List<(byte[] Text, ulong Key)>();
        foreach (ulong key in keys)
            rows.Add((TextOf(RowOf(key), texts).ToArray(), key));
        rows.Sort((x, y) => x.Text.AsSpan().SequenceCompareTo(y.Text) is var order && order != 0 ? order : x.Key.CompareTo(y.Key));
        for (int i = 0; i < keys.Length; i++)
            keys[i] = rows[i].Key;
    }

    // Rows of the same hash have both a text or both none.
    private bool IsSameText(ulong key, ulong other, ReadOnlySpan<byte> texts) =>
        _textAt[RowOf(key)] < 0 || TextOf(RowOf(key), texts).SequenceEqual(TextOf(RowOf(other), texts));

    // Without a branch for each row, since nobody can foresee when somebody comes and goes: a person-year that goes on is overwritten.
    private void Group(int rows)
    {
        ReadOnlySpan<ulong> keys = _keys.AsSpan(0, rows), sorted = _sorted.AsSpan(0, rows);
        Span<int> starts = _starts, places = _places, years = _yearOf;
        int stride = _stride, rowBits = _rowBits, yearMask = (1 << _yearBits) - 1;
        int count = 0, firstPlace = 0, lastPlace = -1;
        ulong last = rows > 0 ? sorted[0] : 0;
        for (int i = 0; i < keys.Length; i++)
        {
            int isOther = sorted[i] != last ? 1 : 0;
            firstPlace += isOther * stride;
            last = sorted[i];
            int year = (int)(keys[i] >> rowBits) & yearMask;
            int place = firstPlace + year;
            count += place != lastPlace ? 1 : 0;
            lastPlace = place;
            starts[count] = i + 1;
            places[count - 1] = place;
            years[count - 1] = year;
        }
        places[count] = -1;
        Count = count;
    }

    private int RowOf(ulong key) => (int)(key & ((1UL << _rowBits) - 1));

    private static int BitsFor(int count) => BitOperations.Log2((uint)count) + 1;
}
