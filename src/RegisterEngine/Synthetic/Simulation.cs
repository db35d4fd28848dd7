using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>
/// Lets the sector live from count to count: people leave and move by their risks, movers and people from outside take vacant seats. It has lived for some years
/// before the first count that is written down, so that this one looks like all others.
/// </summary>
internal sealed class Simulation
{
    private const int YearsBefore = 6;

    // One seat in eighty is vacant.
    private const double SeatsOverPersons = 1.0125;
    private const double NewHiresAtStart = 0.2;
    private const double LeavesTenure = 0.12;
    private const int LongestTenure = 38;

    private readonly SyntheticOptions _options;
    private readonly Workforce _workforce;
    private readonly SecondJobs _secondJobs;
    private readonly JobMarket _market;
    private readonly Entrants _entrants;
    private readonly Outcome[] _outcomes;

    public Simulation(SyntheticOptions options)
    {
        _options = options;
        People = new People(options.Seed);
        Sector = SectorBuilder.Build((int)(options.Persons * SeatsOverPersons), options.Seed);
        Treated = TreatedWorkplaces.Choose(Sector, options.Treatment);
        _workforce = new Workforce(Sector);
        _secondJobs = new SecondJobs(Sector, _workforce);
        _market = new JobMarket(Sector, _workforce, _secondJobs);
        _entrants = new Entrants(Sector, _workforce, People);
        _outcomes = new Outcome[Sector.Seats];
        Departures = new Departures(Sector, _workforce, People, options.Treatment, Treated);
    }

    private enum Purpose
    {
        Opening = 10,
        Departures,
        Market,
        Entrants,
        SecondJobs,
    }

    /// <summary>Municipalities, workplaces and seats.</summary>
    public MunicipalSector Sector { get; }

    /// <summary>All persons.</summary>
    public People People { get; }

    /// <summary>The workplaces of the programme.</summary>
    public IReadOnlyList<TreatedWorkplace> Treated { get; }

    /// <summary>What was decided.</summary>
    public Departures Departures { get; }

    /// <summary>Lives through all years.</summary>
    public List<RegisterYear> Run(CancellationToken cancellation)
    {
        var years = new List<RegisterYear>();
        int year = _options.Years.From - YearsBefore;
        Open(year);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            RegisterYear? written = year < _options.Years.From ? null : new RegisterYear(year, Sector, _workforce, _secondJobs, People);
            if (written is not null)
                years.Add(written);
            if (year == _options.Years.To)
                return years;
            Live(year);
            written?.Note(_outcomes);
            year++;
        }
    }

    // From the count of a year to that of the next.
    private void Live(int year)
    {
        Departures.Decide(year, _outcomes, RandomFor(Purpose.Departures, year));
        Array.Clear(_workforce.IsNewHire);
        var movers = new List<Mover>();
        var leavers = new List<(int Person, JobFamily Family)>();
        for (int seat = 0; seat < _outcomes.Length; seat++)
        {
            if (_outcomes[seat] == Outcome.Left)
                leavers.Add((_workforce.Leave(seat), _market.FamilyOf(seat)));
            else if (_outcomes[seat] == Outcome.MovedWithin)
                movers.Add(new Mover(_workforce.Leave(seat), seat, _workforce.Form[seat]));
        }
        SplitMix64 market = RandomFor(Purpose.Market, year);
        int[] vacant = _market.Place([.. movers], year + 1, _outcomes, market);
        SplitMix64 entrants = RandomFor(Purpose.Entrants, year);
        _entrants.Fill(vacant, PersonsAt(entrants), year + 1, entrants);
        foreach ((int person, JobFamily family) in leavers)
            _entrants.Remember(person, family);
        _secondJobs.Renew(year + 1, People.Count, RandomFor(Purpose.SecondJobs, year));
    }

    // Somebody sits in nearly every seat, since some time ago; the years before the first count make it all consistent.
    private void Open(int year)
    {
        SplitMix64 random = RandomFor(Purpose.Opening, year);
        for (int seat = 0; seat < Sector.Seats; seat++)
        {
            if (!random.Happens(1 / SeatsOverPersons))
                continue;
            Position position = Positions.All[Sector.PositionOfSeat[seat]];
            int age = Ages.OfPresent(position.Entry, random);
            int tenure = 0;
            if (!random.Happens(NewHiresAtStart))
                for (tenure = 1; tenure < Math.Min(age - Ages.Youngest, LongestTenure) && !random.Happens(LeavesTenure);)
                    tenure++;
            int person = People.Add(year - age, random.Happens(position.Women));
            EmploymentForm form = tenure > 2 ? EmploymentForm.Permanent : Entrants.FormOf(position, random);
            ushort start = Calendar.StartIn(year - tenure, position.Family, random);
            _workforce.Take(seat, person, start, PositionSizes.OfMainJob(position.Sizes, random), form, isNewHire: tenure == 0);
        }
        _secondJobs.Renew(year, People.Count, RandomFor(Purpose.SecondJobs, year - 1));
    }

    // The stock goes up and down by a few in a thousand.
    private int PersonsAt(SplitMix64 random) => (int)(_options.Persons * (0.997 + (0.006 * random.NextUnit())));

    private SplitMix64 RandomFor(Purpose purpose, int year) => SplitMix64.For(_options.Seed, (int)purpose, year);
}
