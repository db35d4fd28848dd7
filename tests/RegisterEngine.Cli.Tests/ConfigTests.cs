using System.Text.Json;
using RegisterEngine.Cli.Configuration;

namespace RegisterEngine.Cli.Tests;

public sealed class ConfigTests : IDisposable
{
    private const string Config = """
        inputs: [pai.csv]
        max-rejects: 0.5%
        panel:
          main-job: sum-by-workplace
          new_hire: any-job
          universe:
            position-codes: ["7174"]
          coverage:
            level: workplace
            threshold: 0,2
            missing:
              - municipality: "0301"
                year: 2021
        ages: [0, 30, 60]
        sample:
          minimum-size: 60
        measures: [total, sector-exit]
        label: start
        tables:
          - by: [year, sex]
          - name: helse
            by: [year]
            sample:
              service-areas: helse
            measures: total
        threads: 2
        memory: 0.5GB
        """;

    private readonly TemporaryFolder _folder = new();

    public ConfigTests() => Register.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryOptionOfTheFileHasItsEffect()
    {
        JsonElement options = Run();
        JsonElement panel = options.GetProperty("panel");

        Assert.Equal(("SumByWorkplace", "AnyJob"), (panel.GetProperty("main_job").GetString(), panel.GetProperty("new_hire").GetString()));
        Assert.Equal("7174", panel.GetProperty("universe").GetProperty("position_codes")[0].GetString());
        Assert.Equal(("Workplace", 0.2), (panel.GetProperty("coverage").GetProperty("level").GetString(), panel.GetProperty("coverage").GetProperty("threshold").GetDouble()));
        Assert.Equal(("0301", 2021), (panel.GetProperty("coverage").GetProperty("missing")[0].GetProperty("unit").GetString(), panel.GetProperty("coverage").GetProperty("missing")[0].GetProperty("year").GetInt32()));
        Assert.Equal("0.5%", options.GetProperty("max_rejects").GetString());
        Assert.Equal(["by-year-sex", "helse"], options.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("cells").GetProperty("name").GetString()));
        Assert.Equal([2, 1], options.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("measures").GetArrayLength()));
        Assert.All(options.GetProperty("tables").EnumerateArray(), table => Assert.Equal(6000, table.GetProperty("cells").GetProperty("sample").GetProperty("minimum_size").GetInt32()));
        Assert.All(options.GetProperty("tables").EnumerateArray(), table => Assert.Equal("Start", table.GetProperty("label").GetString()));
        Assert.Equal([0, 30, 60], options.GetProperty("ages").GetProperty("starts").EnumerateArray().Select(age => age.GetInt32()));
    }

    [Fact]
    public void CommandLineHasTheLastWordInTablesOfTheFileToo()
    {
        JsonElement options = Run(
            "--main-job", "largest-employment", "--new-hire-rule", "main-job", "--universe-positions", "7076,7174", "--max-rejects", "7", "--ages", "0,40", "--minimum-size", "37,5",
            "--measure", "workplace-move", "--label", "end", "--positions", "7076", "--by", "year,county");
        JsonElement[] tables = [.. options.GetProperty("tables").EnumerateArray()];

        Assert.Equal(("LargestEmployment", "MainJob"), (options.GetProperty("panel").GetProperty("main_job").GetString(), options.GetProperty("panel").GetProperty("new_hire").GetString()));
        Assert.Equal(2, options.GetProperty("panel").GetProperty("universe").GetProperty("position_codes").GetArrayLength());
        Assert.Equal("7", options.GetProperty("max_rejects").GetString());
        Assert.Equal(2, options.GetProperty("ages").GetProperty("starts").GetArrayLength());
        Assert.Equal(3, tables.Length);
        Assert.All(tables, table => Assert.Equal(3750, table.GetProperty("cells").GetProperty("sample").GetProperty("minimum_size").GetInt32()));
        Assert.All(tables, table => Assert.Equal("7076", table.GetProperty("cells").GetProperty("sample").GetProperty("position_codes")[0].GetString()));
        Assert.All(tables, table => Assert.Equal("WorkplaceMove", Assert.Single(table.GetProperty("measures").EnumerateArray()).GetString()));
        Assert.All(tables, table => Assert.Equal("End", table.GetProperty("label").GetString()));
        Assert.Equal("helse", tables[1].GetProperty("cells").GetProperty("sample").GetProperty("service_areas")[0].GetString());
    }

    [Theory]
    [InlineData("inptus: [a.csv]", "line 1, inptus: is not known here; there are inputs, schemas,")]
    [InlineData("panel:\n  univrse: {}", "line 2, panel.univrse: is not known here; there are universe, coverage, main-job, new-hire")]
    [InlineData("panel:\n  coverage:\n    missing:\n      - unit: '0301'\n        year: 2020", "name a municipality or a workplace")]
    [InlineData("tables:\n  - by: [year]\n    simple: {}", "line 3, tables[0].simple: is not known here")]
    [InlineData("tables: {by: year}", "line 1, tables: should be a list")]
    [InlineData("sample: 60", "line 1, sample: should be a mapping")]
    [InlineData("memory: [1]", "line 1, memory: should be one value")]
    [InlineData("memory: lots", "line 1, memory: 'lots' is no size; say for instance 2GB")]
    [InlineData("threads: two", "line 1, threads: should be a whole number")]
    [InlineData("label: middle", "line 1, label: 'middle' is not one of pair, start, end")]
    [InlineData("measures: turnover", "'turnover' is not one of sector-exit,")]
    [InlineData("ages: [30, 20]", "are not the first ages of groups in rising order")]
    [InlineData("max-rejects: 200%", "is neither a number of rows nor a percentage")]
    [InlineData("sample:\n  minimum-size: 37.555", "is no percentage of full time with at most two decimals")]
    [InlineData("sample:\n  years: [20201]", "'20201' is no year in")]
    [InlineData("panel:\n  coverage:\n    threshold: 1.5", "is no share from 0 to 1")]
    [InlineData("threads: 1\nthreads: 2", "no valid YAML")]
    [InlineData("max-rejects: 1\nmax_rejects: 2", "is here twice")]
    [InlineData("{[a]: b}", "something else than a word for a name")]
    [InlineData("a: [", "no valid YAML")]
    [InlineData("", "is empty")]
    [InlineData("tables:\n  - name: ../../elsewhere\n    by: year", "cannot be the name of a table")]
    [InlineData("tables:\n  - {name: a, by: year}\n  - {name: A, by: sex}", "Two tables are called 'a'")]
    public void MistakeIsRefusedWithItsPlaceAndWhatCouldStandThere(string yaml, string message)
    {
        string path = _folder.Write("pai.yaml", yaml);

        UsageException e = Assert.Throws<UsageException>(() => Commands.TableOptions.Checked(ConfigReader.Read(path).Tables ?? []));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AgeGroupsBeginAtZero()
    {
        Assert.Equal([0, 30, 40], ConfigReader.Ages(["30", "40"], "--ages").Starts);
        Assert.Equal([0, 40], ConfigReader.Ages(["0", "40"], "--ages").Starts);
    }

    [Fact]
    public void NameWithoutAValueSaysNothing()
    {
        string path = _folder.Write("pai.yaml", "inputs:\nsample:\nmemory: ~\ntables: null\nthreads: 3\n");
        RunConfig config = ConfigReader.Read(path);

        Assert.Empty(config.Inputs);
        Assert.Equal((null, null, 3), (config.Memory, config.Tables, config.Threads));
    }

    [Theory]
    [InlineData("2GB", 2L << 30)]
    [InlineData("1.5 gb", 3L << 29)]
    [InlineData("1,5GB", 3L << 29)]
    [InlineData("512k", 512L << 10)]
    [InlineData("77", 77)]
    public void SizesMayHaveEitherDecimalSign(string text, long bytes) => Assert.Equal(bytes, Words.Bytes(text, "--memory"));

    [Theory]
    [InlineData("0")]
    [InlineData("-1GB")]
    [InlineData("1,000,000")]
    [InlineData("1e9")]
    [InlineData("99999999999TB")]
    [InlineData("Infinity")]
    public void OtherSizesAreRefused(string text) => Assert.Throws<UsageException>(() => Words.Bytes(text, "--memory"));

    [Fact]
    public void MistakeEndsTheProcessWithItsPlace()
    {
        _folder.Write("pai.yaml", "inptus: [a.csv]");
        Outcome outcome = Tool.Run(_folder.Path, "run", "--config", "pai.yaml");

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("error: pai.yaml, line 1, inptus: is not known here", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ListOfAnOptionDoesNotTakeTheInputsAfterIt()
    {
        Outcome outcome = Tool.Run(_folder.Path, "turnover", "--measure", "total,sector-exit", "pai.csv", "--positions", "7174", "--positions", "7076", "--format", "csv");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(5, outcome.Lines.Length);
    }

    private JsonElement Run(params string[] arguments)
    {
        _folder.Write("pai.yaml", Config);
        Outcome outcome = Tool.Run(_folder.Path, ["run", "--config", "pai.yaml", .. arguments]);
        Assert.True(outcome.Code == 0, outcome.ToString());
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, "release", "manifest.json"))).RootElement.GetProperty("options");
    }
}
