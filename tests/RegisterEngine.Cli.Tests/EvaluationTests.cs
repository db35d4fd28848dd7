using System.Text.Json;

namespace RegisterEngine.Cli.Tests;

/// <summary><c>evaluate</c> and <c>regress</c>, from extracts to files.</summary>
public sealed class EvaluationTests : IDisposable
{
    private const string Model = "outcomes: [total, sector-exit]\nterms: [age, woman]\nsample:\n  new-hire: yes\neffects: [year]\nclusters: [workplace]\nerrors: [CR1]\n";

    private readonly TemporaryFolder _folder = new();

    public EvaluationTests()
    {
        _folder.Write("pai.csv", Employment.ToCsv(Employments()));
        Treatments("811000001,2022,Solhaug,2,home\n811000002,2021,Bakken,,\n");
        _folder.Write("model.yaml", Model);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EvaluationIsWrittenVerifiedAndReplaced()
    {
        string[] evaluate = ["evaluate", "pai.csv", "--treatments", "treatments.csv", "--out", "evaluation", "--quiet"];
        Outcome first = Tool.Run(_folder.Path, evaluate);
        Assert.True(first is { Code: 0, Error: "" }, first.ToString());
        Assert.Contains("treat_post", first.Out, StringComparison.Ordinal);
        Assert.Equal(["evaluation", "model.yaml", "pai.csv", "treatments.csv"], Register.Names(_folder.Path));

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "evaluation", "manifest.json")));
        JsonElement evaluation = manifest.RootElement.GetProperty("evaluation");
        Assert.Equal(["Solhaug", "Bakken"], evaluation.GetProperty("programme").EnumerateArray().Select(workplace => workplace.GetProperty("label").GetString()));
        Assert.Equal(9999, evaluation.GetProperty("options").GetProperty("draws").GetInt32());
        Assert.Equal("pai.csv", manifest.RootElement.GetProperty("inputs")[0].GetProperty("file").GetProperty("name").GetString());

        Outcome verified = Tool.Run(_folder.Path, "verify", "evaluation", "--format", "csv");
        Assert.Equal(0, verified.Code);
        Assert.Contains("treatments.csv,input,unchanged", verified.Lines);
        Assert.Contains("models.json,output,unchanged", verified.Lines);

        Assert.Equal(5, Tool.Run(_folder.Path, evaluate).Code);
        SortedDictionary<string, byte[]> before = Register.Contents(Path.Combine(_folder.Path, "evaluation"));
        Assert.Equal(0, Tool.Run(_folder.Path, [.. evaluate, "--force"]).Code);
        SortedDictionary<string, byte[]> after = Register.Contents(Path.Combine(_folder.Path, "evaluation"));
        Assert.All([before, after], files => files.Remove("manifest.json"));
        Assert.Equal(before, after);

        Treatments("811000001,2022,Solhaug,2,home\n");
        Outcome changed = Tool.Run(_folder.Path, "verify", "evaluation", "--format", "csv");
        Assert.Equal(1, changed.Code);
        Assert.Contains("treatments.csv,input,changed", changed.Lines);
    }

    [Fact]
    public void FolderThatIsNoEvaluationIsNeverReplaced()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "taken"));
        _folder.Write(Path.Combine("taken", "thesis.docx"), "precious");

        Outcome outcome = Tool.Run(_folder.Path, "evaluate", "pai.csv", "--treatments", "treatments.csv", "--out", "taken", "--force");

        Assert.Equal(5, outcome.Code);
        Assert.Equal(["thesis.docx"], Register.Names(Path.Combine(_folder.Path, "taken")));
    }

    [Theory]
    [InlineData("evaluate pai.csv --treatments treatments.csv", 7)]
    [InlineData("regress pai.csv --model model.yaml", 1)]
    public void EveryFormatIsWhatItSays(string arguments, int leastTables)
    {
        string[][] csv = [.. Out("csv").TrimEnd('\n').Split("\n\n").Select(table => table.Split('\n'))];
        using var json = JsonDocument.Parse(Out("json"));
        string[] markdown = Out("markdown").TrimEnd('\n').Split('\n');

        Assert.InRange(csv.Length, leastTables, 30);
        JsonElement[] arrays = csv.Length == 1 ? [json.RootElement] : [.. json.RootElement.EnumerateObject().Select(property => property.Value)];
        Assert.Equal(csv.Select(table => table.Length - 1), arrays.Select(array => array.GetArrayLength()));
        Assert.Equal(csv.Length, markdown.Count(line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.DoesNotContain("NaN", string.Concat(csv.SelectMany(table => table)), StringComparison.Ordinal);
        Assert.DoesNotContain(Register.Secret, string.Concat(csv.SelectMany(table => table)), StringComparison.Ordinal);
        Assert.NotEqual("", Out("table"));

        string Out(string format)
        {
            Outcome outcome = Tool.Run(_folder.Path, [.. arguments.Split(' '), "--quiet", "--format", format]);
            Assert.True(outcome is { Code: 0, Error: "" }, outcome.ToString());
            return outcome.Out;
        }
    }

    [Theory]
    [InlineData("811000009,2022,Nowhere,,\n", "no workplace '811000009'")]
    [InlineData("811000001,2022,Solhaug,2,home\n811000001,2023,Solhaug,2,home\n", "line 3, column workplace: '811000001' is in line 2 too")]
    [InlineData("811000001,2031,Solhaug,2,home\n", "2031")]
    [InlineData("811000001,soon,Solhaug,2,home\n", "line 2, column start_year: 'soon' is not a year")]
    [InlineData("811000001,2022,Solhaug,9,home\n", "column centrality: '9' is not a class from 1 to 6")]
    [InlineData("811000001,2022\n", "line 2: 2 fields where the header has 5 columns")]
    [InlineData("", "no workplace below its header")]
    public void BadTreatmentTableIsAClearError(string lines, string expected)
    {
        Treatments(lines);

        Outcome outcome = Tool.Run(_folder.Path, "evaluate", "pai.csv", "--treatments", "treatments.csv", "--out", "evaluation", "--quiet");

        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["model.yaml", "pai.csv", "treatments.csv"], Register.Names(_folder.Path));
    }

    [Theory]
    [InlineData("evaluate pai.csv", "--treatments")]
    [InlineData("evaluate pai.csv --treatments absent.csv", "absent.csv")]
    [InlineData("evaluate pai.csv --treatments treatments.csv --evaluation absent.yaml", "absent.yaml")]
    [InlineData("regress pai.csv", "--model")]
    [InlineData("regress pai.csv --model absent.yaml", "absent.yaml")]
    [InlineData("regress pai.csv --model bad.yaml", "shoe-size")]
    public void WhatCannotBeSaidIsRefused(string arguments, string expected)
    {
        _folder.Write("bad.yaml", Model.Replace("[age, woman]", "[shoe-size]"));

        Outcome outcome = Tool.Run(_folder.Path, arguments.Split(' '));

        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void DemoEndsWithAnEvaluationNextToTheTruth()
    {
        Outcome outcome = Tool.Run(_folder.Path, "demo", "--persons", "10000", "--years", "2019-2024", "--format", "json");
        Assert.True(outcome.Code == 0, outcome.ToString());

        using var shown = JsonDocument.Parse(outcome.Out);
        JsonElement[] planted = [.. shown.RootElement.GetProperty("planted").EnumerateArray()];
        Assert.Equal(9, planted.Length);
        Assert.All(planted.Where(row => row.GetProperty("measure").GetString() == "sector exit"), row => Assert.InRange(row.GetProperty("true_effect").GetDouble(), -0.06 - 1e-9, -0.05));
        Assert.All(planted, row => Assert.Equal(
            row.GetProperty("low_95").GetDouble() <= row.GetProperty("true_effect").GetDouble() && row.GetProperty("true_effect").GetDouble() <= row.GetProperty("high_95").GetDouble() ? "yes" : "no",
            row.GetProperty("covers_truth").GetString()));
        Assert.Contains("intervals of 95 % cover its true effect", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "registerengine-demo", "release", "evaluation", "planted.csv")));
        Assert.Equal(0, Tool.Run(_folder.Path, "verify", Path.Combine("registerengine-demo", "release")).Code);
    }

    [Fact]
    public void DemoWithoutTheYearsOfTheProgrammeSaysSo()
    {
        Outcome outcome = Tool.Run(_folder.Path, "demo", "--persons", "5000", "--years", "2015-2018", "--format", "json");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("The programme is not evaluated: The extracts have the years 2015 to 2018", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", outcome.Out, StringComparison.Ordinal);
    }

    private void Treatments(string lines) => _folder.Write("treatments.csv", "workplace,start_year,label,centrality,type\n" + lines);

    // Six workplaces in three municipalities; each year each hires 18, of whom some leave, some move next door and the others stay three years.
    private static IEnumerable<Employment> Employments() =>
        from workplace in Enumerable.Range(1, 6)
        from hired in Enumerable.Range(2017, 8)
        from person in Enumerable.Range(0, 18)
        from year in Enumerable.Range(hired, (person + hired + workplace) % 4 == 0 ? 1 : 3)
        let next = (person + hired) % 7 == 0 && year > hired ? (workplace % 6) + 1 : workplace
        where year <= 2024
        select new Employment(year, $"{Register.Secret}-{workplace}-{hired}-{person}", $"{811_000_000 + next}")
        {
            Municipality = next <= 2 ? "0301" : next <= 4 ? "4601" : "5001",
            Position = person % 2 == 0 ? "7174" : "7076",
            BirthYear = 1960 + (person * 2),
            Sex = person % 4 == 0 ? "M" : "K",
        };
}
