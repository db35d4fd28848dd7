using System.Numerics;

namespace RegisterEngine.Panel;

/// <summary>What the building of the panel counted. Adding two is exact, in any order.</summary>
public sealed class PanelCounts
{
    private const int NewHires = 4;
    private const int Transitions = 1 << PanelRow.TransitionBits;

    private readonly int _years;

    // First employments of persons, by input and year: a row and a person each.
    private readonly int[] _first;

    // The others, and persons who have one of them in an input where they were not counted yet.
    private readonly int[] _rows;

    // By new hire and transition.
    private readonly long[] _personYears = new long[NewHires * Transitions];
    private readonly PersonCounts _persons;
    private readonly PersonCounts _residents;
    private readonly int[] _duplicates;

    /// <summary>Counts of nothing.</summary>
    /// <param name="origins">How many inputs there are.</param>
    /// <param name="municipalities">How many municipalities.</param>
    /// <param name="years">How many years have rows.</param>
    public PanelCounts(int origins, int municipalities, int years)
    {
        _years = years;
        _rows = new int[origins * years];
        _first = new int[origins * years];
        _persons = new PersonCounts(origins, years);
        _residents = new PersonCounts(municipalities + 1, years);
        _duplicates = new int[origins * years];
    }

    /// <summary>Person-years in the panel.</summary>
    public long PersonYears
    {
        get
        {
            long sum = 0;
            foreach (long count in _personYears)
                sum += count;
            return sum;
        }
    }

    /// <summary>Person-years that are new hires, others, or unknown.</summary>
    public long this[NewHire newHire] => Enumerable.Range(0, Transitions).Sum(transition => _personYears[((int)newHire * Transitions) + transition]);

    /// <summary>Person-years with a transition.</summary>
    public long this[Transition transition] => Enumerable.Range(0, NewHires).Sum(newHire => _personYears[(newHire * Transitions) + (int)transition]);

    /// <summary>Rows of an input in a year, duplicates too.</summary>
    /// <param name="origin">Place of the input.</param>
    /// <param name="year">Place of the year among those that have rows.</param>
    public int RowsInInput(int origin, int year) => _rows[(origin * _years) + year] + _first[(origin * _years) + year];

    /// <summary>Rows equal to another one in every column, in all inputs.</summary>
    public long DuplicateRows => _duplicates.Sum(count => (long)count);

    /// <summary>Persons of an input in a year.</summary>
    /// <param name="origin">Place of the input.</param>
    /// <param name="year">Place of the year among those that have rows.</param>
    public int PersonsInInput(int origin, int year) => _persons[origin, year] + _first[(origin * _years) + year];

    /// <summary>Persons with an employment in a municipality in a year.</summary>
    /// <param name="municipality">Its code; that of a missing text counts too.</param>
    /// <param name="year">Place of the year among those that have rows.</param>
    public int PersonsInMunicipality(int municipality, int year) => _residents[municipality + 1, year];

    /// <summary>Rows of an input in a year that are equal to another one in every column; the one that counts is not among them.</summary>
    /// <param name="origin">Place of the input.</param>
    /// <param name="year">Place of the year among those that have rows.</param>
    public int DuplicatesInInput(int origin, int year) => _duplicates[(origin * _years) + year];

    /// <summary>Adds other counts.</summary>
    public void Merge(PanelCounts other)
    {
        Add(_personYears, other._personYears);
        Add(_rows, other._rows);
        Add(_first, other._first);
        Add(_duplicates, other._duplicates);
        _persons.Merge(other._persons);
        _residents.Merge(other._residents);
    }

    /// <summary>Counts person-years of the panel by what became of them: see <see cref="PanelRow.SetOutcomes"/>.</summary>
    internal void CountOutcomes(ReadOnlySpan<int> outcomes)
    {
        foreach (int outcome in outcomes)
            _personYears[outcome]++;
    }

    /// <summary>Counts persons, each with an employment in a year.</summary>
    internal void Persons(ReadOnlySpan<PanelRow> rows, ReadOnlySpan<int> municipalities, ReadOnlySpan<int> years)
    {
        Span<int> first = _first;
        municipalities = municipalities[..rows.Length];
        years = years[..rows.Length];
        for (int i = 0; i < rows.Length; i++)
            first[(rows[i].Origin * _years) + years[i]]++;
        _residents.Count(municipalities, years);
    }

    /// <summary>Counts the other employments of a person whose first was counted; the person once in each input, and in each municipality.</summary>
    internal void More(ReadOnlySpan<PanelRow> rows, UnitHome[] homeOfUnit, int year)
    {
        _persons.NextPerson(rows[0].Origin);
        _residents.NextPerson(homeOfUnit[rows[0].Unit].Municipality + 1);
        foreach (ref readonly PanelRow row in rows[1..])
        {
            _rows[(row.Origin * _years) + year]++;
            _persons.CountOnce(row.Origin, year);
            _residents.CountOnce(homeOfUnit[row.Unit].Municipality + 1, year);
        }
    }

    internal void Duplicate(int origin, int year) => _duplicates[(origin * _years) + year]++;

    private static void Add<T>(T[] sums, T[] others)
        where T : INumber<T>
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += others[i];
    }

    /// <summary>Persons by group and year.</summary>
    private sealed class PersonCounts(int groups, int years)
    {
        private readonly int[] _counts = new int[groups * years];

        // For each group the last person who was counted there.
        private readonly long[] _lastPerson = new long[groups];
        private long _person;

        public int this[int group, int year] => _counts[(group * years) + year];

        public void Count(ReadOnlySpan<int> groupsLessOne, ReadOnlySpan<int> yearOf)
        {
            Span<int> counts = _counts;
            for (int i = 0; i < groupsLessOne.Length; i++)
                counts[((groupsLessOne[i] + 1) * years) + yearOf[i]]++;
        }

        // Another person, who was counted in a group.
        public void NextPerson(int group) => _lastPerson[group] = ++_person;

        public void CountOnce(int group, int year)
        {
            if (_lastPerson[group] == _person)
                return;
            _lastPerson[group] = _person;
            _counts[(group * years) + year]++;
        }

        public void Merge(PersonCounts other) => Add(_counts, other._counts);
    }
}
