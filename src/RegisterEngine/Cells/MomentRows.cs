using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>The distinct person-years of the cells of a table, and how often each occurs: cell by cell, by age, then sex, then transition.</summary>
public sealed class MomentRows
{
    private readonly int[] _starts;
    private readonly ushort[] _facts;
    private readonly int[] _counts;

    internal MomentRows(int[] starts, ushort[] facts, int[] counts)
    {
        _starts = starts;
        _facts = facts;
        _counts = counts;
    }

    /// <summary>How many there are.</summary>
    public int Count => _facts.Length;

    /// <summary>How many cells they are of.</summary>
    public int Cells => _starts.Length - 1;

    /// <summary>Place of the first of a cell; those of the cell end before <c>First(cell + 1)</c>.</summary>
    public int First(int cell) => _starts[cell];

    /// <summary>How often it occurs.</summary>
    public int CountOf(int row) => _counts[row];

    /// <summary>The age; 0 where unknown.</summary>
    public int AgeOf(int row) => PersonFacts.AgeOf(_facts[row]);

    /// <summary>1 for a woman, else 0.</summary>
    public int WomanOf(int row) => PersonFacts.WomanOf(_facts[row]);

    /// <summary>The transition.</summary>
    public Transition TransitionOf(int row) => PersonFacts.TransitionOf(_facts[row]);

    /// <summary>Age, sex and transition in one number.</summary>
    internal ReadOnlySpan<ushort> Facts => _facts;

    /// <summary>How often each occurs.</summary>
    internal ReadOnlySpan<int> Counts => _counts;
}
