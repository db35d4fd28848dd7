using System.CommandLine;
using System.Text.RegularExpressions;

namespace RegisterEngine.Cli.Tests;

/// <summary>The README is a claim that is checked: its commands can be said, and its map leads somewhere.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void BothCommandsThatDoEverythingAreThere()
    {
        string[] lines = [.. Lines().Select(line => line.Split(" #")[0].TrimEnd())];
        Assert.Contains("dotnet run -c Release --project src/RegisterEngine.Cli -- demo", lines);
        Assert.Contains("dotnet test -c Release", lines);
    }

    [Fact]
    public void EveryCommandCanBeSaid() => Assert.Empty(
        from line in Lines()
        from command in Commands(line)
        let wrong = Wrong(command)
        where wrong.Length > 0
        select $"{command}: {wrong}");

    [Fact]
    public void EveryFileAndFolderOfTheMapIsThere() => Assert.All(
        Place().Matches(Text).Select(match => Path.Combine(Repository.Root, match.Groups["place"].Value)).Distinct(), place => Assert.True(Path.Exists(place), place));

    [Theory]
    [InlineData("registerengine run data/*.csv --out release # all of it", "")]
    [InlineData("gunzip -c pai.gz | registerengine check - --format json > report.json", "")]
    [InlineData("registerengine run data --nonsense", "no option")]
    [InlineData("registerengine rum data", "rum")]
    [InlineData("dotnet run -c Release --project src/RegisterEngine.Cli -- schema shw x", "shw")]
    public void CheckItselfTellsRightFromWrong(string line, string expected)
    {
        string wrong = string.Join(';', Commands(line).Select(Wrong));

        Assert.True(expected.Length == 0 ? wrong.Length == 0 : wrong.Contains(expected, StringComparison.Ordinal), wrong);
    }

    // Lines of fenced shell commands; one that ends in a backslash goes on.
    private static IEnumerable<string> Lines() => Fence().Matches(Text)
        .SelectMany(fence => Regex.Replace(fence.Groups["text"].Value, @"\\\r?\n\s*", "").Split('\n')).Select(line => line.Trim());

    // What the engine is told in a line: after its name, up to a comment, a pipe or a redirection.
    private static IEnumerable<string> Commands(string line) =>
        Command().Matches(line).Select(match => match.Groups["arguments"].Value.Trim());

    private static string Wrong(string command)
    {
        ParseResult parsed = CommandTree.Create().Parse(command);
        string[] options = [.. parsed.Tokens.Where(token => token.Value.StartsWith('-') && token.Value != "-" && token.Type == System.CommandLine.Parsing.TokenType.Argument).Select(token => token.Value)];
        return string.Join("; ", [.. parsed.Errors.Select(error => error.Message), .. options.Select(option => $"there is no option {option}")]);
    }

    [GeneratedRegex(@"^```(sh|bash|shell|console)\s*\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?:(?<=^|[|;&$]\s*|\btime )registerengine|dotnet run [^|;&]*?src/RegisterEngine\.Cli --)(?<arguments>(?:\s+(?![|>#&;])(?:""[^""]*""|'[^']*'|[^\s|>;&]+))*)")]
    private static partial Regex Command();

    // In code: `src/RegisterEngine/Kernels/`, `schemas/README.md`.
    [GeneratedRegex(@"`(?<place>(?:src|tests|schemas|benchmarks|\.ci)/[\w./-]*\w/?)`")]
    private static partial Regex Place();
}
