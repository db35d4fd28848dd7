using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>The cells of a population, and what each is in the design: treated or control, before or after.</summary>
public sealed class EvaluationSample
{
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
        Post = [.. years.Select((year, cell) => year >= StartOf(cell))];
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
    public IReadOnlyList<int> TreatedHere => [.. Treated.Where(place => place >= 0).Distinct().Order()];

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
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = programme.TryGetValue(workplaces[i], out int place) ? place : -1;
            if (places[i] >= 0)
                seen.Add(workplaces[i]);
        }
        Check(treatments, seen, dataYears);
        int[] workplaceOf = table.AllOfValues[table.Find(Dimension.Workplace)];
        // Of all person-years, new hires or not.
        CellFrame treated = CellFrame.Of(table, Counts, cell => places[workplaceOf[cell]] >= 0);
        bool[] touched = new bool[treated.Labels(Dimension.Municipality).Count];
        foreach (int of in treated.Values(Dimension.Municipality))
            touched[of] = true;
        int[]? newHires = newHire is null ? null : table.AllOfValues[table.Find(Dimension.NewHire)];
        int counted = newHire is null ? -1 : LabelsOf(Dimension.NewHire).Index().First(label => label.Item == newHire).Index;
        CellFrame frame = CellFrame.Of(table, Counts, newHires is null ? null : cell => newHires[cell] == counted);
        int[] municipality = frame.Values(Dimension.Municipality);
        return new EvaluationSample(
            frame, treatments, frame.Years(), [.. frame.Values(Dimension.Workplace).Select(workplace => places[workplace])], [.. municipality.Select(of => !touched[of])]);

        IReadOnlyList<string> LabelsOf(Dimension dimension) => table.Dimensions[table.Find(dimension)].Labels;
    }

    /// <summary>Some of the cells.</summary>
    public EvaluationSample Where(Func<int, bool> within)
    {
        int[] places = [.. Enumerable.Range(0, Frame.Count).Where(within)];
        bool[] kept = new bool[Frame.Count];
        foreach (int place in places)
            kept[place] = true;
        return new EvaluationSample(
            Frame.Where(cell => kept[cell]), Treatments, [.. places.Select(place => Years[place])], [.. places.Select(place => Treated[place])],
            [.. places.Select(place => IsControl[place])]);
    }

    /// <summary>Cells of treated workplaces.</summary>
    public EvaluationSample TreatedOnly() => Where(cell => Treated[cell] >= 0);

    /// <summary>Cells of treated workplaces and of municipalities without any.</summary>
    public EvaluationSample WithControls() => Where(cell => Treated[cell] >= 0 || IsControl[cell]);

    /// <summary>The same design without its workplaces: cells that agree in all else are added together.</summary>
    public EvaluationSample Collapse() => _collapsed.Value;

    private EvaluationSample Collapsed()
    {
        var groups = new Dictionary<(int, int, bool, KnownControls), int>();
        int[] codes = new int[Frame.Count];
        for (int cell = 0; cell < codes.Length; cell++)
        {
            (int, int, bool, KnownControls) key = (Years[cell], Treated[cell] >= 0 ? StartOf(cell) : 0, IsControl[cell], Frame.Known[cell]);
            if (!groups.TryGetValue(key, out codes[cell]))
                groups[key] = codes[cell] = groups.Count;
        }
        int[] first = new int[groups.Count];
        for (int cell = codes.Length - 1; cell >= 0; cell--)
            first[codes[cell]] = cell;
        return new EvaluationSample(
            Frame.Collapse(codes), Treatments, [.. first.Select(cell => Years[cell])], [.. first.Select(cell => Treated[cell])], [.. first.Select(cell => IsControl[cell])]);
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
