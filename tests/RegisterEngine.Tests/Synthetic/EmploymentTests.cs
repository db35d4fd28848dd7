using RegisterEngine.Synthetic;

namespace RegisterEngine.Tests.Synthetic;

/// <summary>One register of 40,000 persons over five years, in memory.</summary>
public sealed class RegisterInMemory
{
    internal SyntheticRegister Register { get; } = SyntheticRegister.Simulate(new SyntheticOptions { Persons = 40_000, Years = new(2019, 2023) });
}

/// <summary>What must hold of every single employment.</summary>
public sealed class EmploymentTests(RegisterInMemory memory) : IClassFixture<RegisterInMemory>
{
    private readonly SyntheticRegister _register = memory.Register;

    [Fact]
    public void PersonKeysHaveNineOrTenDigitsAndAreDistinct()
    {
        People people = _register.People;
        var keys = Enumerable.Range(0, people.Count).Select(person => people[person].Key).ToHashSet();
        Assert.Equal(people.Count, keys.Count);
        Assert.All(keys, key => Assert.InRange(key, 100_000_000, 9_999_999_999));
    }

    [Fact]
    public void EveryPersonHasOneMainJobThatIsTheLargest()
    {
        foreach (RegisterYear year in _register.Years)
        {
            foreach (IGrouping<int, Employment> person in year.Employments.ToArray().GroupBy(job => job.Person))
            {
                Employment main = Assert.Single(person, job => job.IsMainJob);
                Assert.All(person, job => Assert.True(job.IsMainJob || job.Size < main.Size));
                Assert.InRange(person.Count(), 1, 3);
            }
        }
    }

    [Fact]
    public void NoTwoEmploymentsAreEqual()
    {
        foreach (RegisterYear year in _register.Years)
            Assert.Equal(year.Employments.Length, year.Employments.ToArray().Distinct().Count());
    }

    [Fact]
    public void RowsAreInTheOrderOfWorkplaceAndPerson()
    {
        foreach (RegisterYear year in _register.Years)
        {
            (int, long)[] places = [.. year.Employments.ToArray().Select(job => (job.Workplace, _register.People[job.Person].Key))];
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public void OutcomesAreWhatTheNextYearShows()
    {
        for (int place = 0; place + 1 < _register.Years.Count; place++)
        {
            Dictionary<int, Employment> next = MainJobs(_register.Years[place + 1]);
            foreach (Employment job in _register.Years[place].Employments)
                if (job.IsMainJob)
                    Assert.Equal(OutcomeOf(job, next.TryGetValue(job.Person, out Employment later) ? later : null), job.Outcome);
        }
    }

    [Fact]
    public void NewHiresAreThoseWithoutThisWorkplaceTheYearBefore()
    {
        for (int place = 1; place < _register.Years.Count; place++)
        {
            Dictionary<int, Employment> before = MainJobs(_register.Years[place - 1]);
            foreach (Employment job in _register.Years[place].Employments)
                if (job.IsMainJob)
                    Assert.Equal(!before.TryGetValue(job.Person, out Employment earlier) || earlier.Workplace != job.Workplace, job.IsNewHire);
        }
    }

    [Fact]
    public void StartDatesAgreeWithWhenThePersonCame()
    {
        for (int place = 1; place < _register.Years.Count; place++)
        {
            RegisterYear year = _register.Years[place];
            HashSet<(int, int)> before = [.. _register.Years[place - 1].Employments.ToArray().Select(job => (job.Person, job.Workplace))];
            ushort count = Calendar.CountOf(year.Year);
            ushort countBefore = Calendar.CountOf(year.Year - 1);
            foreach (Employment job in year.Employments)
            {
                Assert.True(job.Start <= count);
                if (!before.Contains((job.Person, job.Workplace)))
                    Assert.True(job.Start > countBefore);
                else if (job.IsMainJob && !job.IsNewHire)
                    Assert.True(job.Start <= countBefore);
            }
        }
    }

    [Fact]
    public void ThereAreSevenEmploymentsForSixPersons()
    {
        foreach (RegisterYear year in _register.Years)
        {
            Assert.InRange(year.Persons, 39_800, 40_200);
            Assert.InRange((double)year.Employments.Length / year.Persons, 1.15, 1.18);
        }
    }

    /// <summary>About 78 % is published without saying whether of main jobs or of all employments: main jobs have it, employments less, persons more.</summary>
    [Fact]
    public void MainJobsHaveThePublishedSize()
    {
        Employment[] jobs = _register.Years[2].Employments.ToArray();
        Assert.InRange(jobs.Where(job => job.IsMainJob).Average(job => job.Size), 7_650, 7_950);
        Assert.InRange(jobs.Average(job => job.Size), 6_700, 7_300);
        Assert.InRange(jobs.Sum(job => (long)job.Size) / (double)_register.Years[2].Persons, 7_700, 8_400);
    }

    [Fact]
    public void SomeReturnAfterAYearOrMoreAway()
    {
        HashSet<int>[] persons = [.. _register.Years.Select(year => year.Employments.ToArray().Select(job => job.Person).ToHashSet())];
        int newcomers = persons[4].Count(person => !persons[3].Contains(person));
        int returned = persons[4].Count(person => !persons[3].Contains(person) && (persons[2].Contains(person) || persons[1].Contains(person) || persons[0].Contains(person)));
        Assert.InRange((double)returned / newcomers, 0.02, 0.14);
    }

    [Fact]
    public void MostMovesAreWithinTheMunicipality()
    {
        Employment[] jobs = [.. _register.Years.SelectMany(year => year.Employments.ToArray())];
        int within = jobs.Count(job => job.Outcome == Outcome.MovedWithin);
        int between = jobs.Count(job => job.Outcome == Outcome.MovedBetween);
        Assert.InRange((double)within / (within + between), 0.6, 0.9);
    }

    [Fact]
    public void PayIsPlausibleAndGrows()
    {
        Position nurse = Positions.All[Positions.Find("7174")];
        int in2015 = Pay.Of(nurse, Pay.GrowthTo(2015), 2015, new Person(1, 1980, true));
        int in2024 = Pay.Of(nurse, Pay.GrowthTo(2024), 2024, new Person(1, 1980, true));
        Assert.InRange(in2015, 340_000, 480_000);
        Assert.InRange(in2024, 480_000, 680_000);
    }

    private static Dictionary<int, Employment> MainJobs(RegisterYear year) => year.Employments.ToArray().Where(job => job.IsMainJob).ToDictionary(job => job.Person);

    private Outcome OutcomeOf(Employment job, Employment? next)
    {
        if (next is not { } later)
            return Outcome.Left;
        if (later.Workplace == job.Workplace)
            return Outcome.Stayed;
        int[] municipality = _register.Sector.MunicipalityOfWorkplace;
        return municipality[later.Workplace] == municipality[job.Workplace] ? Outcome.MovedWithin : Outcome.MovedBetween;
    }
}
