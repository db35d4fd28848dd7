using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Synthetic;

/// <summary>Each trap alone, and all at once: the engine reports exactly what was written. The same persons, with and without traps, have the same turnover.</summary>
public sealed class TrapTests
{
    private const int Persons = 8_000;

    public static TheoryData<Traps> EachTrap => [.. Enum.GetValues<Traps>()];

    [Theory]
    [MemberData(nameof(EachTrap))]
    public void SourceReportIsWhatWasWritten(Traps traps) => AssertReports(Options(traps), ExtractFormat.Delimited);

    [Theory]
    [InlineData(Traps.None)]
    [InlineData(Traps.BadRows)]
    [InlineData(Traps.LineEnds)]
    [InlineData(Traps.DecimalPoint)]
    [InlineData(Traps.All)]
    public void SourceReportIsWhatWasWrittenInFixedWidth(Traps traps) => AssertReports(Options(traps), ExtractFormat.FixedWidth);

    [Theory]
    [MemberData(nameof(EachTrap))]
    public void TurnoverIsThatOfTheCleanRegister(Traps traps)
    {
        if (traps.HasFlag(Traps.Gaps))
            return;
        using var folder = new TemporaryFolder();
        RegisterTruth truth = SyntheticRegister.Simulate(Options(traps)).Write(folder.Path);
        using RunResult run = EngineRun.Of(folder.Path, EngineRun.ByYear);
        Dictionary<string, Counted> counted = EngineRun.Counts(run.Tables[0]);
        foreach (YearTruth year in truth.Years)
        {
            int renamed = truth.Traps.Reorganisations.Where(r => r.Year == year.Year + 1).Sum(r => r.Stayers);
            Counted expected = Counted.Of(year.All);
            expected = expected with { Stays = expected.Stays - renamed, MovesWithin = expected.MovesWithin + renamed };
            // Where codes of municipalities change, a move within one may look like a move between two.
            if (traps.HasFlag(Traps.Mergers))
                Assert.Equal(
                    (expected.Persons, expected.Stays, expected.Moves, expected.SectorExits),
                    (counted[$"{year.Year}"].Persons, counted[$"{year.Year}"].Stays, counted[$"{year.Year}"].Moves, counted[$"{year.Year}"].SectorExits));
            else
                Assert.Equal(expected, counted[$"{year.Year}"]);
        }
    }

    [Fact]
    public void EveryTrapIsSet()
    {
        using var folder = new TemporaryFolder();
        RegisterTruth truth = SyntheticRegister.Simulate(Options(Traps.All)).Write(folder.Path);
        Assert.All(truth.Extracts, extract => Assert.True(extract.Duplicates > 0));
        Assert.All(truth.Extracts, extract => Assert.True(extract.InvalidOrganisationNumbers > 0));
        Assert.All(truth.Extracts, extract => Assert.True(extract.LostZeros > 0));
        Assert.All(truth.Extracts, extract => Assert.Equal(8, extract.BadRows.Count));
        Assert.Equal(2, truth.Traps.Gaps.Count);
        Assert.Contains(truth.Traps.Gaps, gap => gap.Rows == 0);
        Assert.Contains(truth.Traps.Gaps, gap => gap.Rows > 0);
        Assert.Equal([2018, 2020], truth.Traps.Mergers.Select(change => change.Year).Distinct().Order());
        Assert.NotEmpty(truth.Traps.Reorganisations);
    }

    [Fact]
    public void TrapsDoNotChangeWhoIsEmployed()
    {
        RegisterTruth clean = SyntheticRegister.Simulate(Options(Traps.None)).Truth([]);
        RegisterTruth dirty = SyntheticRegister.Simulate(Options(Traps.All)).Truth([]);
        Assert.Equal(clean.Years.Select(year => year.All), dirty.Years.Select(year => year.All));
    }

    private static SyntheticOptions Options(Traps traps) => new() { Years = new(2017, 2021), Persons = Persons, Traps = traps, Threads = 2 };

    private static void AssertReports(SyntheticOptions options, ExtractFormat format)
    {
        using var folder = new TemporaryFolder();
        RegisterTruth truth = SyntheticRegister.Simulate(options).Write(folder.Path, format);
        using RunResult run = EngineRun.Of(folder.Path, EngineRun.ByYear);
        Assert.Equal(truth.Extracts.Count, run.Sources.Count);
        foreach ((ExtractTruth extract, SourceReport report) in truth.Extracts.Zip(run.Sources))
        {
            Assert.EndsWith(extract.File, report.Input.Name, StringComparison.Ordinal);
            Assert.Equal(extract.Rows, report.Counts.Read);
            Assert.Equal(extract.BadRows.OrderBy(pair => pair.Key, StringComparer.Ordinal), Rejects(report));
            Assert.Equal(extract.SoundRows, report.Counts.Accepted);
            Assert.Equal(extract.InvalidOrganisationNumbers, report.Counts[Finding.InvalidOrganisationNumber]);
            Assert.Equal(extract.LostZeros, report.Counts[Repair.PaddedCode]);
            Assert.Equal(extract.DecimalPoints, report.Counts[Repair.DecimalSign]);
            Assert.Equal(extract.Duplicates, run.Counts.DuplicatesInInput(report.Origin, extract.Year - options.Years.From));
            Assert.Equal(report.Counts.Rejected, report.Rejects.Count());
        }
        Assert.Equal(truth.Traps.Gaps.Select(gap => (gap.Municipality, gap.Year)).Order(), Gaps(run).Order());
    }

    private static IEnumerable<KeyValuePair<string, int>> Rejects(SourceReport report) =>
        Enum.GetValues<RejectReason>().Where(reason => report.Counts[reason] > 0)
            .Select(reason => KeyValuePair.Create($"{reason}", (int)report.Counts[reason])).OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static IEnumerable<(string, int)> Gaps(RunResult run)
    {
        CodeBook municipalities = run.Panel.Codes.Books[RegisterColumn.Municipality];
        for (int municipality = 0; municipality < municipalities.Count; municipality++)
            for (int place = 0; place < run.Coverage.YearCount; place++)
                if (run.Coverage.IsMunicipalityGap(municipality, place))
                    yield return (municipalities.Text(municipality), run.Coverage.Years[place]);
    }
}
