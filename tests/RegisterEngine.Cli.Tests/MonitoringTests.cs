using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RegisterEngine.Cli.Tests;

/// <summary>The mentor table of <c>evaluate</c>, from files to files.</summary>
public sealed class MonitoringTests : IDisposable
{
    private const string NationalId = "02013299997";

    private readonly TemporaryFolder _folder = new();

    public MonitoringTests()
    {
        _folder.Write("pai.csv", Employment.ToCsv(Employments(person => $"{Register.Secret}-{person}")));
        _folder.Write("treatments.csv", "workplace,start_year\n811000001,2022\n");
        Mentors($"{Register.Secret}-0;2022;trained mentor\n{Register.Secret}-26;2022;mentee\n{Register.Secret}-27;2022;mentee\n{Register.Secret}-28;2022;mentee\n{Register.Secret}-99;2022;mentee\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MonitoringIsWrittenAndVerified()
    {
        Outcome outcome = Evaluate("--mentors", "mentors.csv", "--out", "evaluation");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("nurses: 3 of 4 listed as mentee are counted; 1 not in the panel in that year.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Mentors, new hires", outcome.Out, StringComparison.Ordinal);

        string[] lines = File.ReadAllLines(Path.Combine(_folder.Path, "evaluation", "monitoring.csv"));
        Assert.Equal(
            "population,municipality,year,mentors,trained_mentors,new_hires,with_mentor,share_with_mentor,known_transitions,total_left,total,workplace_move_left,workplace_move,sector_exit_left,sector_exit,note",
            lines[0]);
        Assert.Equal(
            ["0301,2022,1,1,6,3,0.5,3,1,0.3333333333333333,0,0,1,0.3333333333333333,", "all,2022,1,1,6,3,0.5,3,1,0.3333333333333333,0,0,1,0.3333333333333333,", "all,all,1,1,6,3,0.5,3,1,0.3333333333333333,0,0,1,0.3333333333333333,"],
            lines.Where(line => line.StartsWith("nurses,", StringComparison.Ordinal)).Select(line => line["nurses,".Length..]));
        Assert.Contains("nurses,mentee,4,0,1,0,3,", File.ReadAllLines(Path.Combine(_folder.Path, "evaluation", "monitoring_listed.csv")));

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "evaluation", "manifest.json")));
        JsonElement mentors = manifest.RootElement.GetProperty("evaluation").GetProperty("mentors");
        Assert.Equal(("mentors.csv", 64), (mentors.GetProperty("name").GetString(), mentors.GetProperty("sha256").GetString()!.Length));
        Assert.All(Register.Contents(Path.Combine(_folder.Path, "evaluation")), file => Assert.DoesNotContain(Register.Secret, Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal));
        Assert.DoesNotContain(Register.Secret, outcome.Out + outcome.Error, StringComparison.Ordinal);

        Assert.Contains("mentors.csv,input,unchanged", Tool.Run(_folder.Path, "verify", "evaluation", "--format", "csv").Lines);
        Mentors($"{Register.Secret}-0;2022;mentor\n");
        Outcome changed = Tool.Run(_folder.Path, "verify", "evaluation", "--format", "csv");
        Assert.Equal(1, changed.Code);
        Assert.Contains("mentors.csv,input,changed", changed.Lines);
    }

    [Fact]
    public void MentorTableMayBeNamedInTheFileOfTheEvaluation()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "settings"));
        File.Move(Path.Combine(_folder.Path, "mentors.csv"), Path.Combine(_folder.Path, "settings", "m.csv"));
        _folder.Write(Path.Combine("settings", "evaluation.yaml"), "measures: [sector-exit]\nmentors: m.csv\ndraws: 99\n");

        Outcome outcome = Evaluate("--evaluation", "settings/evaluation.yaml", "--format", "json", "--quiet");

        Assert.True(outcome is { Code: 0, Error: "" }, outcome.ToString());
        using var json = JsonDocument.Parse(outcome.Out);
        JsonElement all = json.RootElement.GetProperty("monitoring").EnumerateArray().Last();
        Assert.Equal((3, 1), (all.GetProperty("with_mentor").GetInt32(), all.GetProperty("sector_exit_left").GetInt32()));
        Assert.False(all.TryGetProperty("total_left", out _));
        Mentors($"{Register.Secret}-26;2022;mentee\n");
        Outcome other = Evaluate("--evaluation", "settings/evaluation.yaml", "--mentors", "mentors.csv", "--format", "json", "--quiet");
        using var said = JsonDocument.Parse(other.Out);
        Assert.Equal(1, said.RootElement.GetProperty("monitoring").EnumerateArray().Last().GetProperty("with_mentor").GetInt32());
    }

    [Fact]
    public void WithoutAMentorTableThereIsNoMonitoring()
    {
        Assert.Equal(0, Evaluate("--out", "evaluation", "--quiet").Code);

        Assert.DoesNotContain(Register.Names(Path.Combine(_folder.Path, "evaluation")), name => name.StartsWith("monitoring", StringComparison.Ordinal));
        Assert.DoesNotContain("mentors", File.ReadAllText(Path.Combine(_folder.Path, "evaluation", "manifest.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person;year;role\nhemmelig-1;2022;boss\n", "mentors.csv, line 2, column role: is none of mentor, trained mentor, mentee.")]
    [InlineData("hemmelig-1;2022;mentor\n", "mentors.csv, line 1: there is no column 'person'")]
    [InlineData("person;year;role\nhemmelig-1;2022;mentor\nhemmelig-1;2022;mentor\n", "mentors.csv, line 3: the same person, year and role are in line 2 too.")]
    [InlineData("", "mentors.csv: the mentor table is empty")]
    public void BadMentorTableIsAClearErrorWithNobodysId(string text, string expected)
    {
        _folder.Write("mentors.csv", text);

        Outcome outcome = Evaluate("--mentors", "mentors.csv", "--out", "evaluation");

        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Register.Secret, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["mentors.csv", "pai.csv", "treatments.csv"], Register.Names(_folder.Path));
    }

    [Fact]
    public void FolderThatHoldsTheMentorTableIsNeverReplaced()
    {
        Assert.Equal(0, Evaluate("--out", "evaluation", "--quiet").Code);
        string inside = Path.Combine("evaluation", "mentors.csv");
        File.Move(Path.Combine(_folder.Path, "mentors.csv"), Path.Combine(_folder.Path, inside));

        Outcome outcome = Evaluate("--mentors", inside, "--out", "evaluation", "--force");

        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains("mentors.csv lies in evaluation", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, inside)));
    }

    [Fact]
    public void NationalIdentityNumbersAreProcessedOnlyWithAKey()
    {
        _folder.Write("pai.csv", Employment.ToCsv(Employments(person => person == 26 ? NationalId : $"{10_000_000_000 + person}")));
        Mentors($"{NationalId};2022;mentee\n");
        _folder.Write("key", "a key of more than sixteen bytes");

        Outcome refused = Tool.Run(_folder.Path, "evaluate", "pai.csv", "--treatments", "treatments.csv", "--mentors", "mentors.csv", "--quiet");
        Assert.Equal((3, ""), (refused.Code, refused.Out));
        Assert.Contains("mentors.csv: the column of persons holds valid national identity numbers", refused.Error, StringComparison.Ordinal);

        Outcome outcome = Evaluate("--mentors", "mentors.csv", "--pseudonymise-key", "key", "--format", "json", "--quiet");
        Assert.True(outcome is { Code: 0, Error: "" }, outcome.ToString());
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal(1, json.RootElement.GetProperty("monitoring").EnumerateArray().Last().GetProperty("with_mentor").GetInt32());
        Assert.DoesNotContain(NationalId, outcome.Out + refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void DemoHasMonitoring()
    {
        Outcome outcome = Tool.Run(_folder.Path, "demo", "--persons", "10000", "--years", "2020-2024", "--format", "json");
        Assert.True(outcome.Code == 0, outcome.ToString());

        string demo = Path.Combine(_folder.Path, "registerengine-demo");
        HashSet<string> keys = [.. File.ReadAllLines(Path.Combine(demo, "register", "truth", "mentors.csv")).Skip(1).Select(line => line.Split(';')[0])];
        Assert.NotEmpty(keys);
        Assert.Contains("health personnel,all,all,", File.ReadAllText(Path.Combine(demo, "release", "evaluation", "monitoring.csv")), StringComparison.Ordinal);
        string release = string.Concat(Register.Contents(Path.Combine(demo, "release")).Select(file => Encoding.UTF8.GetString(file.Value)));
        Assert.DoesNotContain(Regex.Matches(release + outcome.Out + outcome.Error, @"\d+").Select(number => number.Value), keys.Contains);
        Outcome verified = Tool.Run(_folder.Path, "verify", Path.Combine("registerengine-demo", "release"), "--format", "csv");
        Assert.Equal(0, verified.Code);
        Assert.Contains(verified.Lines, line => line.EndsWith("mentors.csv,input,unchanged", StringComparison.Ordinal));
    }

    private Outcome Evaluate(params string[] arguments) => Tool.Run(_folder.Path, ["evaluate", "pai.csv", "--treatments", "treatments.csv", .. arguments]);

    private void Mentors(string lines) => _folder.Write("mentors.csv", "person;year;role\n" + lines);

    // Two workplaces in two municipalities, each with ten who stay, and every year six who come; of these some leave after a year.
    private static IEnumerable<Employment> Employments(Func<int, string> id) =>
        from workplace in Enumerable.Range(1, 2)
        from person in Enumerable.Range(0, 58)
        let hired = person < 10 ? 2018 : 2018 + ((person - 2) / 6)
        let last = person < 10 ? 2024 : hired + (person % 3 == 0 ? 0 : 2)
        where hired <= 2024
        from year in Enumerable.Range(hired, 7)
        where year <= last && year <= 2024
        select new Employment(year, id(person + ((workplace - 1) * 1000)), $"{811_000_000 + workplace}") { Municipality = workplace == 1 ? "0301" : "4601", BirthYear = 1960 + (person % 40), Sex = person % 4 == 0 ? "M" : "K" };
}
