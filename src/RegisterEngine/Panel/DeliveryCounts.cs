using RegisterEngine.Columns;

namespace RegisterEngine.Panel;

/// <summary>Rows delivered by each unit in each year. Adding two is exact, in any order.</summary>
public sealed class DeliveryCounts
{
    private readonly int[]?[] _rowsOfYear = new int[PanelRow.YearCount][];

    /// <summary>Whether a year has rows.</summary>
    /// <param name="yearIndex">Year minus <see cref="PanelRow.FirstYear"/>.</param>
    public bool HasYear(int yearIndex) => _rowsOfYear[yearIndex] is not null;

    /// <summary>Rows of each group of units in a year.</summary>
    /// <param name="yearIndex">Year minus <see cref="PanelRow.FirstYear"/>.</param>
    /// <param name="groupOfUnit">The group of each unit, or <see cref="CodeBook.Missing"/>.</param>
    /// <param name="groups">How many groups there are.</param>
    public int[] RowsOf(int yearIndex, int[] groupOfUnit, int groups)
    {
        int[] rows = new int[groups];
        int[] byUnit = _rowsOfYear[yearIndex] ?? [];
        for (int unit = 0; unit < byUnit.Length; unit++)
            if (byUnit[unit] > 0 && groupOfUnit[unit] != CodeBook.Missing)
                rows[groupOfUnit[unit]] += byUnit[unit];
        return rows;
    }

    /// <summary>Counts the rows of a batch.</summary>
    public void Add(ColumnBatch batch)
    {
        ReadOnlySpan<int> units = batch.Numbers(BatchColumn.Unit)[..batch.Rows];
        ReadOnlySpan<int> years = batch.Numbers(BatchColumn.Year)[..batch.Rows];
        int known = batch.Column(BatchColumn.Unit).Codes!.Count;
        int current = -1;
        int[] rows = [];
        for (int row = 0; row < units.Length; row++)
        {
            if (years[row] != current)
                rows = Reserve((current = years[row]) - PanelRow.FirstYear, known);
            rows[units[row]]++;
        }
    }

    /// <summary>Adds other counts.</summary>
    public void Merge(DeliveryCounts other)
    {
        for (int year = 0; year < _rowsOfYear.Length; year++)
        {
            if (other._rowsOfYear[year] is not { } rows)
                continue;
            int[] sums = Reserve(year, rows.Length);
            for (int unit = 0; unit < rows.Length; unit++)
                sums[unit] += rows[unit];
        }
    }

    private int[] Reserve(int yearIndex, int units)
    {
        int[] rows = _rowsOfYear[yearIndex] ?? [];
        if (rows.Length < units)
            Array.Resize(ref rows, Math.Max(units, rows.Length * 2));
        _rowsOfYear[yearIndex] = rows;
        return rows;
    }
}
