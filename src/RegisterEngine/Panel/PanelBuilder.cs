using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>
/// Builds the person-years of one shard after the other: for one thread. Rows are linked by person and year; for each person-year the main job is chosen; then
/// person-years that stand side by side tell new hires and transitions.
/// </summary>
internal sealed class PanelBuilder
{
    private readonly PanelOptions _options;
    private readonly Coverage _coverage;
    private readonly MainJob _mainJob;
    private readonly ShardLinks _links;
    private readonly UnitHome[] _homeOfUnit;
    private readonly bool _hasExceptions;
    private readonly List<byte[]> _texts = [];

    // An outcome is a transition, and above it whether the person-year is a new hire.
    private const int OutcomeBits = PanelRow.TransitionBits;
    private const int Outcomes = (1 << OutcomeBits) - 1;

    // By year, all bits where the data have the year before, or after, it too; else none.
    private readonly int[] _hasBefore;
    private readonly int[] _hasAfter;

    // By YearPair, as outcomes.
    private readonly int[] _newHires = new int[YearPairs.Count];
    private readonly int[] _transitions = new int[YearPairs.Count];

    // By person-year: its main job, what tells it from the one beside it, whether it is in the universe (1, else 0), the signs of it and the next, and the outcome.
    private PanelRow[] _panel = [];
    private int[] _workplaces = [];
    private int[] _municipalities = [];
    private int[] _within = [];
    private int[] _pairs = [];
    private int[] _outcomes = [];

    // Those with several employments.
    private int[] _several = [];

    private PanelRow[] _jobs = new PanelRow[16];
    private int _count;

    public PanelBuilder(PanelCodes codes, PanelOptions options, Coverage coverage, int origins)
    {
        _options = options;
        _coverage = coverage;
        _mainJob = new MainJob(codes, options.MainJob);
        _links = new ShardLinks(coverage);
        _homeOfUnit = codes.Homes;
        _hasExceptions = coverage.HasGaps || options.NewHire == NewHireRule.AnyJob;
        _hasBefore = new int[coverage.YearCount];
        _hasAfter = new int[coverage.YearCount];
        for (int year = 0; year < coverage.YearCount; year++)
        {
            _hasBefore[year] = coverage.HasYearBefore(year) ? -1 : 0;
            _hasAfter[year] = coverage.HasYearAfter(year) ? -1 : 0;
        }
        for (int pair = 0; pair < YearPairs.Count; pair++)
        {
            _newHires[pair] = (int)YearPairs.NewHireOf((YearPair)pair) << OutcomeBits;
            _transitions[pair] = (int)YearPairs.TransitionOf((YearPair)pair);
        }
        Counts = new PanelCounts(origins, codes.Books[RegisterColumn.Municipality].Count, coverage.YearCount);
    }

    /// <summary>What was counted in all shards so far.</summary>
    public PanelCounts Counts { get; }

    /// <summary>The person-years of the shard that was built last: by a hash of the person, then by year.</summary>
    public ReadOnlySpan<PanelRow> Panel => _panel.AsSpan(0, _count);

    /// <summary>The keys of its persons that are no digits, in the order of the person-years; a row names its own by <see cref="PanelRow.Person"/> less the sign.</summary>
    public IReadOnlyList<byte[]> Texts => _texts;

    /// <summary>Builds the person-years of a shard.</summary>
    public void Build(ShardBuffer shard)
    {
        _links.Link(shard.Rows, shard.Texts);
        int room = _links.Count + 1;
        if (_panel.Length < room)
        {
            room += room / 4;
            _panel = GC.AllocateUninitializedArray<PanelRow>(room);
            _workplaces = new int[room];
            _municipalities = new int[room];
            _within = new int[room];
            _several = new int[room];
            _pairs = new int[room];
            _outcomes = new int[room];
        }
        ChooseMainJobs(shard.Rows);
        Classify(shard.Rows);
        _texts.Clear();
        if (!shard.Texts.IsEmpty)
            Name(shard.Texts);
        Keep();
    }

    private void ChooseMainJobs(ReadOnlySpan<PanelRow> rows)
    {
        ReadOnlySpan<int> years = _links.Years;
        Span<PanelRow> panel = _panel.AsSpan(0, years.Length);
        Span<int> workplaces = _workplaces.AsSpan(0, years.Length), municipalities = _municipalities.AsSpan(0, years.Length);
        // Most persons have one employment in a year: nobody can foresee who has more, so they are listed, and chosen among after.
        int several = _links.TakeFirst(rows, panel, _several);
        ReadOnlySpan<UnitHome> homes = _homeOfUnit;
        for (int i = 0; i < panel.Length; i++)
        {
            UnitHome home = homes[panel[i].Unit];
            workplaces[i] = home.Workplace;
            municipalities[i] = home.Municipality;
        }
        Counts.Persons(panel, municipalities, years);
        _mainJob.MarkUniverse(panel, _within);
        foreach (int i in _several.AsSpan(0, several))
        {
            Span<PanelRow> jobs = Gather(i, rows);
            Counts.More(jobs, _homeOfUnit, years[i]);
            _within[i] = _mainJob.TryChoose(jobs[.._mainJob.Distinct(jobs, years[i], Counts)], out panel[i]) ? 1 : 0;
            UnitHome home = _homeOfUnit[panel[i].Unit];
            workplaces[i] = home.Workplace;
            municipalities[i] = home.Municipality;
        }
    }

    private Span<PanelRow> Gather(int personYear, ReadOnlySpan<PanelRow> rows)
    {
        int count = _links.RowsOf(personYear);
        if (count > _jobs.Length)
            _jobs = new PanelRow[count * 2];
        for (int i = 0; i < count; i++)
            _jobs[i] = rows[_links.Row(personYear, i)];
        return _jobs.AsSpan(0, count);
    }

    private void Classify(ReadOnlySpan<PanelRow> rows)
    {
        ReadOnlySpan<int> years = _links.Years;
        Span<int> pairs = _pairs.AsSpan(0, years.Length), outcomes = _outcomes.AsSpan(0, years.Length);
        PairScan.Compare(_links.Places, _within, _workplaces, _municipalities, pairs);
        int before = 0;
        for (int i = 0; i < outcomes.Length; i++)
        {
            int year = years[i], after = pairs[i];
            outcomes[i] = (_newHires[before] & _hasBefore[year]) | (_transitions[after] & _hasAfter[year]);
            before = after;
        }
        if (_hasExceptions)
            Except(rows);
    }

    // Keeps the person-years of the universe, with what became of them.
    private void Keep()
    {
        Span<PanelRow> panel = _panel.AsSpan(0, _links.Count);
        Span<int> outcomes = _outcomes.AsSpan(0, panel.Length);
        _count = panel.Length;
        if (!_mainJob.TakesEverything)
        {
            _count = 0;
            for (int i = 0; i < panel.Length; i++)
            {
                (panel[_count], outcomes[_count]) = (panel[i], outcomes[i]);
                _count += _within[i];
            }
        }
        PanelRow.SetOutcomes(panel[.._count], outcomes);
        Counts.CountOutcomes(outcomes[.._count]);
    }

    private void Except(ReadOnlySpan<PanelRow> rows)
    {
        for (int i = 0; i < _links.Count; i++)
        {
            if (_within[i] == 0)
                continue;
            NewHire newHire = Except((NewHire)(_outcomes[i] >> OutcomeBits), i > 0 && _pairs[i - 1] != 0, i, rows);
            _outcomes[i] = ((int)newHire << OutcomeBits) | (int)Except((Transition)(_outcomes[i] & Outcomes), i);
        }
    }

    private NewHire Except(NewHire newHire, bool wasThere, int i, ReadOnlySpan<PanelRow> rows) => (newHire, wasThere) switch
    {
        (NewHire.Yes, false) when HasGap(i, _links.Years[i] - 1) => NewHire.Unknown,
        (NewHire.Yes, true) when _options.NewHire == NewHireRule.AnyJob && HadJobAt(_workplaces[i], i - 1, rows) => NewHire.No,
        _ => newHire,
    };

    private Transition Except(Transition transition, int i) =>
        transition == Transition.LeaveRegister && HasGap(i, _links.Years[i] + 1) ? Transition.Unknown : transition;

    private bool HasGap(int i, int year) => _coverage.IsMunicipalityGap(_municipalities[i], year) || _coverage.IsWorkplaceGap(_workplaces[i], year);

    private bool HadJobAt(int workplace, int personYear, ReadOnlySpan<PanelRow> rows)
    {
        for (int i = 0; i < _links.RowsOf(personYear); i++)
            if (_homeOfUnit[rows[_links.Row(personYear, i)].Unit].Workplace == workplace)
                return true;
        return false;
    }

    // Gives the person-years of each person without a key of digits the place of the text.
    private void Name(ReadOnlySpan<byte> texts)
    {
        int last = -1;
        for (int i = 0; i < _links.Count; i++)
        {
            if (_within[i] == 0 || _panel[i].Person >= 0)
                continue;
            int person = _links.PersonAt(_links.Places[i]);
            if (person != last)
            {
                last = person;
                _texts.Add(_links.TextOf(_links.Row(i, 0), texts).ToArray());
            }
            _panel[i] = _panel[i].WithPerson(long.MinValue | (long)(_texts.Count - 1));
        }
    }
}
