using System.Text.Json;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Cli.Tests;

/// <summary>Years can be left out of a run by an option, and everything that comes out tells that they were.</summary>
public sealed class YearsTests : IDisposable
{
    private static readonly int Others = Register.Employments.Count(row => row.Year == 2020);

    private readonly TemporaryFolder _folder = new();

    public YearsTests()
    {
        Register.Write(_folder);
        _folder.Write("two.csv", Employment.ToCsv(Register.Employments.Where(row => row.Year >= 2021)));
        _folder.Write("years.yaml", "inputs: [pai.csv]\ndata-years: 2021-2022\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("turnover --format csv --by year,new-hire,workplace")]
    [InlineData("panel")]
    public void ResultsAreThoseOfExtractsWithoutTheOtherYears(string command)
    {
        string expected = Run([.. command.Split(' '), "two.csv"]).Out;

        Outcome outcome = Run([.. command.Split(' '), "pai.csv", "--data-years", "2021-2022"]);
        Assert.Equal(expected, outcome.Out);
        Assert.Contains($"{Others} rows are of other years than 2021-2022, and left out", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(expected, Run([.. command.Split(' '), "--config", "years.yaml"]).Out);
        Assert.NotEqual(expected, Run([.. command.Split(' '), "--config", "years.yaml", "--data-years", "2022"]).Out);
    }

    [Fact]
    public void AverageStockOfAYearNeedsNoOtherYearInTheTable()
    {
        string[] command = ["turnover", "pai.csv", "--by", "year,workplace", "--denominator", "average-stock", "--format", "csv"];
        string[] lines = Run(command).Lines;

        Assert.Equal(lines.Where(line => line.StartsWith("year", StringComparison.Ordinal) || line.StartsWith("2020-", StringComparison.Ordinal)), Run([.. command, "--years", "2020"]).Lines);
    }

    [Fact]
    public void CheckShowsTheRowsThatWereLeftOut()
    {
        WriteParquet(groupRows: 10);
        foreach (string input in (string[])["pai.csv", "pai.parquet"])
        {
            using var report = JsonDocument.Parse(Run(["check", input, "--data-years", "2021-2022", "--format", "json"]).Out);
            JsonElement file = report.RootElement.GetProperty("files")[0];

            Assert.Equal(
                (Register.Employments.Count, Others, Register.Employments.Count - Others),
                (file.GetProperty("rows").GetInt32(), file.GetProperty("other_years").GetInt32(), file.GetProperty("accepted").GetInt32()));
            Assert.Equal(input == "pai.csv" ? 0 : Others / 10 * 10, file.GetProperty("skipped").GetInt32());
            Assert.Equal(["2021", "2022"], report.RootElement.GetProperty("years").EnumerateArray().Select(row => row.GetProperty("year").GetString()));
        }
        Assert.DoesNotContain("other_years", Run(["check", "pai.csv", "--format", "csv"]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ManifestTellsTheYearsAndWhatWasLeftOut()
    {
        Run(["run", "--config", "years.yaml", "--out", "release"]);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, "release", "manifest.json")));
        JsonElement counts = manifest.RootElement.GetProperty("counts"), input = manifest.RootElement.GetProperty("inputs")[0];
        JsonElement years = manifest.RootElement.GetProperty("options").GetProperty("data_years");

        Assert.Equal((2021, 2022), (years.GetProperty("from").GetInt32(), years.GetProperty("to").GetInt32()));
        Assert.Equal((Others, Others), (counts.GetProperty("other_years").GetInt32(), input.GetProperty("other_years").GetInt32()));
        Assert.Equal(counts.GetProperty("read").GetInt32(), counts.GetProperty("accepted").GetInt32() + counts.GetProperty("rejected").GetInt32() + Others);
        Run(["verify", "release"]);
    }

    [Fact]
    public void FilesOfOtherYearsByTheirNamesAreSaidToBeLeftUnread()
    {
        foreach (int year in (int[])[2020, 2021, 2022])
            _folder.Write($"pai_{year}.csv", Employment.ToCsv(Register.Employments.Where(row => row.Year == year)).Replace("aar;", "unused;", StringComparison.Ordinal));
        Outcome outcome = Run(["check", "pai_2020.csv", "pai_2021.csv", "pai_2022.csv", "--data-years", "2021-2022", "--format", "json"]);
        using var report = JsonDocument.Parse(outcome.Out);

        Assert.Equal(["its name says 2020", null, null], report.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("not_read").GetString()));
        Assert.Contains("1 of 3 files are of other years than 2021-2022 by their names, and were not read", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("pai_2020.csv: the year 2020 is taken from the name of the file, which was not read.", outcome.Error, StringComparison.Ordinal);

        Run(["run", "pai_2020.csv", "pai_2021.csv", "pai_2022.csv", "--data-years", "2021-2022", "--out", "release"]);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, "release", "manifest.json")));
        JsonElement[] inputs = [.. manifest.RootElement.GetProperty("inputs").EnumerateArray()];
        Assert.True(inputs[0].GetProperty("not_read").GetBoolean());
        Assert.Equal(JsonValueKind.Null, inputs[0].GetProperty("file").GetProperty("sha256").ValueKind);
        Assert.All(inputs[1..], input => Assert.False(input.TryGetProperty("not_read", out _)));
        Assert.Contains("pai_2020.csv,input,not hashed", Run(["verify", "release", "--format", "csv"]).Lines);
    }

    [Fact]
    public void NameWithTwoYearsIsSaidTogetherWithWhatHelps()
    {
        _folder.Write("pai_2021_levert_2022.csv", Employment.ToCsv(Register.Employments.Where(row => row.Year == 2022)).Replace("aar;", "unused;", StringComparison.Ordinal));
        Outcome outcome = Run(["check", "pai_2021_levert_2022.csv"]);
        const string Setting = """
            "yearInFileName": "^pai_\\d{4}_levert_(\\d{4})"
            """;

        Assert.Contains("the year 2021 is taken from the name of the file. Other years stand there too.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(Setting, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("registerengine schema show generic-delimited", outcome.Error, StringComparison.Ordinal);
        _folder.Write("my-layout.json", Run(["schema", "show", "generic-delimited"]).Out.Replace("\"format\": \"delimited\",", $"\"format\": \"delimited\", {Setting},", StringComparison.Ordinal));
        outcome = Run(["check", "pai_2021_levert_2022.csv", "--schema", "my-layout.json"]);
        Assert.Contains("the year 2022 is taken from the name of the file.\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void YearsWithoutARowLeaveNothingToCount()
    {
        Outcome outcome = Run(["turnover", "pai.csv", "--data-years", "1990", "--format", "csv"]);

        Assert.Single(outcome.Lines);
        Assert.Contains("there is nothing to count", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2022-2021", "is neither a year nor a span such as 2020-2022")]
    [InlineData("2020-2021-2022", "is neither a year nor a span such as 2020-2022")]
    [InlineData("20-22", "'20' is no year in 1900-2155")]
    public void MistakeIsRefused(string years, string message)
    {
        Outcome outcome = Tool.Run(_folder.Path, "check", "pai.csv", "--data-years", years);

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("error: --data-years: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    private void WriteParquet(int groupRows)
    {
        using ITable table = TableConversion.Open(ExtractInputs.Find([Path.Combine(_folder.Path, "pai.csv")])[0]);
        using FileStream file = File.Create(Path.Combine(_folder.Path, "pai.parquet"));
        using ITableWriter writer = TableConversion.NewWriter(TableFileFormat.Parquet, file, table.Schema, new ParquetWriteOptions { RowGroupRows = groupRows });
        TableConversion.Copy(table, writer);
    }

    private Outcome Run(string[] arguments)
    {
        Outcome outcome = Tool.Run(_folder.Path, arguments);
        Assert.True(outcome.Code == 0, outcome.ToString());
        return outcome;
    }
}
