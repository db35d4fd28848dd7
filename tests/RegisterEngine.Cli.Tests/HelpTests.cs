using System.CommandLine;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Tests;

/// <summary>Help is a claim that is checked: what it shows can be said, and the files that it shows can be used.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Commands => [.. All(CommandTree.Create(), "")];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommandShowsExamplesThatCanBeSaid(string command)
    {
        string[] examples = [.. Help(command).Split("Examples:\n")[1].Split("\n\n")[0].Split('\n').Where(line => line.Length > 0)];

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(CommandTree.Create().Parse(Arguments(example)).Errors));
    }

    [Theory]
    [InlineData("run", "--out,Tables:,--by,Person-years,--years,What is read:,--config,--data-years,--without,Rules,--universe-areas,How it runs:,--memory")]
    [InlineData("check", "--json,What is read:,--config,Rules,--main-job,How it runs:,--threads")]
    public void OptionsStandInGroupsThoseOfTheCommandFirst(string command, string order)
    {
        string help = Help(command);
        int[] places = [.. order.Split(',').Select(word => help.IndexOf(word.EndsWith(':') || !word.StartsWith('-') ? $"\n{word}" : $"{word} ", StringComparison.Ordinal))];

        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void FilesThatHelpShowsCanBeUsed()
    {
        RunConfig config = ConfigReader.Read(Shown("run", "pai.yaml"));
        Assert.Equal((2015, 2024), (config.DataYears!.Value.From, config.DataYears.Value.To));
        Assert.Equal(6000, Assert.Single(config.MoreTables).Cells.Sample.MinimumSize);

        Treatment treatment = Assert.Single(TreatmentFile.Read(Shown("evaluate", "treatments.csv")).All);
        Assert.Equal(("988077917", 2022, "home care"), (treatment.Workplace, treatment.StartYear, treatment.Type));
        Assert.Equal([2022], MentorFile.Read(Shown("evaluate", "mentors.csv"), null).Years);
        Assert.Equal([[2021], [2022]], EvaluationConfig.Read(Shown("evaluate", "evaluation.yaml")).Options.After);
        Assert.Equal(3, Assert.Single(EvaluationConfig.Read(Shown("evaluate", "evaluation.yaml")).Options.Comparisons).After.Count);

        Register.Write(_folder);
        Shown("regress", "model.yaml");
        Outcome outcome = Tool.Run(_folder.Path, "regress", "pai.csv", "--model", "model.yaml");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.StartsWith("New hires who leave", outcome.Out, StringComparison.Ordinal);
    }

    // The block below the line that names the file, as a file.
    private string Shown(string command, string file)
    {
        IEnumerable<string> lines = Help(command).Split('\n').SkipWhile(line => !line.Contains($"({file})", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal));
        return _folder.Write(file, string.Concat(lines.Select(line => line[2..] + "\n")));
    }

    private static string Help(string command)
    {
        using var output = new StringWriter();
        Assert.Equal(0, CommandTree.Create().Parse($"{command} --help").Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString().ReplaceLineEndings("\n");
    }

    // Without the comment, and what goes before or after in a pipe.
    private static string Arguments(string example) =>
        example.Split('#')[0].Split('|').First(part => part.Contains("registerengine ", StringComparison.Ordinal)).Split('>')[0].Trim()["registerengine ".Length..];

    private static IEnumerable<string> All(Command command, string path) =>
        command.Subcommands.SelectMany(below => All(below, $"{path} {below.Name}".Trim())).Prepend(path);
}
