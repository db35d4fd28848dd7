namespace RegisterEngine.Panel;

/// <summary>What the building of the panel counted, by input and year. Adding two is exact, in any order.</summary>
/// <param name="origins">How many inputs there are.</param>
/// <param name="years">How many years have rows.</param>
public sealed class PanelCounts(int origins, int years)
{
    private readonly int[] _persons = new int[Math.Max(origins, 1) * years];
    private readonly int[] _duplicates = new int[Math.Max(origins, 1) * years];
    private readonly long[] _lastTurn = new long[Math.Max(origins, 1)];
    private long _turn;

    /// <summary>Person-years in the panel.</summary>
    public long PersonYears { get; internal set; }

    /// <summary>Rows equal to another one in every column, in all inputs.</summary>
    public long DuplicateRows => _duplicates.Sum(count => (long)count);

    /// <summary>Persons of an input in a year.</summary>
    public int PersonsIn(int origin, int year) => _persons[(origin * years) + year];

    /// <summary>Rows of an input in a year that are equal to another one in every column; the one that counts is not among them.</summary>
    public int DuplicatesIn(int origin, int year) => _duplicates[(origin * years) + year];

    /// <summary>Adds other counts.</summary>
    public void Merge(PanelCounts other)
    {
        PersonYears += other.PersonYears;
        for (int i = 0; i < _persons.Length; i++)
        {
            _persons[i] += other._persons[i];
            _duplicates[i] += other._duplicates[i];
        }
    }

    internal void Person(int origin, int year) => _persons[(origin * years) + year]++;

    /// <summary>Counts one person in each input that has an employment of theirs.</summary>
    internal void Persons(ReadOnlySpan<PanelRow> rows, int year)
    {
        _turn++;
        foreach (ref readonly PanelRow row in rows)
        {
            if (_lastTurn[row.Origin] != _turn)
                Person(row.Origin, year);
            _lastTurn[row.Origin] = _turn;
        }
    }

    internal void Duplicate(int origin, int year) => _duplicates[(origin * years) + year]++;
}
