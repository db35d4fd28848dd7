using RegisterEngine.Columns;

namespace RegisterEngine.Panel;

/// <summary>Chooses the main job among the employments of a person in a year: for one thread.</summary>
internal sealed class MainJob(PanelCodes codes, MainJobRule rule)
{
    private const int MostInserted = 12;

    private readonly MainJobOrder _order = new(codes);
    private readonly int[] _workplace = codes.Workplace;
    private readonly bool[] _unitInUniverse = codes.UnitInUniverse;
    private readonly bool[] _jobInUniverse = codes.JobInUniverse;

    /// <summary>Whether all employments belong to the universe.</summary>
    public bool TakesEverything { get; } = Array.TrueForAll(codes.UnitInUniverse, within => within) && Array.TrueForAll(codes.JobInUniverse, within => within);

    /// <summary>Writes 1 for each employment that belongs to the universe, 0 for the others.</summary>
    public void MarkUniverse(ReadOnlySpan<PanelRow> rows, Span<int> marks)
    {
        marks = marks[..rows.Length];
        if (TakesEverything)
            marks.Fill(1);
        else
            for (int i = 0; i < rows.Length; i++)
                marks[i] = IsInUniverse(rows[i]) ? 1 : 0;
    }

    /// <summary>Sorts employments by the order of the main job and drops those that are equal to another, which are counted.</summary>
    /// <returns>How many are left, at the front.</returns>
    public int Distinct(Span<PanelRow> rows, int year, PanelCounts counts)
    {
        if (rows.Length == 2 && rows[0].SizeThenStart != rows[1].SizeThenStart)
        {
            if (rows[0].SizeThenStart < rows[1].SizeThenStart)
                (rows[0], rows[1]) = (rows[1], rows[0]);
            return 2;
        }
        Sort(rows);
        int kept = 1;
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i].IsDuplicateOf(rows[kept - 1]))
                counts.Duplicate(rows[i].Origin, year);
            else
                rows[kept++] = rows[i];
        }
        return kept;
    }

    /// <summary>The main job among distinct employments in order; false where none belongs to the universe.</summary>
    public bool TryChoose(Span<PanelRow> rows, out PanelRow main)
    {
        int within = TakesEverything ? rows.Length : TakeUniverse(rows);
        main = default;
        if (within == 0)
            return false;
        main = rule == MainJobRule.SumByWorkplace ? ChooseSum(rows[..within]) : rows[0];
        return true;
    }

    // Moves those that belong to the universe to the front.
    private int TakeUniverse(Span<PanelRow> rows)
    {
        int within = 0;
        for (int i = 0; i < rows.Length; i++)
            if (IsInUniverse(rows[i]))
                rows[within++] = rows[i];
        return within;
    }

    private bool IsInUniverse(in PanelRow row) => _unitInUniverse[row.Unit] && _jobInUniverse[row.Job];

    // Hardly anybody has more than a few.
    private void Sort(Span<PanelRow> rows)
    {
        if (rows.Length > MostInserted)
        {
            rows.Sort(_order);
            return;
        }
        for (int i = 1; i < rows.Length; i++)
        {
            PanelRow row = rows[i];
            int at = i;
            for (; at > 0 && _order.Compare(rows[at - 1], row) > 0; at--)
                rows[at] = rows[at - 1];
            rows[at] = row;
        }
    }

    // The first employment of each workplace stands for all of them, with the sum of their sizes and the earliest start.
    private PanelRow ChooseSum(Span<PanelRow> rows)
    {
        rows.Sort((x, y) => _workplace[x.Unit].CompareTo(_workplace[y.Unit]) is var order && order != 0 ? order : _order.Compare(x, y));
        PanelRow best = default;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            for (to = from + 1; to < rows.Length && _workplace[rows[to].Unit] == _workplace[rows[from].Unit];)
                to++;
            PanelRow sum = Sum(rows[from..to]);
            if (from == 0 || _order.Compare(sum, best) < 0)
                best = sum;
        }
        return best;
    }

    private static PanelRow Sum(ReadOnlySpan<PanelRow> rows)
    {
        long size = -1;
        PanelRow earliest = rows[0];
        foreach (ref readonly PanelRow row in rows)
        {
            if (row.Size >= 0)
                size = Math.Max(size, 0) + row.Size;
            if (row.Start is { } start && (earliest.Start is not { } first || start < first))
                earliest = row;
        }
        return rows[0].With((int)Math.Min(size, RegisterLimits.LargestPositionSize), earliest);
    }
}
