using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Fills vacant seats with people from outside the sector: new ones, and some who left it at least a year before.</summary>
internal sealed class Entrants(MunicipalSector sector, Workforce workforce, People people)
{
    private const double Returns = 0.14;
    private const int OldestToReturn = 62;

    private readonly List<int>[] _away = [.. Enum.GetValues<JobFamily>().Select(_ => new List<int>())];

    /// <summary>The form of an employment that begins.</summary>
    public static EmploymentForm FormOf(Position position, SplitMix64 random)
    {
        double permanent = position.Entry == EntryProfile.Unskilled ? 0.40 : 0.66;
        return random.Happens(permanent) ? EmploymentForm.Permanent : random.Happens(0.5) ? EmploymentForm.Temporary : EmploymentForm.Substitute;
    }

    /// <summary>Fills seats, in random order, until the sector has some persons.</summary>
    public void Fill(Span<int> vacant, int persons, int year, SplitMix64 random)
    {
        random.Shuffle(vacant);
        foreach (int seat in vacant[..Math.Clamp(persons - workforce.Persons, 0, vacant.Length)])
        {
            Position position = Positions.All[sector.PositionOfSeat[seat]];
            int person = random.Happens(Returns) ? Returning(position.Family, year, random) : Workforce.Nobody;
            if (person == Workforce.Nobody)
                person = people.Add(year - Ages.OfEntrant(position.Entry, random), random.Happens(position.Women));
            int size = PositionSizes.OfMainJob(position.Sizes, random);
            workforce.Take(seat, person, Calendar.StartIn(year, position.Family, random), size, FormOf(position, random), isNewHire: true);
        }
    }

    /// <summary>Remembers somebody who left, for later years.</summary>
    public void Remember(int person, JobFamily family) => _away[(int)family].Add(person);

    private int Returning(JobFamily family, int year, SplitMix64 random)
    {
        List<int> away = _away[(int)family];
        if (away.Count == 0)
            return Workforce.Nobody;
        int at = random.Next(away.Count);
        int person = away[at];
        away[at] = away[^1];
        away.RemoveAt(away.Count - 1);
        return year - people[person].BirthYear <= OldestToReturn ? person : Workforce.Nobody;
    }
}
