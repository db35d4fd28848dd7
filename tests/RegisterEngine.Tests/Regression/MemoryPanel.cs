using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Tests.Regression;

/// <summary>One person-year as a test writes it.</summary>
public sealed record TestYear(int Year, string Workplace, Transition Transition)
{
    public string Municipality { get; init; } = "0301";

    public string Position { get; init; } = "7174";

    public string Area { get; init; } = "helse";

    public int? Age { get; init; } = 40;

    public Sex Sex { get; init; } = Sex.Female;

    public NewHire NewHire { get; init; } = NewHire.Yes;

    /// <summary>Hundredths of a percent.</summary>
    public int Size { get; init; } = 10_000;
}

/// <summary>A panel that is made of person-years directly, without extracts.</summary>
public sealed class MemoryPanel
{
    private readonly RegisterBooks _books = new();
    private readonly DeliveryCounts _deliveries = new();
    private readonly List<PanelRow> _rows = [];
    private readonly ColumnBatch _batch;

    public MemoryPanel()
    {
        _batch = RegisterBatch.Create(_books, 1);
        _batch.SetRows(1);
    }

    public MemoryPanel(IEnumerable<TestYear> years)
        : this()
    {
        foreach (TestYear year in years)
            Add(year);
    }

    public void Add(TestYear year)
    {
        int unit = _books.Units.Code(
        [
            _books[RegisterColumn.Municipality].Code(year.Municipality), _books[RegisterColumn.Workplace].Code(year.Workplace), CodeBook.Missing,
        ]);
        int job = _books.Jobs.Code(
            [_books[RegisterColumn.PositionCode].Code(year.Position), CodeBook.Missing, _books[RegisterColumn.ServiceArea].Code(year.Area), CodeBook.Missing]);
        int birth = year.Age is { } age ? year.Year - age : RegisterBatch.MissingNumber;
        int sex = year.Sex == Sex.Unknown ? RegisterBatch.MissingNumber : (int)year.Sex;
        var values = new EmploymentValues(year.Year, birth, sex, year.Size, RegisterBatch.MissingNumber, RegisterBatch.MissingLong);
        _rows.Add(PanelRow.Employment(_rows.Count, unit, job, values, 0).With(year.NewHire, year.Transition));
        _batch.Numbers(BatchColumn.Unit)[0] = unit;
        _batch.Numbers(BatchColumn.Year)[0] = year.Year;
        _deliveries.Add(_batch);
    }

    /// <summary>The table of a plan, counted by some writers that take turns.</summary>
    public MomentTable Moments(MomentPlan plan, int writers = 1, int block = 1000)
    {
        CellTables tables = Tables([plan]);
        List<CellWriter> all = [.. Enumerable.Range(0, writers).Select(_ => tables.NewWriter())];
        PanelRow[] rows = [.. _rows];
        for (int from = 0, turn = 0; from < rows.Length; from += block, turn++)
            all[turn % writers].Add(rows.AsSpan(from, Math.Min(block, rows.Length - from)));
        return tables.FinishMoments(writers)[0];
    }

    /// <summary>The tables of two halves of the panel, by the same labels.</summary>
    public (MomentTable First, MomentTable Second) Halves(MomentPlan plan, int cut)
    {
        PanelRow[] rows = [.. _rows];
        return (Of(rows.AsSpan(0, cut)), Of(rows.AsSpan(cut)));

        MomentTable Of(ReadOnlySpan<PanelRow> half)
        {
            CellTables tables = Tables([plan]);
            tables.NewWriter().Add(half);
            return tables.FinishMoments(1)[0];
        }
    }

    private CellTables Tables(IReadOnlyList<MomentPlan> plans)
    {
        var codes = new PanelCodes(_books, new Universe());
        return new CellTables([], plans, codes, new Coverage(_books, _deliveries, new CoverageOptions()), AgeGroups.TenYears);
    }
}
