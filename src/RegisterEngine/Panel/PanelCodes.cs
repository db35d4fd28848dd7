using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>What the panel needs to know about units and jobs, by their codes: places in the order of texts, and membership of the universe.</summary>
/// <remarks>The order of texts is the same whatever thread saw a text first, so nothing that is decided by it depends on that.</remarks>
public sealed class PanelCodes
{
    /// <summary>Place of a missing text: after all others.</summary>
    public const int MissingRank = int.MaxValue;

    // Sorted when somebody asks: of most columns nobody does.
    private readonly Lazy<TextOrder>?[] _orders = new Lazy<TextOrder>?[RegisterColumns.Names.Count];

    /// <summary>Reads the books, to which nothing may be added any more.</summary>
    public PanelCodes(RegisterBooks books, Universe universe)
    {
        Books = books;
        foreach (IReadOnlyList<RegisterColumn> columns in new[] { RegisterColumns.OfUnit, RegisterColumns.OfJob })
            foreach (RegisterColumn column in columns)
                _orders[(int)column] = new(() => new TextOrder(books[column], books.CodesOf(column)));
        Workplace = books.CodesOf(RegisterColumn.Workplace);
        int[] municipalities = books.CodesOf(RegisterColumn.Municipality);
        Homes = new UnitHome[Workplace.Length];
        for (int unit = 0; unit < Homes.Length; unit++)
            Homes[unit] = new UnitHome(Workplace[unit], municipalities[unit]);
        bool[] municipality = Within(books, RegisterColumn.Municipality, universe.Municipalities);
        bool[] position = Within(books, RegisterColumn.PositionCode, universe.PositionCodes);
        bool[] area = Within(books, RegisterColumn.ServiceArea, universe.ServiceAreas);
        bool[] form = Within(books, RegisterColumn.EmploymentForm, universe.EmploymentForms);
        UnitInUniverse = municipality;
        JobInUniverse = Arrays.Make(position.Length, job => position[job] && area[job] && form[job]);
    }

    /// <summary>What the codes mean.</summary>
    public RegisterBooks Books { get; }

    /// <summary>For each unit, whether it belongs to the universe.</summary>
    internal bool[] UnitInUniverse { get; }

    /// <summary>For each job, whether it belongs to the universe.</summary>
    internal bool[] JobInUniverse { get; }

    /// <summary>For each unit, the code of its workplace.</summary>
    internal int[] Workplace { get; }

    /// <summary>For each unit, where it is.</summary>
    internal UnitHome[] Homes { get; }

    /// <summary>For each unit or job, the place of its text in a column, or <see cref="MissingRank"/>.</summary>
    internal int[] RanksOf(RegisterColumn column) => _orders[(int)column]!.Value.Ranks;

    /// <summary>The codes of a column by the ordinal order of their texts.</summary>
    internal int[] OrderOf(RegisterColumn column) => _orders[(int)column]!.Value.Codes;

    private static bool[] Within(RegisterBooks books, RegisterColumn column, IReadOnlyList<string>? allowed)
    {
        int[] codes = books.CodesOf(column);
        if (allowed is null)
            return Array.ConvertAll(codes, _ => true);
        HashSet<int> within = [.. allowed.Select(books[column].Find).Where(code => code != CodeBook.Missing)];
        return Array.ConvertAll(codes, within.Contains);
    }

    /// <summary>The texts of a column in ordinal order.</summary>
    private sealed class TextOrder
    {
        public TextOrder(CodeBook book, int[] codes)
        {
            Codes = book.Order();
            int[] rankOfCode = new int[Codes.Length];
            for (int rank = 0; rank < Codes.Length; rank++)
                rankOfCode[Codes[rank]] = rank;
            Ranks = Array.ConvertAll(codes, code => code == CodeBook.Missing ? MissingRank : rankOfCode[code]);
        }

        // By rank, the code.
        public int[] Codes { get; }

        // By unit or job, the rank.
        public int[] Ranks { get; }
    }
}

/// <summary>What tells workplaces from each other, side by side in memory.</summary>
/// <param name="Workplace">Code of the workplace.</param>
/// <param name="Municipality">Code of the municipality.</param>
internal readonly record struct UnitHome(int Workplace, int Municipality);
