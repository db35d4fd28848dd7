using RegisterEngine.Columns;

namespace RegisterEngine.Panel;

/// <summary>
/// Builds the person-years of one shard after the other: for one thread. Rows are linked by person and year; for each person, year by year, the main job is chosen,
/// and what it is in the years beside it tells new hires and transitions.
/// </summary>
internal sealed class PanelBuilder
{
    private const int Several = 1 << 31;

    private readonly PanelOptions _options;
    private readonly Coverage _coverage;
    private readonly MainJob _mainJob;
    private readonly int[] _workplaceOfUnit;
    private readonly int[] _municipalityOfUnit;
    private readonly PersonIndex _persons = new();
    private readonly List<byte[]> _texts = [];
    private readonly int _years;
    private readonly bool[] _hasBefore;
    private readonly bool[] _hasAfter;

    // For each person and year the first row + 1, with a sign that there are more, and for each row the next one of the same person and year; 0 for none.
    private int[] _heads = [];
    private int[] _next = [];

    // Of one person, by year.
    private readonly PersonYear[] _year;

    private PanelRow[] _jobs = new PanelRow[16];
    private PanelRow[] _panel = [];
    private int _count;

    public PanelBuilder(PanelCodes codes, PanelOptions options, Coverage coverage, int origins)
    {
        _options = options;
        _coverage = coverage;
        _mainJob = new MainJob(codes, options.MainJob);
        _workplaceOfUnit = codes.Workplace;
        _municipalityOfUnit = codes.Municipality;
        _years = coverage.YearCount;
        _year = new PersonYear[_years];
        _hasBefore = [.. Enumerable.Range(0, _years).Select(coverage.HasYearBefore)];
        _hasAfter = [.. Enumerable.Range(0, _years).Select(coverage.HasYearAfter)];
        Counts = new PanelCounts(origins, codes.Books[RegisterColumn.Municipality].Count, _years);
    }

    private enum Presence : byte
    {
        Absent,
        OutsideUniverse,
        InUniverse,
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
        Link(shard.Rows, shard.Texts);
        if (_panel.Length < shard.Rows.Length)
            _panel = GC.AllocateUninitializedArray<PanelRow>(shard.Rows.Length + (shard.Rows.Length / 4));
        _count = 0;
        _texts.Clear();
        foreach (int person in _persons.Order(shard.Texts))
        {
            Describe(person, shard.Rows);
            int before = _count;
            for (int year = 0; year < _years; year++)
            {
                if (_year[year].Presence != Presence.InUniverse)
                    continue;
                NewHire newHire = NewHireOf(person, year, shard.Rows);
                Transition transition = TransitionOf(year);
                Counts.PersonYear(newHire, transition);
                _panel[_count++] = _year[year].Main.With(newHire, transition);
            }
            if (_count > before && _panel[before].Person < 0)
                Name(before, shard.Texts, _persons.TextOf(person));
        }
    }

    private void Link(ReadOnlySpan<PanelRow> rows, ReadOnlySpan<byte> texts)
    {
        _heads.AsSpan(0, _persons.Count * _years).Clear();
        _persons.Clear(rows.Length);
        if (_next.Length < rows.Length)
            _next = new int[rows.Length + (rows.Length / 4)];
        int text = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int person;
            if (rows[i].Person >= 0)
                person = _persons.Of(rows[i].Person);
            else
            {
                int length = BitConverter.ToInt32(texts[text..]);
                person = _persons.Of(rows[i].Person, texts, (text + sizeof(int), length));
                text += sizeof(int) + length;
            }
            int at = (person * _years) + _coverage.PlaceOf(rows[i].YearIndex);
            if (at >= _heads.Length)
                Array.Resize(ref _heads, Math.Max((person + 1) * _years, _heads.Length * 2));
            int before = _heads[at] & ~Several;
            _next[i] = before;
            _heads[at] = before == 0 ? i + 1 : (i + 1) | Several;
        }
    }

    // Chooses the main job of a person in each year.
    private void Describe(int person, ReadOnlySpan<PanelRow> rows)
    {
        ReadOnlySpan<int> heads = _heads.AsSpan(person * _years, _years);
        for (int year = 0; year < heads.Length; year++)
        {
            ref PersonYear described = ref _year[year];
            int head = heads[year];
            if (head == 0)
            {
                described.Presence = Presence.Absent;
                continue;
            }
            bool within;
            if ((head & Several) == 0)
            {
                described.Main = rows[head - 1];
                within = _mainJob.IsInUniverse(described.Main);
                Counts.Person(described.Main, _municipalityOfUnit, year);
            }
            else
            {
                Span<PanelRow> jobs = Gather(head & ~Several, rows);
                Counts.Person(jobs, _municipalityOfUnit, year);
                within = _mainJob.TryChoose(jobs[.._mainJob.Distinct(jobs, year, Counts)], out described.Main);
            }
            described.Presence = within ? Presence.InUniverse : Presence.OutsideUniverse;
            described.Workplace = _workplaceOfUnit[described.Main.Unit];
        }
    }

    private Span<PanelRow> Gather(int head, ReadOnlySpan<PanelRow> rows)
    {
        int count = 0;
        for (; head != 0; head = _next[head - 1])
        {
            if (count == _jobs.Length)
                Array.Resize(ref _jobs, count * 2);
            _jobs[count++] = rows[head - 1];
        }
        return _jobs.AsSpan(0, count);
    }

    private NewHire NewHireOf(int person, int year, ReadOnlySpan<PanelRow> rows)
    {
        if (!_hasBefore[year])
            return NewHire.Unknown;
        ref PersonYear now = ref _year[year];
        ref PersonYear before = ref _year[year - 1];
        if (before.Presence == Presence.Absent)
            return HasGap(now, year - 1) ? NewHire.Unknown : NewHire.Yes;
        bool wasThere = _options.NewHire == NewHireRule.AnyJob
            ? HadJobAt(now.Workplace, person, year - 1, rows)
            : before.Presence == Presence.InUniverse && before.Workplace == now.Workplace;
        return wasThere ? NewHire.No : NewHire.Yes;
    }

    private Transition TransitionOf(int year)
    {
        if (!_hasAfter[year])
            return Transition.Unknown;
        ref PersonYear now = ref _year[year];
        ref PersonYear after = ref _year[year + 1];
        return after.Presence switch
        {
            Presence.InUniverse when after.Workplace == now.Workplace => Transition.Stay,
            Presence.InUniverse when MunicipalityOf(after) == MunicipalityOf(now) => Transition.MoveWithinMunicipality,
            Presence.InUniverse => Transition.MoveBetweenMunicipalities,
            Presence.OutsideUniverse => Transition.LeaveUniverse,
            _ => HasGap(now, year + 1) ? Transition.Unknown : Transition.LeaveRegister,
        };
    }

    private int MunicipalityOf(in PersonYear year) => _municipalityOfUnit[year.Main.Unit];

    private bool HasGap(in PersonYear now, int year) =>
        _coverage.HasGaps && (_coverage.IsMunicipalityGap(MunicipalityOf(now), year) || _coverage.IsWorkplaceGap(now.Workplace, year));

    private bool HadJobAt(int workplace, int person, int year, ReadOnlySpan<PanelRow> rows)
    {
        for (int head = _heads[(person * _years) + year] & ~Several; head != 0; head = _next[head - 1])
            if (_workplaceOfUnit[rows[head - 1].Unit] == workplace)
                return true;
        return false;
    }

    private void Name(int from, ReadOnlySpan<byte> texts, (int At, int Length) text)
    {
        for (int i = from; i < _count; i++)
            _panel[i] = _panel[i].WithPerson(long.MinValue | (long)_texts.Count);
        _texts.Add(texts.Slice(text.At, text.Length).ToArray());
    }

    private struct PersonYear
    {
        public PanelRow Main;
        public int Workplace;
        public Presence Presence;
    }
}
