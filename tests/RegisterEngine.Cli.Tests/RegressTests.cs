using System.Text.Json;

namespace RegisterEngine.Cli.Tests;

/// <summary>What <c>regress</c> says beside coefficients, and what files of models and evaluations can ask for.</summary>
public sealed class RegressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RegressTests()
    {
        _folder.Write("pai.csv", Employment.ToCsv(Employments()));
        _folder.Write("treatments.csv", "workplace,start_year\n811000001,2022\n811000002,2021\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TermsOfATreatmentTellHowManyWorkplacesIdentifyThem()
    {
        const string Model = "outcomes: [total]\nterms: [post, treat_post, age]\neffects: [year, workplace]\nclusters: [workplace, year]\ntreatments: treatments.csv\nsample: { new-hire: yes }\n";
        Dictionary<string, JsonElement> rows = Rows(Model).ToDictionary(row => row.GetProperty("term").GetString()!);
        // The effects of years leave of post what the workplace that began a year early tells.
        Assert.Equal(1, rows["post"].GetProperty("treated_clusters").GetInt32());
        Assert.Equal(2, rows["treat_post"].GetProperty("treated_clusters").GetInt32());
        Assert.Equal(JsonValueKind.Null, rows["age"].GetProperty("treated_clusters").ValueKind);
        Assert.Equal(6, rows["age"].GetProperty("clusters").GetInt32());
        Assert.InRange(rows["age"].GetProperty("clusters_2").GetInt32(), 5, 7);
        Assert.Equal(0, rows["age"].GetProperty("dropped_singletons").GetInt64());
        Assert.Contains("identified by 1", Regress(Model, "table").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void TableNamesTheEffectsAndDegreesOfFreedomOfItsModels()
    {
        string[] table = Regress("outcomes: [total]\nterms: [age]\neffects: [year]\nclusters: [workplace]\n", "markdown").Lines;
        Assert.Contains("| effects of year | yes |", table);
        Assert.Contains("| clusters | 6 |", table);
        Assert.Contains("| degrees of freedom | 5 |", table);
        Assert.Contains("| effects of any factor | no |", Regress("outcomes: [total]\nterms: [age]\n", "markdown").Lines);
    }

    [Fact]
    public void TermsAreTestedTogetherAsTheFileAsks()
    {
        const string Model = "outcomes: [total]\nterms: [age, woman, year]\ntests: [age, age + woman, year]\nerrors: [hc1]\n";
        using var json = JsonDocument.Parse(Regress(Model, "json").Out);
        JsonElement[] tests = [.. json.RootElement.GetProperty("tests").EnumerateArray()];
        Assert.Equal(["age", "age, woman"], tests.Take(2).Select(test => test.GetProperty("terms").GetString()));
        Assert.StartsWith("year=", tests[2].GetProperty("terms").GetString(), StringComparison.Ordinal);
        JsonElement age = json.RootElement.GetProperty("coefficients").EnumerateArray().Single(row => row.GetProperty("term").GetString() == "age");
        Assert.Equal(Math.Pow(age.GetProperty("t").GetDouble(), 2), tests[0].GetProperty("f").GetDouble(), 1e-9);
        Assert.Equal(age.GetProperty("p").GetDouble(), tests[0].GetProperty("p").GetDouble(), 1e-9);

        Outcome unknown = Regress(Model.Replace("tests: [age,", "tests: [municipality,", StringComparison.Ordinal), "json");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("'municipality', which is to be tested, is not among those of the model: age, woman, year", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void SmallSampleOfAnEvaluationHoldsForTheUsualErrorsToo()
    {
        _folder.Write("evaluation.yaml", "small-sample: areg\ndraws: 9\nbootstrap-draws: 9\n");
        Outcome outcome = Tool.Run(_folder.Path, "evaluate", "pai.csv", "--treatments", "treatments.csv", "--evaluation", "evaluation.yaml", "--format", "csv", "--quiet");
        Assert.True(outcome is { Code: 0, Error: "" }, outcome.ToString());
        Assert.Contains("CR1 by workplace (Areg)", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Fixest", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsOfTheBootstrapAndAnExpectedEffectAreThoseOfTheFile()
    {
        Assert.Equal((64, 729), (Draws("draws: 9\n"), Draws("draws: 9\nbootstrap-weights: webb\nbootstrap-draws: 729\n")));
        JsonElement[] lines = Robustness("draws: 9\nexpected-effect: 0.05\npower: 0.9\n");
        // The power to find the effect that is found with a power of nine in ten is just that; of less, less.
        Assert.All(lines.Where(line => line.GetProperty("detectable_effect").ValueKind == JsonValueKind.Number), line => Assert.Equal(
            line.GetProperty("detectable_effect").GetDouble() < 0.05, line.GetProperty("power_for_0.05").GetDouble() > 0.9));

        _folder.Write("evaluation.yaml", "expected-effect: 5\n");
        Assert.Contains("'5' is no number between 0 and 1", Evaluate().Error, StringComparison.Ordinal);

        long Draws(string file) => Robustness(file).Single(line => line.GetProperty("equation").GetString() == "difference in differences" && line.GetProperty("population").GetString() == "nurses"
            && line.GetProperty("specification").GetString() == "(1)" && line.GetProperty("measure").GetString() == "total").GetProperty("bootstrap_draws").GetInt64();

        JsonElement[] Robustness(string file)
        {
            _folder.Write("evaluation.yaml", file);
            using var json = JsonDocument.Parse(Evaluate().Out);
            return [.. json.RootElement.Clone().GetProperty("robustness").EnumerateArray()];
        }

        Outcome Evaluate() => Tool.Run(_folder.Path, "evaluate", "pai.csv", "--treatments", "treatments.csv", "--evaluation", "evaluation.yaml", "--format", "json", "--quiet");
    }

    private JsonElement[] Rows(string model)
    {
        using var json = JsonDocument.Parse(Regress(model, "json").Out);
        return [.. json.RootElement.Clone().EnumerateArray()];
    }

    private Outcome Regress(string model, string format)
    {
        _folder.Write("model.yaml", model);
        return Tool.Run(_folder.Path, "regress", "pai.csv", "--model", "model.yaml", "--quiet", "--format", format);
    }

    // Six workplaces in three municipalities; each year each hires 18, of whom some leave and the others stay three years.
    private static IEnumerable<Employment> Employments() =>
        from workplace in Enumerable.Range(1, 6)
        from hired in Enumerable.Range(2017, 8)
        from person in Enumerable.Range(0, 18)
        from year in Enumerable.Range(hired, ((person * 5) + hired + workplace) % 4 == 0 ? 1 : 3)
        where year <= 2024
        select new Employment(year, $"{Register.Secret}-{workplace}-{hired}-{person}", $"{811_000_000 + workplace}")
        {
            Municipality = workplace <= 2 ? "0301" : workplace <= 4 ? "4601" : "5001",
            Position = "7174",
            BirthYear = 1960 + (person * 2) + ((hired + workplace) % 3),
            Sex = person % 4 == 0 ? "M" : "K",
        };
}
