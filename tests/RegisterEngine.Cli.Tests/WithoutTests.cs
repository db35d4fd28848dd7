using System.Text.Json;

namespace RegisterEngine.Cli.Tests;

/// <summary>Columns can be left unread: all else comes out as it would with them, and what is written tells it.</summary>
public sealed class WithoutTests : IDisposable
{
    private const string Unneeded = "workplace_name,position_name,employment_form,pay";

    private static readonly string[] Turnover = ["turnover", "--format", "csv", "--by", "year,new-hire,municipality,sex", "--minimum-size", "60"];

    private readonly TemporaryFolder _folder = new();

    public WithoutTests()
    {
        Register.Write(_folder);
        Assert.Equal(0, Tool.Run(_folder.Path, "convert", "pai.csv", "pai.parquet").Code);
        Assert.Equal(0, Tool.Run(_folder.Path, "convert", "pai.csv", "pai.arrow").Code);
        _folder.Write("without.yaml", $"without: [{Unneeded}]\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pai.csv")]
    [InlineData("pai.parquet")]
    [InlineData("pai.arrow")]
    public void TablesThatDoNotNeedThemAreTheSame(string input)
    {
        string expected = Run([.. Turnover, "pai.csv"]).Out;

        Outcome outcome = Run([.. Turnover, input, "--without", Unneeded]);

        Assert.Equal(expected, outcome.Out);
        Assert.DoesNotContain("has no", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(expected, Run([.. Turnover, input, "--config", "without.yaml"]).Out);
    }

    [Theory]
    [InlineData("pai.csv")]
    [InlineData("pai.parquet")]
    public void APanelHasNothingInThem(string input)
    {
        string[] whole = Run(["panel", input]).Lines, part = Run(["panel", input, "--without", "pay,sex,start_date"]).Lines;
        string[] names = whole[0].Split(',');
        int[] left = [.. ((string[])["pay", "sex", "start_date"]).Select(name => Array.IndexOf(names, name))];

        Assert.DoesNotContain(-1, left);
        Assert.Contains(whole.Skip(1), line => line.Split(',')[left[0]].Length > 0);
        Assert.Equal(whole[0], part[0]);
        Assert.Equal(
            whole.Skip(1).Select(line => string.Join(',', line.Split(',').Select((value, place) => left.Contains(place) ? "" : value))),
            part.Skip(1).Select(line => string.Join(',', line.Split(',').Select((value, place) => left.Contains(place) ? Nothing(value) : value))));

        // An unknown sex is a word, as in every panel.
        static string Nothing(string value) => value == "unknown" ? "" : value;
    }

    [Fact]
    public void WhatIsNotReadRejectsNoRow()
    {
        _folder.Write("bad.csv", Register.WithBadRows(40));

        Assert.Equal(1, Tool.Run(_folder.Path, "check", "bad.csv").Code);
        using var report = JsonDocument.Parse(Run(["check", "bad.csv", "--format", "json", "--without", "position_size"]).Out);

        Assert.Equal(100, report.RootElement.GetProperty("files")[0].GetProperty("accepted").GetInt32());
    }

    [Fact]
    public void TheManifestTellsThem()
    {
        Run(["run", "pai.csv", "--out", "release", "--without", "pay,position_name"]);
        Run(["run", "pai.csv", "--out", "whole"]);

        Assert.Equal(["pay", "position_name"], OptionsOf("release").GetProperty("without").EnumerateArray().Select(name => name.GetString()));
        Assert.False(OptionsOf("whole").TryGetProperty("without", out _));
        Assert.Equal(0, Tool.Run(_folder.Path, "verify", "release").Code);
    }

    [Theory]
    [InlineData("sex", "--by year,sex")]
    [InlineData("birth_year", "--by age-group")]
    [InlineData("municipality", "--by county")]
    [InlineData("position_code", "--by position-code")]
    [InlineData("service_area", "--by service-area")]
    [InlineData("employment_form", "--by employment-form")]
    [InlineData("position_size", "--minimum-size 60")]
    [InlineData("service_area", "--areas skole")]
    [InlineData("position_code", "--universe-positions 7174")]
    [InlineData("employment_form", "--universe-forms Fast")]
    public void WhatATableNeedsIsNotLeftOut(string column, string asked)
    {
        Outcome outcome = Tool.Run(_folder.Path, ["turnover", "pai.csv", .. asked.Split(' '), "--without", column]);

        Assert.Equal(2, outcome.Code);
        Assert.Equal("", outcome.Out);
        Assert.Contains($"needs the column '{column}', which is left unread", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shoe_size", "'shoe_size' is no column")]
    [InlineData("person", "no run can do without 'person'")]
    public void WhatCannotBeLeftOutIsSaid(string column, string message)
    {
        Outcome outcome = Tool.Run(_folder.Path, "check", "pai.csv", "--without", column);

        Assert.Equal(2, outcome.Code);
        Assert.Contains($"--without: {message}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("workplace_name", outcome.Error, StringComparison.Ordinal);
    }

    private JsonElement OptionsOf(string release)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, release, "manifest.json")));
        return manifest.RootElement.GetProperty("options").Clone();
    }

    private Outcome Run(string[] arguments)
    {
        Outcome outcome = Tool.Run(_folder.Path, arguments);
        Assert.True(outcome.Code == 0, outcome.ToString());
        return outcome;
    }
}
