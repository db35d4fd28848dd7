namespace RegisterEngine.Panel;

/// <summary>Which rows of a shard belong to which person and year: for one thread, for one shard after the other.</summary>
internal sealed class ShardLinks(Coverage coverage)
{
    private const int More = 1 << 31;

    private readonly PersonIndex _persons = new();
    private readonly int _years = coverage.YearCount;

    // One place more than there are years, never taken, so that the last year of a person is not beside the first of another.
    private readonly int _stride = coverage.YearCount + 1;

    // By place of person and year, the first row + 1, with a sign that there are more; by row, the next one of the same person and year + 1; 0 for none.
    private int[] _heads = [];
    private int[] _next = [];

    private int[] _places = [];
    private int[] _yearOf = [];

    /// <summary>How many person-years have rows.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Places of the person-years that have rows, in an order that depends on the persons alone, then by year; one more follows, which is beside none. The place of a
    /// person's next year is one more.
    /// </summary>
    public Span<int> Places => _places.AsSpan(0, Count + 1);

    /// <summary>The place of the year of each person-year, among those that have rows.</summary>
    public ReadOnlySpan<int> Years => _yearOf.AsSpan(0, Count);

    /// <summary>Links rows to persons and years.</summary>
    /// <param name="rows">All rows of the shard.</param>
    /// <param name="texts">The texts of persons without a key of digits, as in <see cref="ShardBuffer.Texts"/>.</param>
    public void Link(ReadOnlySpan<PanelRow> rows, ReadOnlySpan<byte> texts)
    {
        _heads.AsSpan(0, _persons.Count * _stride).Clear();
        _persons.Clear(rows.Length);
        if (_next.Length < rows.Length)
            _next = new int[rows.Length + (rows.Length / 4)];
        int text = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int person;
            if (rows[i].Person >= 0)
                person = _persons.Of(rows[i].Person);
            else
            {
                int length = BitConverter.ToInt32(texts[text..]);
                person = _persons.Of(rows[i].Person, texts, (text + sizeof(int), length));
                text += sizeof(int) + length;
            }
            int place = (person * _stride) + coverage.PlaceOf(rows[i].YearIndex);
            if (place >= _heads.Length)
                Array.Resize(ref _heads, Math.Max((person + 1) * _stride, _heads.Length * 2));
            int before = _heads[place] & ~More;
            _next[i] = before;
            _heads[place] = before == 0 ? i + 1 : (i + 1) | More;
        }
        Collect(rows.Length, texts);
    }

    /// <summary>The only row of a person-year, or -1 where there are more.</summary>
    public int OnlyRow(int place) => Math.Max(_heads[place], 0) - 1;

    /// <summary>The last row of a person-year, and then with <see cref="Next"/> all others.</summary>
    public int LastRow(int place) => (_heads[place] & ~More) - 1;

    /// <summary>Another row of the same person-year, or -1 where there are no more.</summary>
    public int Next(int row) => _next[row] - 1;

    /// <summary>The person of a person-year.</summary>
    public int PersonAt(int place) => place / _stride;

    /// <summary>Where in the texts of the shard the text of a person lies.</summary>
    public (int At, int Length) TextOf(int person) => _persons.TextOf(person);

    // Without a branch for each year, since nobody can foresee when somebody comes and goes: a place without rows is overwritten by the next.
    private void Collect(int rows, ReadOnlySpan<byte> texts)
    {
        if (_places.Length < rows + _stride)
        {
            _places = new int[rows + _stride + (rows / 4)];
            _yearOf = new int[_places.Length];
        }
        int count = 0;
        foreach (int person in _persons.Order(texts))
        {
            ReadOnlySpan<int> heads = _heads.AsSpan(person * _stride, _years);
            Span<int> places = _places.AsSpan(count, heads.Length), years = _yearOf.AsSpan(count, heads.Length);
            int found = 0;
            for (int year = 0; year < heads.Length; year++)
            {
                places[found] = (person * _stride) + year;
                years[found] = year;
                found += heads[year] != 0 ? 1 : 0;
            }
            count += found;
        }
        _places[count] = -1;
        Count = count;
    }
}
