using RegisterEngine.Columns;

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

    // By year, 1 where the data have the year before, or after, it too; else 0.
    private readonly int[] _hasBefore;
    private readonly int[] _hasAfter;

    // By YearPair.
    private readonly int[] _newHires = new int[YearPairs.Count];
    private readonly int[] _transitions = new int[YearPairs.Count];

    // By person-year: its main job, and what tells it from the one beside it.
    private PanelRow[] _panel = [];
    private UnitHome[] _home = [];
    private bool[] _within = [];

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
            _hasBefore[year] = coverage.HasYearBefore(year) ? 1 : 0;
            _hasAfter[year] = coverage.HasYearAfter(year) ? 1 : 0;
        }
        for (int pair = 0; pair < YearPairs.Count; pair++)
        {
            _newHires[pair] = (int)YearPairs.NewHireOf((YearPair)pair);
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
            _home = new UnitHome[room];
            _within = new bool[room];
        }
        ChooseMainJobs(shard.Rows);
        Classify(shard.Rows);
        _texts.Clear();
        if (!shard.Texts.IsEmpty)
            Name(shard.Texts);
    }

    private void ChooseMainJobs(ReadOnlySpan<PanelRow> rows)
    {
        ReadOnlySpan<int> places = _links.Places, years = _links.Years;
        Span<PanelRow> panel = _panel.AsSpan(0, years.Length);
        Span<UnitHome> homes = _home.AsSpan(0, years.Length);
        Span<bool> within = _within.AsSpan(0, years.Length);
        for (int i = 0; i < panel.Length; i++)
        {
            int only = _links.OnlyRow(places[i]);
            if (only >= 0)
            {
                ref readonly PanelRow row = ref rows[only];
                panel[i] = row;
                homes[i] = _homeOfUnit[row.Unit];
                within[i] = _mainJob.IsInUniverse(row);
                Counts.Person(row.Origin, homes[i].Municipality, years[i]);
            }
            else
            {
                Span<PanelRow> jobs = Gather(places[i], rows);
                Counts.Person(jobs, _homeOfUnit, years[i]);
                within[i] = _mainJob.TryChoose(jobs[.._mainJob.Distinct(jobs, years[i], Counts)], out panel[i]);
                homes[i] = _homeOfUnit[panel[i].Unit];
            }
        }
    }

    private Span<PanelRow> Gather(int place, ReadOnlySpan<PanelRow> rows)
    {
        int count = 0;
        for (int row = _links.LastRow(place); row >= 0; row = _links.Next(row))
        {
            if (count == _jobs.Length)
                Array.Resize(ref _jobs, count * 2);
            _jobs[count++] = rows[row];
        }
        return _jobs.AsSpan(0, count);
    }

    // Keeps the person-years of the universe.
    private void Classify(ReadOnlySpan<PanelRow> rows)
    {
        ReadOnlySpan<int> years = _links.Years;
        Span<int> places = _links.Places;
        int kept = 0;
        int before = 0;
        for (int i = 0; i < years.Length; i++)
        {
            int after = PairAt(i, places);
            var newHire = (NewHire)(_newHires[before] * _hasBefore[years[i]]);
            var transition = (Transition)(_transitions[after] * _hasAfter[years[i]]);
            if (_within[i])
            {
                if (_hasExceptions)
                {
                    newHire = Except(newHire, before != 0, i, places[i], rows);
                    transition = Except(transition, i);
                }
                Counts.PersonYear(newHire, transition);
                places[kept] = places[i];
                _panel[kept++] = _panel[i].With(newHire, transition);
            }
            before = after;
        }
        _count = kept;
    }

    // A person-year and the next, in bits; none at all where they are not of one person and years side by side.
    private int PairAt(int i, ReadOnlySpan<int> places)
    {
        int pair = (int)YearPair.Found
            | (_within[i] ? (int)YearPair.FirstWithin : 0)
            | (_within[i + 1] ? (int)YearPair.SecondWithin : 0)
            | (_home[i].Workplace == _home[i + 1].Workplace ? (int)YearPair.SameWorkplace : 0)
            | (_home[i].Municipality == _home[i + 1].Municipality ? (int)YearPair.SameMunicipality : 0);
        return places[i] + 1 == places[i + 1] ? pair : 0;
    }

    private NewHire Except(NewHire newHire, bool wasThere, int i, int place, ReadOnlySpan<PanelRow> rows) => (newHire, wasThere) switch
    {
        (NewHire.Yes, false) when HasGap(i, _links.Years[i] - 1) => NewHire.Unknown,
        (NewHire.Yes, true) when _options.NewHire == NewHireRule.AnyJob && HadJobAt(_home[i].Workplace, place - 1, rows) => NewHire.No,
        _ => newHire,
    };

    private Transition Except(Transition transition, int i) =>
        transition == Transition.LeaveRegister && HasGap(i, _links.Years[i] + 1) ? Transition.Unknown : transition;

    private bool HasGap(int i, int year) => _coverage.IsMunicipalityGap(_home[i].Municipality, year) || _coverage.IsWorkplaceGap(_home[i].Workplace, year);

    private bool HadJobAt(int workplace, int place, ReadOnlySpan<PanelRow> rows)
    {
        for (int row = _links.LastRow(place); row >= 0; row = _links.Next(row))
            if (_homeOfUnit[rows[row].Unit].Workplace == workplace)
                return true;
        return false;
    }

    // Gives the person-years of each person without a key of digits the place of the text.
    private void Name(ReadOnlySpan<byte> texts)
    {
        int last = -1;
        for (int i = 0; i < _count; i++)
        {
            if (_panel[i].Person >= 0)
                continue;
            int person = _links.PersonAt(_links.Places[i]);
            if (person != last)
            {
                last = person;
                (int at, int length) = _links.TextOf(person);
                _texts.Add(texts.Slice(at, length).ToArray());
            }
            _panel[i] = _panel[i].WithPerson(long.MinValue | (long)(_texts.Count - 1));
        }
    }
}
