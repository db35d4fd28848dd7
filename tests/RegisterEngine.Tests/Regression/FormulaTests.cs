using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Tests.Regression;

public sealed class FormulaTests
{
    private static readonly Dictionary<string, Dimension> Dimensions = Enum.GetValues<Dimension>().ToDictionary(dimension => dimension.ToString().ToLowerInvariant());

    [Fact]
    public void TermsAreThoseOfTheDesign()
    {
        var formula = new Formula
        {
            Outcomes = SynthPanel.Measures,
            Terms = ["treat_post", "treat", "post", "age", "woman"],
            Treatments = SynthPanel.Treatments,
            Dimensions = Dimensions,
        };
        IReadOnlyList<OlsFit> expected = DesignModels.Of(SynthPanel.Sample("did"), Equation.DifferenceInDifferences, Specification.AgeAndSex, SynthPanel.Measures, false).Fit(new OlsOptions());
        IReadOnlyList<OlsFit> found = Fit(formula);
        for (int i = 0; i < found.Count; i++)
            foreach (Coefficient coefficient in expected[i].Coefficients)
                Reference.Near(coefficient.Value!.Value, found[i][coefficient.Term].Value, 1e-9, coefficient.Term);
    }

    [Fact]
    public void FactorsInterceptAndProductsAreRegressors()
    {
        OlsFit fit = Fit(new Formula { Outcomes = [Measure.Total], Terms = ["year", "woman:year", "positioncode:age"], Dimensions = Dimensions })[0];
        Assert.Equal(["(Intercept)", "year=2021", "year=2022", "woman:year=2021", "woman:year=2022", "positioncode=helsefagarbeider:age"], fit.Coefficients.Select(coefficient => coefficient.Term).Take(6));
        Assert.All(fit.Coefficients, coefficient => Assert.NotNull(coefficient.Error));
    }

    [Theory]
    [InlineData("salary", "'salary' is not known")]
    [InlineData("age:woman", "multiplies age and sex")]
    [InlineData("treat", "needs a treatment table")]
    public void TermThatCannotBeIsRefused(string term, string expected)
    {
        var formula = new Formula { Outcomes = [Measure.Total], Terms = [term], Dimensions = Dimensions };
        Assert.Contains(expected, Assert.Throws<RegressionException>(() => Fit(formula)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<OlsFit> Fit(Formula formula) => formula.Model(SynthPanel.Table(formula.Plan("model", false))).Fit(new OlsOptions());
}
