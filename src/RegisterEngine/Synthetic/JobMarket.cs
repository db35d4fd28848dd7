using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Somebody who has left a seat for another workplace.</summary>
/// <param name="Person">Who.</param>
/// <param name="From">The seat that was left.</param>
/// <param name="Form">The form of the employment there.</param>
internal readonly record struct Mover(int Person, int From, EmploymentForm Form);

/// <summary>
/// Gives vacant seats to movers: most look in their own municipality, nearly all for a position of their own family; some make their second job the main one.
/// </summary>
internal sealed class JobMarket(MunicipalSector sector, Workforce workforce, SecondJobs secondJobs)
{
    private const double SecondBecomesMain = 0.35;
    private const double OtherFamily = 0.07;
    private const double SameCounty = 0.6;
    private const int TriesInCounty = 6;

    private static readonly int Families = Enum.GetValues<JobFamily>().Length;

    private readonly JobFamily[] _familyOfSeat = [.. sector.PositionOfSeat.Select(position => Positions.All[position].Family)];

    /// <summary>The family of a seat's position.</summary>
    public JobFamily FamilyOf(int seat) => _familyOfSeat[seat];

    /// <summary>Places movers, and returns the seats that are still vacant.</summary>
    /// <param name="movers">Movers; put into random order.</param>
    /// <param name="year">The year of the count at which they sit in their new seats.</param>
    /// <param name="outcomes">What became of whoever sat in a seat the year before; a mover who finds no seat has left.</param>
    /// <param name="random">Chance.</param>
    public int[] Place(Span<Mover> movers, int year, Span<Outcome> outcomes, SplitMix64 random)
    {
        random.Shuffle(movers);
        var waiting = new List<Mover>(movers.Length);
        foreach (Mover mover in movers)
        {
            (int seat, ushort start) = random.Happens(SecondBecomesMain) ? AtSecondJob(mover.Person, mover.From) : (Workforce.Nobody, default);
            if (seat == Workforce.Nobody)
                waiting.Add(mover);
            else
                outcomes[mover.From] = Sit(mover, seat, start, random);
        }

        var local = new SeatPool(Vacant(), seat => (MunicipalityOf(seat) * Families) + (int)_familyOfSeat[seat], sector.Municipalities.Length * Families);
        var searching = new List<Mover>();
        foreach (Mover mover in waiting)
        {
            int seat = random.Happens(WithinShare(mover.From)) ? FindLocal(local, mover, random) : Workforce.Nobody;
            if (seat == Workforce.Nobody)
                searching.Add(mover);
            else
                outcomes[mover.From] = Sit(mover, seat, StartOf(seat), random);
        }

        var national = new SeatPool(local.Left(), seat => (int)_familyOfSeat[seat], Families);
        foreach (Mover mover in searching)
        {
            int seat = FindNational(national, mover, random);
            outcomes[mover.From] = seat == Workforce.Nobody ? Outcome.Left : Sit(mover, seat, StartOf(seat), random);
        }
        return national.Left();

        ushort StartOf(int seat) => Calendar.StartIn(year, _familyOfSeat[seat], random);
    }

    private Outcome Sit(Mover mover, int seat, ushort start, SplitMix64 random)
    {
        EmploymentForm form = mover.Form == EmploymentForm.Permanent && random.Happens(0.85) ? EmploymentForm.Permanent : Entrants.FormOf(Positions.All[sector.PositionOfSeat[seat]], random);
        int size = PositionSizes.OfMainJob(Positions.All[sector.PositionOfSeat[seat]].Sizes, random);
        workforce.Take(seat, mover.Person, start, size, form, isNewHire: true);
        return MunicipalityOf(seat) == MunicipalityOf(mover.From) ? Outcome.MovedWithin : Outcome.MovedBetween;
    }

    // A vacant seat at the workplace of the person's second job, since when he or she has been there.
    private (int Seat, ushort Start) AtSecondJob(int person, int from)
    {
        if (secondJobs.Find(person) is not { } second || second.Workplace == sector.WorkplaceOfSeat[from])
            return (Workforce.Nobody, default);
        Workplace workplace = sector.Workplaces[second.Workplace];
        for (int seat = workplace.FirstSeat; seat < workplace.FirstSeat + workplace.Seats; seat++)
            if (workforce.Person[seat] == Workforce.Nobody)
                return (seat, second.Start);
        return (Workforce.Nobody, default);
    }

    private int FindLocal(SeatPool pool, Mover mover, SplitMix64 random)
    {
        int workplace = sector.WorkplaceOfSeat[mover.From];
        int bucket = MunicipalityOf(mover.From) * Families;
        int family = random.Happens(OtherFamily) ? random.Next(Families) : (int)_familyOfSeat[mover.From];
        return pool.Take(bucket + family, (seat, _) => sector.WorkplaceOfSeat[seat] != workplace, random);
    }

    private int FindNational(SeatPool pool, Mover mover, SplitMix64 random)
    {
        int home = MunicipalityOf(mover.From);
        int county = sector.Municipalities[home].County;
        int triesInCounty = random.Happens(SameCounty) ? TriesInCounty : 0;
        int own = (int)_familyOfSeat[mover.From];
        for (int i = 0; i < Families; i++)
        {
            int seat = pool.Take((own + i) % Families, Suits, random);
            if (seat != Workforce.Nobody)
                return seat;
        }
        return Workforce.Nobody;

        bool Suits(int seat, int tried)
        {
            int municipality = MunicipalityOf(seat);
            return municipality != home && (tried >= triesInCounty || sector.Municipalities[municipality].County == county);
        }
    }

    // Who works in Oslo seldom moves to another municipality: there are 48 000 seats in it.
    private double WithinShare(int seat) => sector.Municipalities[MunicipalityOf(seat)].Centrality == 1 ? 0.93 : 0.82;

    private int[] Vacant()
    {
        int[] seats = new int[sector.Seats - workforce.Persons];
        int count = 0;
        for (int seat = 0; seat < workforce.Person.Length; seat++)
            if (workforce.Person[seat] == Workforce.Nobody)
                seats[count++] = seat;
        return seats;
    }

    private int MunicipalityOf(int seat) => sector.MunicipalityOfWorkplace[sector.WorkplaceOfSeat[seat]];
}
