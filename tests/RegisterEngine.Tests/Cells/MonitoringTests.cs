using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Cells;

public sealed class MonitoringTests
{
    private static readonly Measure[] Shown = [Measure.Total, Measure.WorkplaceMove, Measure.SectorExit];
    private static readonly string[] Roles = ["mentor", "trained mentor", "mentee"];

    private static readonly NamedSample[] Populations =
        [new("all", new Sample()), new("nurses", new Sample { PositionCodes = ["7174"], MinimumSize = 5000, Years = [2018, 2019, 2021, 2022] })];

    private readonly record struct Listing(string Person, int Year, string Role);

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach ((string name, string text) in CaseText.All("Cells"))
            data.Add(name, text);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void MonitoringIsAsTheCaseSays(string name, string text)
    {
        Assert.NotEmpty(name);
        CaseText given = CaseText.Read(text);
        Listing[] listed = [.. given.Tables[1].Select(row => new Listing(row["person"], int.Parse(row["year"], CultureInfo.InvariantCulture), row["role"].Replace('_', ' ')))];

        MonitoringTable table = Count([.. given.Tables[0].Select(CaseText.ToEmployment)], listed, [new("all", SampleOf(given.Options))]);

        Assert.Equal(Expected(2), Actual(MonitoringTables.Monitoring(table, Shown), 2));
        if (given.Tables.Count > 3)
            Assert.Equal(Expected(3), Actual(MonitoringTables.Listed(table), 3));

        List<string> Expected(int place) => [.. given.Tables[place].Select(row => CaseText.Line(row, row.Keys))];

        List<string> Actual(OutputTable output, int place) => [.. Words(output).Select(row => CaseText.Line(row, given.Tables[place][0].Keys))];
    }

    [Property(MaxTest = 200)]
    public void MonitoringIsThatOfTheOracle(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        Listing[] listed = Listings(employments, seed);
        List<PersonYear> panel = Oracle.Panel(employments, new PanelOptions());

        MonitoringTable table = Count(employments, listed, Populations);

        Assert.Equal(
            Populations.SelectMany(population => Lines(panel, listed, population)),
            table.Lines.Select(line => (
                line.Population, line.Municipality, line.Year, line.Mentors, line.TrainedMentors, line.NewHires, line.PerhapsNewHires, line.WithMentor.Count,
                line.KnownTransitions, string.Join(' ', Measures.All.Select(measure => line.Left(measure).Count)))));
        Assert.Equal(
            Populations.SelectMany(population => Roles.Select(role => Fate(panel, listed, population, role))),
            table.Listed.Select(line => (line.Population, line.Role, line.Listed, line.OtherYears, line.NotFound, line.NotNewHires)));
        Assert.All(table.Listed, line => Assert.InRange(line.Counted, 0, line.Listed));
    }

    [Property(MaxTest = 40)]
    public void MonitoringIsTheSameForEveryOrderAndNumberOfThreads(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        Listing[] listed = Listings(employments, seed);

        Assert.Equal(
            Texts(Count(employments, listed, Populations, 1)), Texts(Count(RandomRegister.Shuffled(employments, seed), [.. RandomRegister.Shuffled(listed, seed)], Populations, 5)));
    }

    [Property(MaxTest = 40)]
    public void EveryCellIsANumberOrHasItsReason(int seed)
    {
        List<Employment> employments = RandomRegister.Make(seed);
        MonitoringTable table = Count(employments, Listings(employments, seed), Populations);

        foreach (OutputTable output in (OutputTable[])[MonitoringTables.Monitoring(table, Shown), MonitoringTables.Listed(table)])
            foreach (Value[] row in output.Rows)
            {
                Assert.Equal(output.Columns.Count, row.Length);
                Assert.All(row, value => Assert.True(value.IsMissing || double.IsFinite(value.Number)));
                Assert.True(row.SkipLast(1).All(value => !value.IsMissing) || !row[^1].IsMissing, string.Join(' ', row.Select(TableWriter.ReaderText)));
            }
    }

    [Fact]
    public void RemarksSayHowManyAreNotCountedAndNobodysId()
    {
        Employment[] employments = [new(2020, "hemmelig-1", "A"), new(2021, "hemmelig-1", "A"), new(2021, "hemmelig-2", "A")];
        MonitoringTable table = Count(
            employments,
            [new("hemmelig-1", 2021, "mentee"), new("hemmelig-2", 2021, "mentee"), new("hemmelig-3", 2021, "mentee"), new("hemmelig-1", 2030, "mentor")],
            [new("nurses", new Sample { Years = [2020, 2021] })]);

        Assert.Equal(
            [
                "nurses: 0 of 1 listed as mentor are counted; 1 in other years than those evaluated.",
                "nurses: 1 of 3 listed as mentee are counted; 1 not in the panel in that year, 1 not known as new hires of the population.",
            ],
            MonitoringTables.Remarks(table));
    }

    private static MonitoringTable Count(IReadOnlyList<Employment> employments, IReadOnlyList<Listing> listed, IReadOnlyList<NamedSample> populations, int threads = 2)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv(employments));
        string mentors = folder.Write("mentors.csv", "person;year;role\n" + string.Concat(listed.Select(one => $"{one.Person};{one.Year};{one.Role}\n")));
        using RunResult result = Engine.Run([path], plan => plan with { Threads = threads });
        return Monitoring.Count(result.Panel, MentorFile.Read(mentors, null), populations, threads);
    }

    // Persons of the register and others, in its years and others.
    private static Listing[] Listings(List<Employment> employments, int seed)
    {
        var random = new Random(seed ^ 0x3E27);
        string[] persons = [.. employments.Select(job => job.Person).Distinct(), "nobody", "123456789012345678901"];
        IEnumerable<Listing> listed = Enumerable.Range(0, random.Next(1, 3 * persons.Length))
            .Select(_ => new Listing(persons[random.Next(persons.Length)], random.Next(2017, 2026), Roles[random.Next(Roles.Length)]));
        return [.. listed.Distinct()];
    }

    private static IEnumerable<(string, string?, int?, long, long, long, long, long, long, string)> Lines(List<PersonYear> panel, Listing[] listed, NamedSample population)
    {
        List<PersonYear> within = [.. panel.Where(row => HasYear(population, row.Year))];
        List<PersonYear> found = [.. within.Where(row => Roles.Any(role => Is(listed, row, role)))];
        List<int> years = [.. found.Select(row => row.Year).Distinct().Order()];
        List<string> municipalities = [.. found.Select(row => row.Municipality ?? "").Distinct().OrderBy(text => text.Length == 0).ThenBy(text => text, StringComparer.Ordinal)];
        foreach (string municipality in municipalities)
            foreach (int year in years)
                yield return Line(municipality, year);
        foreach (int year in years)
            yield return Line(null, year);
        if (years.Count > 0)
            yield return Line(null, null);

        (string, string?, int?, long, long, long, long, long, long, string) Line(string? municipality, int? year)
        {
            List<PersonYear> rows =
                [.. within.Where(row => years.Contains(row.Year) && municipalities.Contains(row.Municipality ?? "") && (municipality ?? row.Municipality ?? "") == (row.Municipality ?? "") && (year ?? row.Year) == row.Year)];
            List<PersonYear> sample = [.. rows.Where(row => IsOf(population, row))];
            List<PersonYear> mentored = [.. sample.Where(row => row.NewHire == "Yes" && Is(listed, row, "mentee"))];
            return (
                population.Name, municipality, year, rows.Count(row => Is(listed, row, "mentor") || Is(listed, row, "trained mentor")), rows.Count(row => Is(listed, row, "trained mentor")),
                sample.Count(row => row.NewHire == "Yes"), sample.Count(row => row.NewHire == "Unknown"), mentored.Count, mentored.Count(row => row.Transition != "Unknown"),
                string.Join(' ', Measures.All.Select(measure => mentored.Count(row => measure.IsLeaving(Enum.Parse<Transition>(row.Transition)) == true))));
        }
    }

    private static (string, string, long, long, long, long?) Fate(List<PersonYear> panel, Listing[] listed, NamedSample population, string role)
    {
        List<(string Person, int Year)> all = [.. listed.Where(one => one.Role == role || (role == "mentor" && one.Role == "trained mentor")).Select(one => (one.Person, one.Year)).Distinct()];
        List<(string Person, int Year)> within = [.. all.Where(one => HasYear(population, one.Year))];
        List<PersonYear> found = [.. within.SelectMany(one => panel.Where(row => row.Person == one.Person && row.Year == one.Year))];
        return (
            population.Name, role, all.Count, all.Count - within.Count, within.Count - found.Count,
            role == "mentee" ? found.Count(row => !IsOf(population, row) || row.NewHire != "Yes") : null);
    }

    private static bool Is(Listing[] listed, PersonYear row, string role) => listed.Contains(new Listing(row.Person, row.Year, role));

    private static bool HasYear(NamedSample population, int year) => population.Sample.Years?.Contains(year) != false;

    private static bool IsOf(NamedSample population, PersonYear row) => HasYear(population, row.Year)
        && population.Sample.PositionCodes?.Contains(row.Position) != false && (population.Sample.MinimumSize is not { } least || row.Size >= least);

    private static Sample SampleOf(IEnumerable<string> options) => options.Aggregate(new Sample(), (sample, line) => CaseText.Words(line["with:".Length..]) switch
    {
        ["size", var size] => sample with { MinimumSize = int.Parse(size, CultureInfo.InvariantCulture) * 100 },
        ["positions", .. var codes] => sample with { PositionCodes = codes },
        ["years", .. var years] => sample with { Years = [.. years.Select(year => int.Parse(year, CultureInfo.InvariantCulture))] },
        _ => throw new InvalidOperationException($"no such option: {line}"),
    });

    private static IEnumerable<Dictionary<string, string>> Words(OutputTable table) => table.Rows.Select(row => table.Columns.Zip(row)
        .ToDictionary(pair => pair.First.Name, pair => pair.Second.IsMissing ? "-" : TableWriter.ReaderText(pair.Second).Replace(' ', '_')));

    private static string Texts(MonitoringTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.Write([MonitoringTables.Monitoring(table, Shown), MonitoringTables.Listed(table)], TableFormat.Csv, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
