using System.Text.Json;
using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Tests.Regression;

/// <remarks>The same values as from rows: coefficients to 1e-9, and errors to 1e-9, from whole numbers by cell.</remarks>
public sealed class CellModelTests
{
    private static readonly Dictionary<string, string> TermOf = new(StringComparer.Ordinal)
    {
        ["(Intercept)"] = "(Intercept)",
        ["post"] = "post",
        ["treat"] = "treat",
        ["treat_post"] = "treat_post",
        ["age"] = "age",
        ["female"] = "woman",
    };

    public static TheoryData<string, string> Models { get; } = new()
    {
        { "ba1", "post" }, { "ba2", "post,age,female" }, { "did1", "treat_post,treat,post" }, { "did2", "treat_post,treat,post,age,female" }, { "did4", "treat_post,age,female" }, { "ba3", "post,age,female" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void ModelsOfCellsAreThoseOfTheReference(string model, string terms)
    {
        EvaluationSample sample = SynthPanel.Sample(model.StartsWith("ba", StringComparison.Ordinal) ? "treated" : "did");
        CellFrame frame = sample.Frame;
        Grouping workplace = frame.Grouping(Dimension.Workplace, "workplace"), year = frame.Grouping(Dimension.Year, "year");
        var cells = new CellModel
        {
            Frame = frame,
            Regressors = [.. terms.Split(',').Select(Regressor)],
            Measures = SynthPanel.Measures,
            Effects = model switch { "did4" => [workplace, year], "ba3" => [year], _ => [] },
            Clusters = [workplace],
        };
        ErrorKind[] kinds = [ErrorKind.Classical, ErrorKind.HC0, ErrorKind.HC1, ErrorKind.HC2, ErrorKind.HC3, ErrorKind.CR0, ErrorKind.CR1];
        IReadOnlyList<IReadOnlyList<OlsFit>> fits = cells.Fit([.. kinds.Select(kind => new OlsOptions { Errors = kind })]);
        for (int outcome = 0; outcome < Synth.Outcomes.Count; outcome++)
        {
            JsonElement golden = Reference.Golden.GetProperty("regressions").EnumerateArray().Single(of => of.Text("id") == $"{model}/{Synth.Outcomes[outcome]}");
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                OlsFit fit = fits[kind][outcome];
                Assert.Equal(golden.GetProperty("n").GetInt64(), fit.Rows);
                Reference.Near(golden.Number("ssr"), fit.ResidualSquares, 1e-10, $"{model} residual squares");
                foreach (JsonProperty coefficient in golden.GetProperty("coef").EnumerateObject())
                    Reference.Near(coefficient.Value.GetDouble(), fit[TermOf[coefficient.Name]].Value, 1e-9, $"{model} {coefficient.Name}");
                foreach (JsonProperty error in ErrorsOf(golden, kinds[kind]).EnumerateObject())
                    Reference.Near(error.Value.GetDouble(), fit[TermOf[error.Name]].Error, 1e-9, $"{model} {error.Name} {kinds[kind]}");
            }
        }

        CellRegressor Regressor(string name) => name switch
        {
            "age" => CellRegressor.Age(),
            "female" => CellRegressor.Woman(),
            "post" => CellRegressor.Of(name, [.. sample.Post.Select(post => post ? 1.0 : 0)]),
            "treat" => CellRegressor.Of(name, [.. sample.Treated.Select(place => place >= 0 ? 1.0 : 0)]),
            _ => CellRegressor.Of(name, [.. sample.Treated.Select((place, cell) => place >= 0 && sample.Post[cell] ? 1.0 : 0)]),
        };
    }

    [Fact]
    public void CollapsedCellsGiveTheSameModel()
    {
        EvaluationSample sample = SynthPanel.All.WithControls();
        EvaluationSample collapsed = sample.Collapse();
        Assert.True(collapsed.Frame.Count < 20);
        IReadOnlyList<OlsFit> whole = DesignModels.Of(sample, Equation.DifferenceInDifferences, Specification.AgeAndSex, SynthPanel.Measures, false).Fit(new OlsOptions());
        IReadOnlyList<OlsFit> few = DesignModels.Of(collapsed, Equation.DifferenceInDifferences, Specification.AgeAndSex, SynthPanel.Measures, false).Fit(new OlsOptions());
        for (int i = 0; i < whole.Count; i++)
            foreach (Coefficient coefficient in whole[i].Coefficients)
            {
                Reference.Near(coefficient.Value!.Value, few[i][coefficient.Term].Value, 1e-9, coefficient.Term);
                Reference.Near(coefficient.Error!.Value, few[i][coefficient.Term].Error, 1e-9, $"error of {coefficient.Term}");
            }
    }

    [Theory]
    [InlineData(Specification.NoControls)]
    [InlineData(Specification.AgeAndSex)]
    public void ClusteredErrorsOfCollapsedCellsAreThoseOfAll(Specification specification)
    {
        EvaluationSample sample = SynthPanel.All.WithControls();
        CellModel whole = DesignModels.Of(sample, Equation.DifferenceInDifferences, specification, SynthPanel.Measures, true);
        CellModel coarse = DesignModels.Of(sample.Collapse(), Equation.DifferenceInDifferences, specification, SynthPanel.Measures, false);
        // Cells are in the order of workplaces, so those of a year lie apart.
        Grouping year = sample.Frame.Grouping(Dimension.Year, "year");
        foreach (Grouping[] clusters in (Grouping[][])[[sample.Workplaces], [year], [sample.Workplaces, year]])
        {
            OlsOptions[] kinds = [new() { Errors = ErrorKind.CR1 }, new() { Errors = ErrorKind.CR0 }, new()];
            CellModel model = whole with { Clusters = clusters };
            IReadOnlyList<IReadOnlyList<OlsFit>> all = model.Fit(kinds), few = (model with { Coarse = coarse }).Fit(kinds);
            foreach ((OlsFit expected, OlsFit actual) in all.SelectMany(fits => fits).Zip(few.SelectMany(fits => fits)))
                foreach (Coefficient coefficient in expected.Coefficients)
                {
                    Reference.Near(coefficient.Value!.Value, actual[coefficient.Term].Value, 1e-9, coefficient.Term);
                    Assert.Equal(coefficient.Degrees, actual[coefficient.Term].Degrees);
                    if (coefficient.Error is { } error)
                        Reference.Near(error, actual[coefficient.Term].Error, 1e-8, $"error of {coefficient.Term}, {expected.Errors}");
                }
        }
    }

    [Fact]
    public void ClusteredErrorsNextToSlopesByPeriodAreThoseOfRows()
    {
        EvaluationSample sample = SynthPanel.All.WithControls();
        double[] post = [.. sample.Post.Select(of => of ? 1.0 : 0)];
        CellModel model = DesignModels.Of(sample, Equation.DifferenceInDifferences, Specification.AgeSexAndEffects, SynthPanel.Measures, true);
        model = model with { Regressors = [.. model.Regressors, CellRegressor.Age("age_post", post), CellRegressor.Woman("woman_post", post)] };
        var options = new OlsOptions { Errors = ErrorKind.CR1 };
        foreach ((OlsFit cells, OlsFit rows) in model.Fit(options).Zip(Ols.Fit(RowProblem.Of(model), options)))
            foreach (Coefficient coefficient in rows.Coefficients)
            {
                Reference.Near(coefficient.Value!.Value, cells[coefficient.Term].Value, 1e-8, coefficient.Term);
                Reference.Near(coefficient.Error!.Value, cells[coefficient.Term].Error, 1e-8, $"error of {coefficient.Term}");
            }
    }

    private static JsonElement ErrorsOf(JsonElement golden, ErrorKind kind)
    {
        JsonElement errors = golden.GetProperty("se");
        return kind switch
        {
            ErrorKind.CR0 => golden.GetProperty("cluster").GetProperty("workplace").GetProperty("CR0"),
            ErrorKind.CR1 => golden.GetProperty("cluster").GetProperty("workplace").GetProperty("CR1_fixest_reghdfe_nested"),
            ErrorKind.Classical => errors.GetProperty("iid"),
            _ => errors.GetProperty($"{kind}") is { ValueKind: JsonValueKind.Object } plain ? plain : errors.GetProperty($"{kind}_leverage_one_dropped"),
        };
    }
}
