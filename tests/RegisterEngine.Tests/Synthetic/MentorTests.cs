using RegisterEngine.Cells;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Synthetic;

public sealed class MentorTests
{
    private static readonly SyntheticOptions Options = new() { Persons = 40_000, Years = new(2019, 2024) };

    [Fact]
    public void EngineFindsThePlantedMentorsAndWhatBecameOfTheirMentees()
    {
        using var folder = new TemporaryFolder();
        RegisterTruth truth = SyntheticRegister.Simulate(Options).Write(folder.Path);
        Treatments programme = TreatmentFile.Read(Path.Combine(folder.Path, SyntheticRegister.TreatmentsFileName));
        using RunResult result = EngineRun.Of(folder.Path, EngineRun.ByYear);
        MonitoringTable found = Monitoring.Count(
            result.Panel, MentorFile.Read(Path.Combine(folder.Path, SyntheticRegister.MentorsFileName), null), Evaluation.Populations(new EvaluationOptions(), programme), threads: 2);

        List<MonitoringLine> lines = [.. found.Lines.Where(line => line.Population == "health personnel" && line.Municipality is not null && line.Mentors + line.WithMentor.Count > 0)];
        List<MentorTruth> planted = [.. truth.Mentors!.Where(of => of.Mentors + of.WithMentor > 0).OrderBy(of => of.Municipality, StringComparer.Ordinal).ThenBy(of => of.Year)];
        Assert.Equal(
            planted.Select(of => (of.Municipality, of.Year, (long)of.Mentors, (long)of.TrainedMentors, (long)of.WithMentor, (long)(of.SectorExits ?? 0), (long)(of.MovesWithin + of.MovesBetween ?? 0))),
            lines.Select(line => (line.Municipality!, line.Year!.Value, line.Mentors, line.TrainedMentors, line.WithMentor.Count, line.Left(Measure.SectorExit).Count, line.Left(Measure.WorkplaceMove).Count)));
        Assert.Equal(truth.Treatment!.Workplaces.Select(w => w.Municipality).Distinct().Order(StringComparer.Ordinal), planted.Select(of => of.Municipality).Distinct());

        ListedLine mentees = found.Listed.First(line => line.Role == "mentee");
        Assert.Equal((truth.Mentors!.Sum(of => (long)of.Mentees), truth.Mentors!.Sum(of => (long)of.WithMentor), 0L, 0L), (mentees.Listed, mentees.Counted, mentees.OtherYears, mentees.NotFound));
        Assert.InRange(planted.Sum(of => of.TrainedMentors), 1, planted.Sum(of => of.Mentors) - 1);
        Assert.All(lines, line => Assert.InRange(line.WithMentor.Count, 0, line.NewHires));
    }

    [Fact]
    public void MentorTableCanBeReadByItsOwnerOnly()
    {
        using var folder = new TemporaryFolder();
        SyntheticRegister.Simulate(Options with { Persons = 6_000 }).WriteMentors(folder.Path);

        string path = Path.Combine(folder.Path, SyntheticRegister.MentorsFileName);
        Assert.StartsWith("person;year;role\n", File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void NobodyIsAMentorWithoutAProgramme()
    {
        using var folder = new TemporaryFolder();
        RegisterTruth truth = SyntheticRegister.Simulate(Options with { Treatment = null, Persons = 6_000 }).Write(folder.Path);

        Assert.Null(truth.Mentors);
        Assert.Equal("person;year;role\n", File.ReadAllText(Path.Combine(folder.Path, SyntheticRegister.MentorsFileName)));
    }
}
