using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Tests.Regression;

public sealed class TreatedClustersTests
{
    private static readonly Dictionary<string, Dimension> Dimensions = Enum.GetValues<Dimension>().ToDictionary(dimension => dimension.ToString().ToLowerInvariant());

    // One workplace begins in 2021, eleven in 2022; all are seen in 2020, 2021 and 2022.
    [Theory]
    [InlineData("post,treat,treat_post", true, "post=1 treat= treat_post=12")]
    [InlineData("treat_post,treat_post:woman,age", true, "treat_post=12 treat_post:woman=12 age=")]
    [InlineData("post,treat,treat_post,woman", false, "post= treat=12 treat_post=12 woman=")]
    [InlineData("post,treat,treat_post,year", false, "post=1 treat=12 treat_post=12 year=2021= year=2022=")]
    public void TermsOfATreatmentTellHowManyWorkplacesIdentifyThem(string terms, bool hasEffects, string expected)
    {
        var formula = new Formula
        {
            Outcomes = [Measure.Total],
            Terms = terms.Split(','),
            Effects = hasEffects ? [Dimension.Workplace, Dimension.Year] : [],
            Treatments = SynthPanel.Treatments,
            Dimensions = Dimensions,
        };
        OlsFit fit = formula.Fit(SynthPanel.Table(formula.Plan("model", false)), new OlsOptions())[0][0];
        Assert.Equal(expected, string.Join(' ', fit.Coefficients.Where(of => of.Term != "(Intercept)").Select(of => $"{of.Term}={of.TreatedClusters}")));
    }

    [Fact]
    public void EffectsRestOnTheWorkplacesThatWereSeenBeforeWhereTheseAreFewer()
    {
        EvaluationSample treated = SynthPanel.Sample("treated");
        int first = treated.TreatedHere[0];
        EvaluationSample few = treated.Where(cell => treated.Post[cell] || treated.Treated[cell] == first);
        Assert.Equal(1, Identification.Count(few, Equation.BeforeAfter, Specification.NoControls));
        Assert.Equal(1, Identification.Count(few, Equation.BeforeAfter, Specification.AgeAndSex));
    }

    [Fact]
    public void EffectsByYearTellHowManyWorkplacesIdentifyThem()
    {
        EvaluationSample sample = SynthPanel.Sample("did");
        OlsFit fit = EventStudy.Fit(sample, [Measure.Total], new OlsOptions { Errors = ErrorKind.CR1 })[0].Fit;
        // The year after the start is known of the workplace that began a year early only, and two years before it of the others.
        Assert.Equal([11, 12, 1, null, null], fit.Coefficients.Select(of => of.TreatedClusters));
        SunAbrahamFit weighted = SunAbraham.Fit(sample, [Measure.Total], new OlsOptions { Errors = ErrorKind.CR1 })[0];
        Assert.Equal([11, 12, 1], weighted.BySinceStart.Select(effect => effect.TreatedClusters));
        GroupTimeEffects groups = CallawaySantAnna.Estimate(sample, [Measure.Total])[0];
        Assert.Equal([11, 12, 1], groups.BySinceStart.Select(effect => effect.TreatedClusters));
        Assert.Equal(12, groups.Overall.TreatedClusters);
        Assert.All(groups.Effects, effect => Assert.Equal(effect.Cohort == 2021 ? 1 : 11, effect.TreatedClusters));
    }
}
