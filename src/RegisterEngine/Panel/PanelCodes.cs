using RegisterEngine.Columns;

namespace RegisterEngine.Panel;

/// <summary>What the panel needs to know about units and jobs, by their codes: places in the order of texts, and membership of the universe.</summary>
/// <remarks>The order of texts is the same whatever thread saw a text first, so nothing that is decided by it depends on that.</remarks>
public sealed class PanelCodes
{
    /// <summary>Place of a missing text: after all others.</summary>
    public const int MissingRank = int.MaxValue;

    private readonly Dictionary<RegisterColumn, int[]> _ranks = [];

    /// <summary>Reads the books, to which nothing may be added any more.</summary>
    public PanelCodes(RegisterBooks books, Universe universe)
    {
        Books = books;
        foreach (RegisterColumn column in RegisterColumns.OfUnit.Concat(RegisterColumns.OfJob))
        {
            int[] ranks = books[column].Ranks();
            _ranks[column] = [.. books.CodesOf(column).Select(code => code == CodeBook.Missing ? MissingRank : ranks[code])];
        }
        Workplace = books.CodesOf(RegisterColumn.Workplace);
        Municipality = books.CodesOf(RegisterColumn.Municipality);
        bool[] municipality = Within(books, RegisterColumn.Municipality, universe.Municipalities);
        bool[] position = Within(books, RegisterColumn.PositionCode, universe.PositionCodes);
        bool[] area = Within(books, RegisterColumn.ServiceArea, universe.ServiceAreas);
        bool[] form = Within(books, RegisterColumn.EmploymentForm, universe.EmploymentForms);
        UnitInUniverse = municipality;
        JobInUniverse = [.. position.Select((within, job) => within && area[job] && form[job])];
    }

    /// <summary>What the codes mean.</summary>
    public RegisterBooks Books { get; }

    /// <summary>For each unit, whether it belongs to the universe.</summary>
    internal bool[] UnitInUniverse { get; }

    /// <summary>For each job, whether it belongs to the universe.</summary>
    internal bool[] JobInUniverse { get; }

    /// <summary>For each unit, the code of its workplace.</summary>
    internal int[] Workplace { get; }

    /// <summary>For each unit, the code of its municipality.</summary>
    internal int[] Municipality { get; }

    /// <summary>For each unit or job, the place of its text in a column, or <see cref="MissingRank"/>.</summary>
    internal int[] RanksOf(RegisterColumn column) => _ranks[column];

    private static bool[] Within(RegisterBooks books, RegisterColumn column, IReadOnlyList<string>? allowed)
    {
        int[] codes = books.CodesOf(column);
        if (allowed is null)
            return [.. codes.Select(_ => true)];
        HashSet<int> within = [.. allowed.Select(books[column].Find).Where(code => code != CodeBook.Missing)];
        return [.. codes.Select(within.Contains)];
    }
}
