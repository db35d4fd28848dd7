using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Tests.Regression;

public sealed class LeftOutRangeTests
{
    [Theory]
    [InlineData(ErrorKind.CR3)]
    [InlineData(ErrorKind.Jackknife)]
    public void RangeIsThatOfFitsWithoutOneWorkplace(ErrorKind errors)
    {
        EvaluationSample sample = SynthPanel.Sample("treated");
        OlsFit fit = DesignModels.Of(sample, Equation.BeforeAfter, Specification.AgeAndSex, [Measure.Total], true).Fit(new OlsOptions { Errors = errors })[0];
        foreach (string term in (string[])["post", "age", "woman"])
        {
            double[] without = [.. sample.TreatedHere.Select(place => DesignModels.Of(sample.Where(cell => sample.Treated[cell] != place), Equation.BeforeAfter, Specification.AgeAndSex, [Measure.Total], false)
                .Fit(new OlsOptions())[0][term].Value!.Value)];
            Reference.Near(without.Min(), fit[term].LeastWithoutOne, 1e-9, term);
            Reference.Near(without.Max(), fit[term].MostWithoutOne, 1e-9, term);
        }
        Assert.Null(DesignModels.Of(sample, Equation.BeforeAfter, Specification.AgeAndSex, [Measure.Total], true).Fit(new OlsOptions { Errors = ErrorKind.CR1 })[0]["post"].LeastWithoutOne);
    }

    [Fact]
    public void TestOfATermThatHasAnErrorOfZeroSaysWhyThereIsNone()
    {
        var rows = new ModelRows { Regressors = [new Variable("x", [1, 2, 3, 4, 5])], Outcomes = [new Variable("y", [0, 0, 0, 0, 0])] };
        var test = Wald.Of(Ols.Fit(rows, new OlsOptions())[0], ["x"]);
        Assert.Null(test.F);
        Assert.Null(test.P);
        Assert.Contains("the residuals do not vary", test.Note, StringComparison.Ordinal);
    }
}
