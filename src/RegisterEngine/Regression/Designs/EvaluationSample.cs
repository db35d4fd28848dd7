using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>The cells of a population, and what each is in the design: treated or control, before or after.</summary>
public sealed class EvaluationSample
{
    private const int Ends = 1024;

    // Several models are of the same few cells.
    private readonly Lazy<EvaluationSample> _collapsed;
    private readonly Lazy<Grouping> _workplaces;

    private EvaluationSample(CellFrame frame, Treatments treatments, int[] years, int[] treated, bool[] control)
    {
        Frame = frame;
        Treatments = treatments;
        Years = years;
        Treated = treated;
        IsControl = control;
        _workplaces = new Lazy<Grouping>(() => frame.Grouping(Dimension.Workplace, "workplace").WithoutEmpty());
        _collapsed = new Lazy<EvaluationSample>(Collapsed);
        Post = new bool[years.Length];
        var treatedCells = new List<int>();
        for (int cell = 0; cell < Post.Length; cell++)
        {
            Post[cell] = years[cell] >= StartOf(cell);
            if (treated[cell] >= 0)
                treatedCells.Add(cell);
        }
        TreatedCells = [.. treatedCells];
    }

    /// <summary>The cells.</summary>
    public CellFrame Frame { get; }

    /// <summary>The programme.</summary>
    public Treatments Treatments { get; }

    /// <summary>The workplaces as a factor, without those that have no cells.</summary>
    internal Grouping Workplaces => _workplaces.Value;

    /// <summary>By cell, the year.</summary>
    public int[] Years { get; }

    /// <summary>By cell, the place of its workplace in the treatment table; -1 where it is not treated.</summary>
    public int[] Treated { get; }

    /// <summary>By cell, whether its municipality has no treated workplace.</summary>
    public bool[] IsControl { get; }

    /// <summary>By cell, whether the programme has begun: at its workplace, or, where that is not treated, at most of the others.</summary>
    public bool[] Post { get; }

    /// <summary>Treated workplaces that have cells here.</summary>
    public IReadOnlyList<int> TreatedHere => [.. TreatedCells.Select(cell => Treated[cell]).Distinct().Order()];

    /// <summary>The cells of treated workplaces, rising.</summary>
    internal int[] TreatedCells { get; }

    /// <summary>The first year of the programme at the workplace of a cell.</summary>
    public int StartOf(int cell) => Treated[cell] >= 0 ? Treatments.All[Treated[cell]].StartYear : Treatments.StartYear;

    /// <summary>The cells of a table by workplace, municipality and year (and new hires) as a design.</summary>
    /// <param name="table">The cells.</param>
    /// <param name="treatments">The programme.</param>
    /// <param name="years">Which years count; null for two before the start of the programme and all after it.</param>
    /// <param name="newHire">Value of the dimension of new hires that counts; null for all.</param>
    /// <exception cref="RegressionException">The programme has workplaces or years that the data do not have.</exception>
    public static EvaluationSample Of(MomentTable table, Treatments treatments, IReadOnlyList<int>? years, string? newHire)
    {
        bool Counts(int year) => years is null ? year >= treatments.StartYear - Evaluation.YearsBefore : years.Contains(year);
        IReadOnlyList<string> workplaces = LabelsOf(Dimension.Workplace);
        IReadOnlyList<string> dataYears = LabelsOf(Dimension.Year);
        var programme = treatments.All.Index().ToDictionary(pair => pair.Item.Workplace, pair => pair.Index, StringComparer.Ordinal);
        int[] places = new int[workplaces.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Most workplaces do not end as any of the programme: only the others are looked up.
        bool[] ends = new bool[Ends];
        foreach (string workplace in programme.Keys)
            ends[EndOf(workplace)] = true;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = ends[EndOf(workplaces[i])] && programme.TryGetValue(workplaces[i], out int place) ? place : -1;
            if (places[i] >= 0)
                seen.Add(workplaces[i]);
        }
        Check(treatments, seen, dataYears);
        int[] workplaceOf = table.AllOfValues[table.Find(Dimension.Workplace)], yearOf = table.AllOfValues[table.Find(Dimension.Year)];
        bool[] countsIn = [.. dataYears.Select(year => Counts(int.Parse(year, System.Globalization.CultureInfo.InvariantCulture)))];
        int[] newHires = newHire is null ? [] : table.AllOfValues[table.Find(Dimension.NewHire)];
        int counted = newHire is null ? -1 : LabelsOf(Dimension.NewHire).Index().First(label => label.Item == newHire).Index;
        // Of all person-years, new hires or not.
        CellFrame treated = CellFrame.Of(table, CellChoice.Where(table.Count, cell => (places[workplaceOf[cell]] >= 0) & countsIn[yearOf[cell]]));
        bool[] touched = new bool[treated.Labels(Dimension.Municipality).Count];
        foreach (int of in treated.Values(Dimension.Municipality))
            touched[of] = true;
        CellFrame frame = CellFrame.Of(table, CellChoice.Where(table.Count, newHire is null ? cell => countsIn[yearOf[cell]] : cell => countsIn[yearOf[cell]] & (newHires[cell] == counted)));
        int[] municipality = frame.Values(Dimension.Municipality);
        return new EvaluationSample(frame, treatments, frame.Years(), Array.ConvertAll(frame.Values(Dimension.Workplace), workplace => places[workplace]), Array.ConvertAll(municipality, of => !touched[of]));

        IReadOnlyList<string> LabelsOf(Dimension dimension) => table.Dimensions[table.Find(dimension)].Labels;
    }

    /// <summary>Some of the cells.</summary>
    public EvaluationSample Where(Func<int, bool> within)
    {
        int[] places = CellChoice.Where(Frame.Count, within);
        return places.Length == Frame.Count ? this : Among(Frame.Among(places), places);
    }

    /// <summary>Cells of treated workplaces.</summary>
    public EvaluationSample TreatedOnly() => Where(cell => Treated[cell] >= 0);

    /// <summary>Cells of treated workplaces and of municipalities without any.</summary>
    public EvaluationSample WithControls() => Where(cell => Treated[cell] >= 0 || IsControl[cell]);

    /// <summary>All cells before the start, and those of some years after it.</summary>
    /// <param name="after">Years of the period after.</param>
    public EvaluationSample During(IReadOnlyList<int> after) => Where(cell => !Post[cell] || after.Contains(Years[cell]));

    /// <summary>The same design without its workplaces: cells that agree in all else are added together.</summary>
    public EvaluationSample Collapse() => _collapsed.Value;

    private EvaluationSample Collapsed()
    {
        int[] years = [.. Years.Distinct()], starts = [.. Treatments.All.Select(treatment => treatment.StartYear).Distinct()];
        int controls = 1 + (int)KnownControls.Both;
        int[] groups = GC.AllocateUninitializedArray<int>(Frame.Count);
        for (int cell = 0; cell < groups.Length; cell++)
        {
            int start = Treated[cell] < 0 ? 0 : 1 + Array.IndexOf(starts, StartOf(cell));
            int design = (((Array.IndexOf(years, Years[cell]) * (starts.Length + 1)) + start) * 2) + (IsControl[cell] ? 1 : 0);
            groups[cell] = (design * controls) + (int)Frame.Known[cell];
        }
        CellFrame frame = Frame.Collapse(groups, out int[] first);
        return Among(frame, first);
    }

    private EvaluationSample Among(CellFrame frame, int[] places) =>
        new(frame, Treatments, CellChoice.Among(Years, places), CellChoice.Among(Treated, places), CellChoice.Among(IsControl, places));

    /// <summary>Counts of a measure at treated workplaces before the start.</summary>
    internal Proportion TreatedBefore(Measure measure)
    {
        long count = 0, of = 0;
        foreach (int cell in TreatedCells)
            if (!Post[cell])
                (count, of) = (count + Frame.Counted(cell, measure), of + Frame.RowsOf(cell));
        return new Proportion(count, of);
    }

    /// <summary>Counts of a measure among some cells.</summary>
    public Proportion Count(Measure measure, Func<int, bool> within)
    {
        long count = 0, of = 0;
        for (int cell = 0; cell < Frame.Count; cell++)
            if (within(cell))
            {
                count += Frame.Counted(cell, measure);
                of += Frame.RowsOf(cell);
            }
        return new Proportion(count, of);
    }

    private static int EndOf(string label) => label.Length < 2 ? 0 : ((label[^2] * 31) + label[^1]) & (Ends - 1);

    private static void Check(Treatments treatments, HashSet<string> known, IReadOnlyList<string> years)
    {
        string[] unknown = [.. treatments.All.Select(treatment => treatment.Workplace).Where(workplace => !known.Contains(workplace))];
        if (unknown.Length > 0)
            throw new RegressionException(
                $"The extracts have no workplace {string.Join(", ", unknown.Select(workplace => $"'{workplace}'"))} of the treatment table; its ids must be written as in the extracts.");
        int first = int.Parse(years[0], System.Globalization.CultureInfo.InvariantCulture), last = int.Parse(years[^1], System.Globalization.CultureInfo.InvariantCulture);
        Treatment[] outside = [.. treatments.All.Where(treatment => treatment.StartYear < first || treatment.StartYear > last)];
        if (outside.Length > 0)
            throw new RegressionException(
                $"The extracts have the years {first} to {last}, but the treatment table begins {string.Join(", ", outside.Select(treatment => $"'{treatment.Label}' in {treatment.StartYear}"))}.");
    }
}
