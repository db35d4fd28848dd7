using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Synthetic;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Synthetic;

/// <summary>One register of 100,000 persons, written, and read by the engine.</summary>
public sealed class CalibratedRegister : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CalibratedRegister()
    {
        Register = SyntheticRegister.Simulate(new SyntheticOptions { Persons = 100_000, Threads = 2 });
        Truth = Register.Write(_folder.Path);
        var health = new Sample { PositionCodes = Truth.HealthPersonnel.PositionCodes, ServiceAreas = [Truth.HealthPersonnel.ServiceArea] };
        var evaluation = health with { PositionCodes = Truth.HealthPersonnel.EvaluationCodes, NewHire = NewHire.Yes };
        Run = EngineRun.Of(
            _folder.Path,
            EngineRun.ByYear,
            EngineRun.By(Dimension.PositionCode),
            EngineRun.By(Dimension.AgeGroup),
            EngineRun.By(Dimension.NewHire),
            EngineRun.By(Dimension.ServiceArea),
            EngineRun.By(Dimension.NewHire, health),
            EngineRun.By(Dimension.County, health with { NewHire = NewHire.Yes }),
            EngineRun.By(Dimension.County, health with { NewHire = NewHire.No }),
            EngineRun.By(Dimension.NewHire, evaluation),
            EngineRun.By(Dimension.Sex, health));
        Tables = [.. Run.Tables.Select(EngineRun.Counts)];
    }

    internal SyntheticRegister Register { get; }

    internal RegisterTruth Truth { get; }

    internal RunResult Run { get; }

    /// <summary>In the order of the constructor.</summary>
    internal IReadOnlyList<Dictionary<string, Counted>> Tables { get; }

    public void Dispose()
    {
        Run.Dispose();
        _folder.Dispose();
    }
}

/// <summary>
/// The engine counts what the truth says, to the last person, and rates are the published ones. What the simulation expects of every margin is the published figure to
/// 0.001 percentage points (iterative fitting stops there); whoever leaves is drawn independently, so a rate of n persons is off by at most the binomial standard
/// error, sqrt(p (1 - p) / n), and four of them are allowed: one comparison in 16,000 is off by more. Published figures are rounded to a tenth, which adds 0.05 points.
/// </summary>
public sealed class CalibrationTests(CalibratedRegister register) : IClassFixture<CalibratedRegister>
{
    private const double StandardErrors = 4;
    private const double Rounding = 0.0005;

    private static readonly int[] Pairs = [.. Enumerable.Range(2015, 9)];

    [Fact]
    public void EngineFindsTheTruthInEveryYear()
    {
        foreach (YearTruth year in register.Truth.Years)
            Assert.Equal(Counted.Of(year.All), register.Tables[0][$"{year.Year}"]);
    }

    [Fact]
    public void EngineFindsTheTruthInEveryGroup()
    {
        foreach (YearTruth year in register.Truth.Years)
        {
            AssertGroups(year.ByPosition, register.Tables[1], group => $"{year.Year} {group}");
            AssertGroups(year.ByAge, register.Tables[2], group => $"{year.Year} {AgeLabel(group)}");
            AssertGroups(year.ByNewHire, register.Tables[3], group => $"{year.Year} {group}");
            AssertGroups(year.ByServiceArea, register.Tables[4], group => $"{year.Year} {group}");
            AssertGroups(year.HealthPersonnelByNewHire, register.Tables[5], group => $"{year.Year} {group}");
            AssertGroups(year.HealthPersonnelNewHiresByCounty, register.Tables[6], group => $"{year.Year} {group}");
        }
    }

    [Fact]
    public void EngineReadsEveryRowAndPerson()
    {
        foreach ((ExtractTruth extract, int place) in register.Truth.Extracts.Select((extract, place) => (extract, place)))
        {
            Assert.Equal(extract.Rows, register.Run.Sources[place].Counts.Accepted);
            Assert.Equal(0, register.Run.Sources[place].Counts.Rejected);
            Assert.Equal(register.Truth.Years[place].All.Persons, register.Run.Counts.PersonsInInput(place, place));
        }
        Assert.Equal(0, register.Run.Counts.DuplicateRows);
        Assert.False(register.Run.Coverage.HasGaps);
    }

    [Fact]
    public void FirstYearHasNoNewHiresAndLastYearNoTransitions()
    {
        Assert.Null(register.Truth.Years[0].NewHires);
        Assert.Empty(register.Truth.Years[0].ByNewHire);
        Assert.Null(register.Truth.Years[^1].All.SectorExits);
    }

    [Fact]
    public void FittedMarginsAreThePublishedOnes() => Assert.InRange(register.Register.WorstMargin, 0, 1e-5);

    [Fact]
    public void WholeSectorHasThePublishedTurnover()
    {
        foreach (int year in Pairs)
            AssertRate(PublishedTargets.Sector(year), register.Tables[0][$"{year}"], $"{year}");
    }

    [Fact]
    public void PositionsHaveThePublishedTurnover()
    {
        foreach (int year in Pairs)
            foreach (string code in PublishedTargets.PositionCodes)
                AssertRate(PublishedTargets.Position(code, year)!.Value, register.Tables[1][$"{year} {code}"], $"{code} in {year}");
    }

    [Fact]
    public void AgesHaveThePublishedTurnover()
    {
        foreach (int year in Pairs)
        {
            AssertRate(0.62, register.Tables[2][$"{year} 0-19"], $"under 20 in {year}");
            AssertRate(0.052, register.Tables[2][$"{year} 55-60"], $"55-60 in {year}");
            AssertRate(0.407, register.Tables[2][$"{year} 65-67"], $"65-67 in {year}");
        }
    }

    [Fact]
    public void TurnoverByAgeIsAU()
    {
        double[] rates = [.. PublishedTargets.AgeStarts.Select(start => Rate(AllYears(register.Tables[2], AgeLabel($"{start}"))))];
        int lowest = Array.IndexOf(rates, rates.Min());
        Assert.Equal("55-60", AgeLabel($"{PublishedTargets.AgeStarts[lowest]}"));
        for (int group = 1; group < rates.Length; group++)
            Assert.True(group <= lowest ? rates[group] < rates[group - 1] : rates[group] > rates[group - 1], $"group {group}: {string.Join(' ', rates)}");
    }

    [Fact]
    public void HealthPersonnelHaveThePublishedTurnover()
    {
        const int year = 2022;
        Counted newHires = register.Tables[5][$"{year} yes"];
        Counted others = register.Tables[5][$"{year} no"];
        AssertRate(0.27, newHires, "new hires");
        AssertRate(0.14, others, "others");
        AssertShare(0.38, newHires.SectorExits + newHires.Moves, newHires.Persons, "workplace exits of new hires");
        AssertShare(0.22, others.SectorExits + others.Moves, others.Persons, "workplace exits of others");
        AssertRate(0.145, register.Tables[4][$"{year} Helse og omsorg"], "health and care");
        AssertRate(0.37, register.Tables[6][$"{year} 03"], "new hires in Oslo");
        AssertRate(0.18, register.Tables[7][$"{year} 03"], "others in Oslo");
    }

    [Fact]
    public void NewHiresOfHealthPersonnelOutsideOsloHaveThePublishedTurnover()
    {
        foreach (string county in PublishedTargets.HealthNewHiresByCounty.Keys.Where(county => county != "03"))
        {
            Counted counted = register.Tables[6][$"2022 {county}"];
            double slack = StandardErrors * Math.Sqrt(0.27 * 0.73 / counted.Persons);
            Assert.InRange(Rate(counted), 0.24 - slack, 0.29 + slack);
        }
    }

    [Fact]
    public void NewHiresOfTheEvaluationHaveThePublishedTurnover()
    {
        Counted counted = new[] { 2020, 2021, 2022 }.Select(year => register.Tables[8][$"{year} yes"]).Aggregate(Add);
        AssertRate(0.2095, counted, "sector exit");
        AssertShare(0.0875, counted.Moves, counted.Persons, "workplace move");
    }

    [Fact]
    public void EightyFourPercentOfHealthPersonnelAreWomen()
    {
        Counted women = register.Tables[9]["2022 female"];
        Counted men = register.Tables[9]["2022 male"];
        Assert.InRange((double)women.Persons / (women.Persons + men.Persons), 0.83, 0.85);
    }

    [Fact]
    public void NewHiresAreAsManyInEveryYear()
    {
        double[] shares = [.. register.Truth.Years.Skip(1).Select(year => (double)year.NewHires!.Value / year.All.Persons)];
        Assert.All(shares, share => Assert.InRange(share, 0.18, 0.215));
    }

    private static void AssertGroups(IReadOnlyList<GroupTruth> truth, Dictionary<string, Counted> counted, Func<string, string> label)
    {
        foreach (GroupTruth group in truth)
            Assert.Equal(Counted.Of(group), counted.GetValueOrDefault(label(group.Group), Counted.None));
    }

    private static void AssertRate(double published, Counted counted, string what) => AssertShare(published, counted.SectorExits, counted.Persons, what);

    private static void AssertShare(double published, int events, int persons, string what)
    {
        double slack = Rounding + (StandardErrors * Math.Sqrt(published * (1 - published) / persons));
        double rate = (double)events / persons;
        Assert.True(Math.Abs(rate - published) <= slack, $"{what}: {rate:0.0000} of {persons}, published {published:0.0000}, allowed +- {slack:0.0000}");
    }

    private static double Rate(Counted counted) => (double)counted.SectorExits / counted.Persons;

    private static Counted AllYears(Dictionary<string, Counted> table, string label) => Pairs.Select(year => table[$"{year} {label}"]).Aggregate(Add);

    private static Counted Add(Counted a, Counted b) =>
        new(a.Unknown + b.Unknown, a.Stays + b.Stays, a.MovesWithin + b.MovesWithin, a.MovesBetween + b.MovesBetween, a.SectorExits + b.SectorExits);

    private static string AgeLabel(string start) =>
        new AgeGroups(PublishedTargets.AgeStarts).Label(PublishedTargets.AgeStarts.Index().First(indexed => $"{indexed.Item}" == start).Index);
}
