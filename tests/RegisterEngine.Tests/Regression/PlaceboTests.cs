using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Tests.Regression;

public sealed class PlaceboTests
{
    [Theory]
    [InlineData(Specification.NoControls)]
    [InlineData(Specification.AgeSexAndEffects)]
    public void EffectOfTheProgrammeIsThatOfTheRegression(Specification specification)
    {
        EvaluationSample sample = SynthPanel.Sample("did");
        IReadOnlyList<OlsFit> fits = DesignModels.Of(sample, Equation.DifferenceInDifferences, specification, SynthPanel.Measures, false).Fit(new OlsOptions());
        IReadOnlyList<PlaceboResult> found = Placebo.Run(sample, specification, SynthPanel.Measures, 500, 1);
        for (int i = 0; i < fits.Count; i++)
        {
            Reference.Near(fits[i]["treat_post"].Value!.Value, found[i].Value, 1e-9, "effect");
            Assert.Equal(500, found[i].Draws);
        }
        Assert.True(found[0].P < 0.1);
    }

    [Fact]
    public void ShuffledTreatmentHasNoEffectOnAverage()
    {
        EvaluationSample sample = SynthPanel.Sample("did");
        IReadOnlyList<PlaceboResult> one = Placebo.Run(sample, Specification.NoControls, SynthPanel.Measures, 4000, 3);
        IReadOnlyList<PlaceboResult> other = Placebo.Run(sample, Specification.NoControls, SynthPanel.Measures, 4000, 4);
        for (int i = 0; i < one.Count; i++)
            Assert.Equal(one[i].P!.Value, other[i].P!.Value, 0.04);
        Assert.Equal(one, Placebo.Run(sample, Specification.NoControls, SynthPanel.Measures, 4000, 3));
    }

    [Fact]
    public void OneWorkplaceIdentifiesBeforeAndAfterNextToEffectsOfYears()
    {
        EvaluationSample treated = SynthPanel.Sample("treated"), all = SynthPanel.Sample("did");
        Assert.Equal(1, Identification.Count(treated, Equation.BeforeAfter, Specification.AgeSexAndEffects));
        Assert.Equal(12, Identification.Count(treated, Equation.BeforeAfter, Specification.NoControls));
        Assert.Equal(12, Identification.Count(all, Equation.DifferenceInDifferences, Specification.AgeSexAndEffects));
        EvaluationSample without = treated.Where(cell => treated.StartOf(cell) == 2022);
        Assert.Equal(0, Identification.Count(without, Equation.BeforeAfter, Specification.AgeSexAndEffects));
        OlsFit fit = DesignModels.Of(without, Equation.BeforeAfter, Specification.AgeSexAndEffects, SynthPanel.Measures, false).Fit(new OlsOptions())[0];
        Assert.Null(fit["post"].Value);
        Assert.Contains("the effects of workplace and year make it up", fit["post"].Note, StringComparison.Ordinal);
    }
}
