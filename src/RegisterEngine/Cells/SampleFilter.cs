using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Finds the person-years of a sample.</summary>
internal sealed class SampleFilter
{
    /// <summary>Stands for a sample that has all rows.</summary>
    public const int All = -1;

    private readonly Sample _sample;
    private readonly bool[]? _years;
    private readonly bool[]? _units;
    private readonly bool[]? _jobs;
    private readonly bool _hasAll;
    private readonly bool _hasOnlySizes;

    public SampleFilter(Sample sample, PanelCodes codes)
    {
        _sample = sample;
        if (sample.Years is { } years)
            _years = Arrays.Make(PanelRow.YearCount, year => years.Contains(year + PanelRow.FirstYear));
        _units = And(Among(codes, RegisterColumn.Municipality, sample.Municipalities), Among(codes, RegisterColumn.Workplace, sample.Workplaces));
        _jobs = And(Among(codes, RegisterColumn.PositionCode, sample.PositionCodes), Among(codes, RegisterColumn.ServiceArea, sample.ServiceAreas));
        _hasOnlySizes = sample.IsBySizeAlone;
        _hasAll = _hasOnlySizes && sample.MinimumSize is null;
    }

    /// <summary>Lists the rows of the sample.</summary>
    /// <returns>How many there are, or <see cref="All"/>, with nothing listed.</returns>
    public int Select(ReadOnlySpan<PanelRow> rows, Span<int> selected)
    {
        if (_hasAll)
            return All;
        int minimum = _sample.MinimumSize ?? int.MinValue;
        if (_hasOnlySizes)
            return SelectSizes(rows, minimum, selected);
        int count = 0;
        NewHire? newHire = _sample.NewHire;
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly PanelRow row = ref rows[i];
            bool within = row.Size >= minimum && (newHire is null || row.NewHire == newHire)
                && (_years is null || _years[row.YearIndex])
                && (_units is null || _units[row.Unit])
                && (_jobs is null || _jobs[row.Job]);
            selected[count] = i;
            count += within ? 1 : 0;
        }
        return count;
    }

    // Without a branch: who works part-time nobody can foresee.
    private static int SelectSizes(ReadOnlySpan<PanelRow> rows, int minimum, Span<int> selected)
    {
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            selected[count] = i;
            count += rows[i].Size >= minimum ? 1 : 0;
        }
        return count;
    }

    private static bool[]? Among(PanelCodes codes, RegisterColumn column, IReadOnlyList<string>? texts)
    {
        if (texts is null)
            return null;
        CodeBook book = codes.Books[column];
        HashSet<int> among = [.. texts.Select(book.Find).Where(code => code != CodeBook.Missing)];
        return [.. codes.Books.CodesOf(column).Select(among.Contains)];
    }

    private static bool[]? And(bool[]? a, bool[]? b) => a is null ? b : b is null ? a : [.. a.Zip(b, (x, y) => x && y)];
}
