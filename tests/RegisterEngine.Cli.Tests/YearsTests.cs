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
