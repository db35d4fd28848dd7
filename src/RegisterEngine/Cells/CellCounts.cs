using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Person-years of a cell by what became of them: one count for each <see cref="Transition"/>.</summary>
/// <remarks>Most cells have few persons: where no count of a table is larger than 255, a count is a byte.</remarks>
public readonly ref struct CellCounts
{
    /// <summary>How many counts there are.</summary>
    public const int Length = 6;

    private readonly ReadOnlySpan<byte> _small;
    private readonly ReadOnlySpan<int> _large;

    /// <summary>Counts in the order of the transitions.</summary>
    public CellCounts(ReadOnlySpan<int> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Length);
        _large = counts;
    }

    internal CellCounts(ReadOnlySpan<byte> small, ReadOnlySpan<int> large)
    {
        _small = small;
        _large = large;
    }

    /// <summary>How many had a transition.</summary>
    public int this[Transition transition] => _large.IsEmpty ? _small[(int)transition] : _large[(int)transition];

    /// <summary>All person-years of the cell.</summary>
    public long Total
    {
        get
        {
            if (_large.IsEmpty)
                return Sum(_small);
            long total = 0;
            foreach (int count in _large)
                total += count;
            return total;
        }
    }

    private static int Sum(ReadOnlySpan<byte> counts) => counts[5] + counts[4] + counts[3] + counts[2] + counts[1] + counts[0];
}
