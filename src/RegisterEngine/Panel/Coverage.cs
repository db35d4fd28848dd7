using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Years of the data, and the units that delivered nothing, or next to nothing, in a year in between.</summary>
/// <remarks>
/// A gap is a run of years in each of which a unit has less than a tenth (an option) of its rows in the year before the run and of those in the year after it.
/// A code that comes for the first time or goes for good is none: it may be a new unit, or one that was merged.
/// </remarks>
public sealed class Coverage
{
    private readonly int[] _years;
    private readonly int[] _place = new int[PanelRow.YearCount];
    private readonly bool[] _municipalityGaps;
    private readonly bool[]? _workplaceGaps;

    /// <summary>Finds the years and the gaps.</summary>
    public Coverage(RegisterBooks books, DeliveryCounts deliveries, CoverageOptions options)
    {
        _years = Array.FindAll(Arrays.Make(PanelRow.YearCount, year => year), deliveries.HasYear);
        Array.Fill(_place, -1);
        for (int place = 0; place < _years.Length; place++)
            _place[_years[place]] = place;
        _municipalityGaps = Gaps(books, RegisterColumn.Municipality, deliveries, options);
        if (options.Level == CoverageLevel.Workplace)
            _workplaceGaps = Gaps(books, RegisterColumn.Workplace, deliveries, options);
        HasGaps = _municipalityGaps.Contains(true) || _workplaceGaps?.Contains(true) == true;
    }

    /// <summary>How many years have rows.</summary>
    public int YearCount => _years.Length;

    /// <summary>The years that have rows, in order.</summary>
    public IReadOnlyList<int> Years => Array.ConvertAll(_years, year => year + PanelRow.FirstYear);

    /// <summary>Whether a year has the one before it too: the first has not, and none after a year that is missing as a whole.</summary>
    /// <param name="place">Place of the year among those that have rows.</param>
    public bool HasYearBefore(int place) => place > 0 && _years[place - 1] + 1 == _years[place];

    /// <summary>Whether a year has the one after it too.</summary>
    public bool HasYearAfter(int place) => place + 1 < _years.Length && HasYearBefore(place + 1);

    /// <summary>Place of a year among those that have rows.</summary>
    internal int PlaceOf(int yearIndex) => _place[yearIndex];

    /// <summary>Whether a municipality has a gap in a year.</summary>
    public bool IsMunicipalityGap(int municipality, int place) => _municipalityGaps[((municipality + 1) * YearCount) + place];

    /// <summary>Whether a workplace has a gap in a year; never where gaps of workplaces are not looked for.</summary>
    public bool IsWorkplaceGap(int workplace, int place) => _workplaceGaps is not null && _workplaceGaps[((workplace + 1) * YearCount) + place];

    /// <summary>Whether there is any gap at all.</summary>
    public bool HasGaps { get; }

    // Where the code itself is missing there is no unit that could have a gap.
    private bool[] Gaps(RegisterBooks books, RegisterColumn column, DeliveryCounts deliveries, CoverageOptions options)
    {
        CodeBook book = books[column];
        int[] groupOfUnit = books.CodesOf(column);
        int[][] rowsOfYear = Array.ConvertAll(_years, year => deliveries.RowsOf(year, groupOfUnit, book.Count));
        bool[] gaps = new bool[(book.Count + 1) * YearCount];
        int[] rows = new int[YearCount];
        for (int unit = 0; unit < book.Count; unit++)
        {
            for (int place = 0; place < rows.Length; place++)
                rows[place] = rowsOfYear[place][unit];
            FindGaps(rows, options.Threshold, gaps.AsSpan((unit + 1) * YearCount, YearCount));
        }
        foreach (MissingDelivery missing in options.Missing)
            if (book.Find(missing.Unit) is var unit and >= 0 && RegisterLimits.Years.Contains(missing.Year)
                && _place[missing.Year - PanelRow.FirstYear] is var place and >= 0)
                gaps[((unit + 1) * YearCount) + place] = true;
        return gaps;
    }

    // Every run of years between two others is tried, the longest first; years that are missing as a whole do not count as years.
    private static void FindGaps(ReadOnlySpan<int> rows, double threshold, Span<bool> gaps)
    {
        for (int before = 0; before < rows.Length; before++)
            for (int after = before + 2; after < rows.Length; after++)
            {
                double least = Math.Min(rows[before], rows[after]) * threshold;
                ReadOnlySpan<int> between = rows[(before + 1)..after];
                bool isGap = true;
                foreach (int count in between)
                    isGap &= count < least;
                if (isGap)
                    gaps[(before + 1)..after].Fill(true);
            }
    }
}
