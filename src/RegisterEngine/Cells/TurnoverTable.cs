using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>What leavers are divided by.</summary>
public enum Denominator
{
    /// <summary>Person-years with a known transition.</summary>
    KnownTransitions,

    /// <summary>The average of the person-years of the group in this year and the next, as NHS and LEHD do.</summary>
    AverageStock,
}

/// <summary>How the year of a transition is written.</summary>
public enum YearLabel
{
    /// <summary>Both years: 2021-2022.</summary>
    Pair,

    /// <summary>The first: 2021.</summary>
    Start,

    /// <summary>The second: 2022.</summary>
    End,
}

/// <summary>One line of a turnover table: a group of person-years by one measure.</summary>
/// <param name="Cell">The cell of the group.</param>
/// <param name="Measure">The measure.</param>
/// <param name="PersonYears">Person-years of the group, those with an unknown transition too.</param>
/// <param name="Turnover">Leavers among the person-years with a known transition.</param>
/// <param name="AverageStock">The average of the stocks of this year and the next, where that is the denominator; null where the next year is not there.</param>
public readonly record struct TurnoverLine(int Cell, Measure Measure, long PersonYears, Proportion Turnover, double? AverageStock)
{
    /// <summary>Leavers over the denominator.</summary>
    /// <param name="denominator">What leavers are divided by.</param>
    public double? Rate(Denominator denominator) => denominator == Denominator.KnownTransitions ? Turnover.Rate
        : AverageStock is > 0 ? Turnover.Count / AverageStock
        : null;
}

/// <summary>Turnover by group and measure, made from a table of cells.</summary>
public sealed class TurnoverTable
{
    private readonly Dictionary<(ulong Group, int Year), int> _cellOf = [];
    private readonly int _year;

    /// <summary>The turnover of the cells of a table.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="measures">The measures to show.</param>
    /// <param name="denominator">What leavers are divided by.</param>
    /// <exception cref="ArgumentException">Average stocks need the year among the dimensions, and the year after each that is counted.</exception>
    public TurnoverTable(CellTable cells, IReadOnlyList<Measure> measures, Denominator denominator = Denominator.KnownTransitions)
    {
        Cells = cells;
        ShownMeasures = measures;
        Denominator = denominator;
        _year = cells.Plan.By.Index().Where(by => by.Item == Dimension.Year).Select(by => by.Index).FirstOrDefault(-1);
        if (denominator == Denominator.KnownTransitions)
            return;
        if (_year < 0)
            throw new ArgumentException($"Table '{cells.Plan.Name}' is not by year: there is no average of the stocks of two years.", nameof(cells));
        if (cells.Plan is { HasYearAfter: false, Sample.Years: not null })
            throw new ArgumentException($"Table '{cells.Plan.Name}' lacks the stocks of the years after those that it counts.", nameof(cells));
        for (int cell = 0; cell < cells.Count; cell++)
            _cellOf[(GroupOf(cell), YearOf(cell))] = cell;
    }

    /// <summary>The cells.</summary>
    public CellTable Cells { get; }

    /// <summary>The measures.</summary>
    public IReadOnlyList<Measure> ShownMeasures { get; }

    /// <summary>What leavers are divided by.</summary>
    public Denominator Denominator { get; }

    /// <summary>All lines, by cell, then measure; groups in which no transition is known have none.</summary>
    public IEnumerable<TurnoverLine> Lines
    {
        get
        {
            for (int cell = 0; cell < Cells.Count; cell++)
            {
                long known = StockOf(cell) - Cells.Counts(cell)[Transition.Unknown];
                if (known == 0 || !IsShown(cell))
                    continue;
                double? average = Denominator == Denominator.AverageStock ? AverageStock(cell) : null;
                foreach (Measure measure in ShownMeasures)
                    yield return new TurnoverLine(cell, measure, StockOf(cell), new Proportion(measure.Leavers(Cells.Counts(cell)), known), average);
            }
        }
    }

    // A year that only gives the stock after another has no lines of its own.
    private bool IsShown(int cell) => Denominator == Denominator.KnownTransitions || Cells.Plan.Sample.Years?.Contains(YearOf(cell)) != false;

    private long StockOf(int cell) => Cells.Counts(cell).Total;

    private double? AverageStock(int cell)
    {
        int next = YearOf(cell) + 1;
        bool hasNext = Cells.Dimensions[_year].Labels.Contains($"{next}");
        return hasNext ? (StockOf(cell) + (_cellOf.TryGetValue((GroupOf(cell), next), out int after) ? StockOf(after) : 0)) / 2.0 : null;
    }

    private int YearOf(int cell) => int.Parse(Cells.Label(cell, _year), System.Globalization.CultureInfo.InvariantCulture);

    // The cell without its year.
    private ulong GroupOf(int cell)
    {
        ulong group = 0;
        for (int i = 0; i < Cells.Dimensions.Count; i++)
            group = (group * (ulong)Cells.Dimensions[i].Labels.Count) + (i == _year ? 0 : (ulong)Cells.Value(cell, i));
        return group;
    }
}
