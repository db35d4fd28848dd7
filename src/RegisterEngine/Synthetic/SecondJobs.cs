using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>An employment beside the main job.</summary>
internal readonly record struct SecondJob(int Person, int Workplace, ushort Start, ushort Size, byte Position, EmploymentForm Form);

/// <summary>The employments beside the main jobs, at the count of the present year: at most two a person, each smaller than the main job.</summary>
internal sealed class SecondJobs(MunicipalSector sector, Workforce workforce)
{
    // Of persons; with them there are 1.167 employments a person.
    private const double Share = 0.167;
    private const double Ends = 0.30;
    private const double HasAnother = 0.25;
    private const int Most = 2;

    private static readonly int Assistant = Positions.Find("6572");

    private static readonly (double Permanent, double Temporary) Forms = (0.45, 0.73);

    private List<SecondJob> _jobs = [];

    // For each person the place of the first job + 1, and how many there are.
    private (int First, int Count)[] _ofPerson = new (int, int)[1 << 16];

    /// <summary>All of them.</summary>
    public List<SecondJob> Jobs => _jobs;

    /// <summary>The first second job of a person, or null.</summary>
    public SecondJob? Find(int person) => person < _ofPerson.Length && _ofPerson[person].First > 0 ? _jobs[_ofPerson[person].First - 1] : null;

    /// <summary>Ends some jobs, and lets others begin.</summary>
    /// <param name="year">The year of the count, at which everybody sits in the seats already.</param>
    /// <param name="persons">How many persons there have ever been.</param>
    /// <param name="random">Chance.</param>
    public void Renew(int year, int persons, SplitMix64 random)
    {
        List<SecondJob> before = _jobs;
        _jobs = new List<SecondJob>(before.Count + (before.Count / 4));
        foreach (SecondJob job in before)
            _ofPerson[job.Person] = default;
        if (persons > _ofPerson.Length)
            Array.Resize(ref _ofPerson, Math.Max(persons, _ofPerson.Length * 2));
        foreach (SecondJob job in before)
            if (!random.Happens(Ends) && GoesOn(job))
                Add(job);
        int wanted = (int)(Share * workforce.Persons);
        for (int tries = 0; _jobs.Count < wanted && tries < 10 * wanted; tries++)
        {
            int seat = random.Next(sector.Seats);
            if (workforce.Person[seat] != Workforce.Nobody && CanBegin(seat, random))
                Begin(seat, year, random);
        }
    }

    // Whoever makes a second job the main one has it no longer.
    private bool GoesOn(SecondJob job)
    {
        int seat = workforce.SeatOf(job.Person);
        return seat != Workforce.Nobody && job.Size < workforce.Size[seat]
            && !(sector.WorkplaceOfSeat[seat] == job.Workplace && workforce.Start[seat] == job.Start);
    }

    private bool CanBegin(int seat, SplitMix64 random)
    {
        int count = _ofPerson[workforce.Person[seat]].Count;
        return workforce.Size[seat] >= PositionSizes.LeastWithSecond && (count == 0 || (count < Most && random.Happens(HasAnother)));
    }

    private void Begin(int seat, int year, SplitMix64 random)
    {
        int workplace = Choose(seat, random);
        int person = workforce.Person[seat];
        if (Find(person)?.Workplace == workplace)
            return;
        int position = sector.PositionOfSeat[sector.Workplaces[workplace].FirstSeat + random.Next(sector.Workplaces[workplace].Seats)];
        if (sector.AreaOfWorkplace[workplace] == sector.AreaOfWorkplace[sector.WorkplaceOfSeat[seat]] && random.Happens(0.7))
            position = sector.PositionOfSeat[seat];
        if (Positions.All[position].Family == JobFamily.Leader)
            position = Assistant;
        int size = PositionSizes.OfSecondJob(workforce.Size[seat], random);
        ushort start = Calendar.StartIn(year, Positions.All[position].Family, random);
        double kind = random.NextUnit();
        EmploymentForm form = kind < Forms.Permanent ? EmploymentForm.Permanent : kind < Forms.Temporary ? EmploymentForm.Temporary : EmploymentForm.Substitute;
        Add(new SecondJob(person, workplace, start, (ushort)size, (byte)position, form));
    }

    // Mostly another workplace of the same kind of work in the municipality; now and then the same one, any other, or one elsewhere.
    private int Choose(int seat, SplitMix64 random)
    {
        int workplace = sector.WorkplaceOfSeat[seat];
        int municipality = sector.MunicipalityOfWorkplace[workplace];
        ServiceArea area = sector.AreaOfWorkplace[workplace];
        int kind = random.Next(100);
        return kind switch
        {
            < 8 => workplace,
            < 72 => Among(sector.WorkplacesIn(municipality, area), random),
            < 86 => Among(sector.WorkplacesIn(municipality), random),
            _ => Among(sector.WorkplacesIn(random.Next(sector.Municipalities.Length), area), random),
        };
    }

    private static int Among(Range range, SplitMix64 random) => range.Start.Value + random.Next(range.End.Value - range.Start.Value);

    private void Add(SecondJob job)
    {
        _jobs.Add(job);
        ref (int First, int Count) of = ref _ofPerson[job.Person];
        of = (of.Count == 0 ? _jobs.Count : of.First, of.Count + 1);
    }
}
