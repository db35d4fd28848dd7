using System.Text.Json;
using System.Text.Json.Nodes;

namespace RegisterEngine.Cli.Tests;

/// <summary>Standard output has results and nothing else; all else is on standard error.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputTests() => Register.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("turnover pai.csv --measure sector-exit", 1)]
    [InlineData("turnover pai.csv --by year --by year,sex --measure sector-exit", 2)]
    [InlineData("check pai.csv", 3)]
    [InlineData("verify release", 1)]
    public void EveryFormatIsWhatItSays(string arguments, int tables)
    {
        if (arguments.StartsWith("verify", StringComparison.Ordinal))
            Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);

        string plain = Out("table");
        Assert.DoesNotContain('|', plain);
        Assert.Equal(tables, plain.Split("\n\n").Length);

        string[][] csv = [.. Out("csv").TrimEnd('\n').Split("\n\n").Select(table => table.Split('\n'))];
        Assert.Equal(tables, csv.Length);
        Assert.All(csv, table => Assert.All(table, line => Assert.Equal(table[0].Split(',').Length, line.Split(',').Length)));

        string norwegian = Out("csv-no");
        Assert.Equal(csv.Select(table => table.Length), norwegian.TrimEnd('\n').Split("\n\n").Select(table => table.Split('\n').Length));
        Assert.DoesNotContain('\uFEFF', norwegian[1..]);

        using var json = JsonDocument.Parse(Out("json"));
        JsonElement[] arrays = tables == 1 ? [json.RootElement] : [.. json.RootElement.EnumerateObject().Select(property => property.Value)];
        Assert.Equal(csv.Select(table => table.Length - 1), arrays.Select(array => array.GetArrayLength()));

        string[] markdown = Out("markdown").TrimEnd('\n').Split('\n');
        Assert.Equal(tables, markdown.Count(line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.Equal(csv.Sum(table => table.Length + 1), markdown.Count(line => line.StartsWith('|')));

        string Out(string format)
        {
            Outcome outcome = Tool.Run(_folder.Path, [.. arguments.Split(' '), "--format", format, .. arguments.StartsWith("run", StringComparison.Ordinal) ? (string[])["--force"] : []]);
            Assert.True(outcome.Code == 0, outcome.ToString());
            Assert.DoesNotContain('\u001b', outcome.Out + outcome.Error);
            return outcome.Out;
        }
    }

    [Fact]
    public void QuietSaysNothingButResultsAndErrors()
    {
        Outcome quiet = Tool.Run(_folder.Path, "turnover", "pai.csv", "pai.csv", "--positions", "9999", "--quiet");
        Outcome usual = Tool.Run(_folder.Path, "turnover", "pai.csv", "pai.csv", "--positions", "9999");

        Assert.Equal((0, ""), (quiet.Code, quiet.Error));
        Assert.Contains("position_code 9999", usual.Error, StringComparison.Ordinal);
        Assert.Equal(usual.Out, quiet.Out);
        Assert.NotEqual("", Tool.Run(_folder.Path, "turnover", "absent.csv", "--quiet").Error);
    }

    [Theory]
    [InlineData("convert pai.csv pai.parquet --force", "columns are in pai.parquet")]
    [InlineData("verify release --format csv", "is of an earlier version, which had no seal")]
    public void QuietIsKnownToEveryCommandThatHasRemarks(string arguments, string remark)
    {
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);
        string manifest = Path.Combine(_folder.Path, "release", "manifest.json");
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(manifest))!;
        (json["manifest_version"], _) = (1, json.AsObject().Remove("seal"));
        File.WriteAllText(manifest, json.ToJsonString());
        Outcome usual = Tool.Run(_folder.Path, arguments.Split(' ')), quiet = Tool.Run(_folder.Path, [.. arguments.Split(' '), "--quiet"]);

        Assert.Equal((0, 0, "", usual.Out), (usual.Code, quiet.Code, quiet.Error, quiet.Out));
        Assert.Contains(remark, usual.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CountsThatWereChangedByHandAreFound()
    {
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);
        string manifest = Path.Combine(_folder.Path, "release", "manifest.json");
        Assert.Contains("manifest.json,manifest,unchanged", Tool.Run(_folder.Path, "verify", "release", "--format", "csv").Lines);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"rejected\": 0", "\"rejected\": 1", StringComparison.Ordinal));

        Outcome outcome = Tool.Run(_folder.Path, "verify", "release", "--format", "csv");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("manifest.json,manifest,changed", outcome.Lines);
        Assert.Contains("is not as it was written", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TextsOfTheRegisterDoNotSteerTheTerminal()
    {
        _folder.Write("odd.csv", Register.Csv.Replace("Solhaug", "\u001b[31mSol|haug"));

        foreach (string format in (string[])["table", "markdown"])
            Assert.DoesNotContain('\u001b', Tool.Run(_folder.Path, "turnover", "odd.csv", "--by", "workplace", "--format", format).Out);
    }

    [Fact]
    public void CheckWritesItsWholeReportAsJson()
    {
        Outcome outcome = Tool.Run(_folder.Path, "check", "pai.csv", "--json", "report.json", "--format", "json");
        string report = File.ReadAllText(Path.Combine(_folder.Path, "report.json"));
        using var document = JsonDocument.Parse(report);
        JsonElement root = document.RootElement;

        Assert.Equal(outcome.Out, report);
        Assert.Equal(["files", "years", "coverage"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Register.Employments.Count, root.GetProperty("files")[0].GetProperty("rows").GetInt32());
        Assert.Equal(
            Register.Employments.GroupBy(row => row.Year).OrderBy(year => year.Key).Select(year => (year.Key.ToString(), year.Select(row => row.Person).Distinct().Count())),
            root.GetProperty("years").EnumerateArray().Select(row => (row.GetProperty("year").GetString()!, row.GetProperty("persons").GetInt32())));
        Assert.Equal(
            Register.Employments.GroupBy(row => (row.Municipality, row.Year)).OrderBy(cell => cell.Key).Select(cell => cell.Count()),
            root.GetProperty("coverage").EnumerateArray().Select(row => row.GetProperty("rows").GetInt32()));
        Assert.All(root.GetProperty("coverage").EnumerateArray(), row => Assert.Equal("yes", row.GetProperty("delivered").GetString()));
    }

    [Fact]
    public void CheckShowsGapsInDelivery()
    {
        _folder.Write("gap.csv", Employment.ToCsv(Register.Employments.Where(row => row is not { Municipality: "5001", Year: 2021 })));
        Outcome outcome = Tool.Run(_folder.Path, "check", "gap.csv", "--format", "csv");

        Assert.Contains("5001,2021,gap,0,0,-1", outcome.Lines);
        Assert.Contains("gaps in delivery", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(Tool.Run(_folder.Path, "check", "pai.csv", "--missing", "0301:2021", "--format", "csv").Lines, line => line.StartsWith("0301,2021,gap,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0302:2021")]
    [InlineData("0301:2031")]
    [InlineData("988077917:2021")]
    public void GapThatIsDeclaredForNobodyIsSaidSo(string missing) =>
        Assert.Contains($"{missing} is said to be missing, but", Tool.Run(_folder.Path, "check", "pai.csv", "--missing", missing).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("parquet", "panel.parquet")]
    [InlineData("arrow", "panel.arrow")]
    [InlineData("arrow-stream", "panel.arrows")]
    public void AReleaseHoldsThePanelInTheFormatAskedFor(string format, string file)
    {
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--panel", "--out", "plain", "--quiet").Code);
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--panel-as", format, "--out", "other", "--quiet").Code);
        string panel = Path.Combine(_folder.Path, "other", file);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(panel));

        Assert.Equal(0, Tool.Run(_folder.Path, "convert", panel, "back.csv").Code);
        string[][] expected = Columns(Path.Combine(_folder.Path, "plain", "panel.csv")), read = Columns(Path.Combine(_folder.Path, "back.csv"));
        Assert.Equal(expected.Select(line => line[..2]), read.Select(line => line[..2]));
        Assert.True(expected.Length > 1);
    }

    private static string[][] Columns(string file) => [.. File.ReadLines(file).Select(line => line.Split(','))];
}
