using System.Text.Json;
using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Models;
using RegisterEngine.Regression.Workplaces;
using Group = RegisterEngine.Regression.Inference.Group;

namespace RegisterEngine.Tests.Regression;

public sealed class WorkplaceTests
{
    private const int Start = 2022;

    [Fact]
    public void ChangesAreThoseOfTheTestOfTwoGroups()
    {
        EvaluationSample sample = SynthPanel.All;
        WorkplaceCounts counts = WorkplaceCounts.Of(sample.Frame, SynthPanel.Measures, Start);
        IReadOnlyList<WorkplaceEffects> changes = WorkplaceBatch.BeforeAfter(counts);
        int[] workplaces = WorkplaceCounts.PlacesOf(sample.Frame, out _);
        for (int workplace = 0; workplace < counts.Workplaces.Count; workplace += 7)
            for (int i = 0; i < SynthPanel.Measures.Count; i++)
            {
                Proportion Count(bool after) => sample.Count(SynthPanel.Measures[i], cell => workplaces[cell] == workplace && sample.Years[cell] >= Start == after);
                TwoSample test = TwoSample.Pooled(Group.Of(Count(true)), Group.Of(Count(false)));
                Assert.Equal(test.P is null, changes[i].P(workplace) is null);
                Assert.Equal(test.P is null, changes[i].NoteOf(workplace, counts.RowsOf(workplace)) is not null);
                if (test.P is null)
                    continue;
                Reference.Near(test.Error!.Value, changes[i].Error[workplace], 1e-11, "error");
                Assert.Equal(test.Difference!.Value, changes[i].Value[workplace], 1e-14);
            }
    }

    [Fact]
    public void RobustErrorsOfAllWorkplacesAtOnceAreThoseOfEachAlone()
    {
        CellFrame frame = SynthPanel.All.Frame;
        WorkplaceCounts counts = WorkplaceCounts.Of(frame, SynthPanel.Measures, Start);
        int[] workplaces = WorkplaceCounts.PlacesOf(frame, out IReadOnlyList<string> names);
        IReadOnlyList<WorkplaceEffects> all = WorkplaceBatch.BeforeAfter(counts, ErrorKind.HC1);
        int compared = 0;
        for (int workplace = 0; workplace < names.Count; workplace += 11)
        {
            CellFrame alone = frame.Where(cell => workplaces[cell] == workplace);
            var model = new CellModel { Frame = alone, Regressors = [CellRegressor.Of("post", [.. alone.Years().Select(year => year >= Start ? 1.0 : 0)])], Measures = SynthPanel.Measures };
            IReadOnlyList<OlsFit> fits = model.Fit(new OlsOptions { Errors = ErrorKind.HC1 });
            for (int i = 0; i < fits.Count; i++)
            {
                Coefficient post = fits[i]["post"];
                if (post.Error is null or 0)
                    continue;
                compared++;
                Assert.Equal(post.Value!.Value, all[i].Value[workplace], 1e-9 * post.Error.Value);
                Reference.Near(post.Error.Value, all[i].Error[workplace], 1e-9, $"HC1 at {names[workplace]}");
            }
        }
        Assert.True(compared > 50);
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkplaceBatch.BeforeAfter(counts, ErrorKind.CR1));
    }

    [Theory]
    [InlineData(ErrorKind.Classical)]
    [InlineData(ErrorKind.HC1)]
    public void ModelsOfAllWorkplacesAtOnceAreThoseOfEachAlone(ErrorKind errors)
    {
        int compared = 0;
        CellFrame frame = SynthPanel.All.Frame;
        int[] workplaces = WorkplaceCounts.PlacesOf(frame, out IReadOnlyList<string> names), years = frame.Years();
        IReadOnlyList<WorkplaceEffects> all = WorkplaceBatch.BeforeAfterWithControls(frame, SynthPanel.Measures, Start, errors);
        for (int workplace = 0; workplace < names.Count; workplace += 7)
        {
            CellFrame alone = frame.Where(cell => workplaces[cell] == workplace);
            var model = new CellModel
            {
                Frame = alone,
                Regressors = [CellRegressor.Of("post", [.. alone.Years().Select(year => year >= Start ? 1.0 : 0)]), CellRegressor.Age(), CellRegressor.Woman()],
                Measures = SynthPanel.Measures,
            };
            IReadOnlyList<OlsFit> fits = model.Fit(new OlsOptions { Errors = errors });
            for (int i = 0; i < fits.Count; i++)
            {
                Coefficient post = fits[i]["post"];
                if (post.Value is null || post.Error is null or 0 || fits[i].Coefficients.Any(coefficient => coefficient.Value is null))
                    continue;
                Assert.Equal(post.Value.Value, all[i].Value[workplace], 1e-9 * post.Error.Value);
                Reference.Near(post.Error.Value, all[i].Error[workplace], 1e-9, $"error at {names[workplace]}");
                compared++;
            }
        }
        Assert.True(compared > 50, $"{compared} compared");
    }

    [Theory]
    [InlineData(ErrorKind.Classical)]
    [InlineData(ErrorKind.HC1)]
    public void DifferenceFromAllOthersIsTheCoefficientOfAnIndicator(ErrorKind errors)
    {
        CellFrame frame = SynthPanel.All.Frame;
        int[] workplaces = WorkplaceCounts.PlacesOf(frame, out _), years = frame.Years();
        IReadOnlyList<WorkplaceEffects> all = AgainstNation.Fit(frame, SynthPanel.Measures, errors);
        foreach (int workplace in (int[])[0, 5, 55, 200, 311])
        {
            var model = new CellModel
            {
                Frame = frame,
                Regressors =
                [
                    CellRegressor.Of("here", [.. workplaces.Select(of => of == workplace ? 1.0 : 0)]), CellRegressor.Age(), CellRegressor.Woman(),
                    .. years.Distinct().Order().Skip(1).Select(year => CellRegressor.Of($"{year}", [.. years.Select(of => of == year ? 1.0 : 0)])),
                ],
                Measures = SynthPanel.Measures,
            };
            IReadOnlyList<OlsFit> fits = model.Fit(new OlsOptions { Errors = errors });
            for (int i = 0; i < fits.Count; i++)
            {
                Reference.Near(fits[i]["here"].Value!.Value, all[i].Value[workplace], 1e-9, "coefficient");
                Reference.Near(fits[i]["here"].Error!.Value, all[i].Error[workplace], 1e-9, "error");
                Reference.Near(fits[i]["here"].P!.Value, all[i].P(workplace), 1e-7, "p");
            }
        }
    }

    [Fact]
    public void RobustErrorsOfAllWorkplacesNeedMomentsUpToDegreeFour()
    {
        CellFrame frame = CellFrame.Of(SynthPanel.Table(SynthPanel.Plan with { Degree = 3, KeepRows = false }));
        Assert.Contains("degree four", Assert.Throws<RegressionException>(() => AgainstNation.Fit(frame, SynthPanel.Measures, ErrorKind.HC1)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "degree four", Assert.Throws<RegressionException>(() => WorkplaceBatch.BeforeAfterWithControls(frame, SynthPanel.Measures, Start, ErrorKind.HC1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => AgainstNation.Fit(frame, SynthPanel.Measures, ErrorKind.CR1));
    }

    [Fact]
    public void DifferenceInDifferencesOfOneWorkplaceIsThatOfTheReference()
    {
        EvaluationSample sample = SynthPanel.Sample("did");
        foreach (JsonElement golden in Reference.Golden.GetProperty("did_per_workplace").EnumerateArray())
        {
            int place = SynthPanel.Treatments.All.Index().First(of => of.Item.Workplace == golden.GetProperty("workplace").ToString()).Index;
            CellModel model = DesignModels.Of(
                sample.Where(cell => sample.Treated[cell] < 0 || sample.Treated[cell] == place).Collapse(), Equation.DifferenceInDifferences, Specification.AgeAndSex,
                [SynthPanel.MeasureOf(golden.Text("outcome"))], false);
            OlsFit fit = model.Fit(new OlsOptions())[0];
            Assert.Equal(golden.GetProperty("n").GetInt64(), fit.Rows);
            Reference.Near(golden.Number("coef"), fit["treat_post"].Value, 1e-9, "coefficient");
            Reference.Near(golden.Number("se_HC1"), fit["treat_post"].Error, 1e-9, "error");
        }
    }

    [Fact]
    public void ShrunkRatesLieBetweenTheirOwnAndTheMeanOfAll()
    {
        var random = new Random(8);
        Proportion[] rates = [.. Enumerable.Range(0, 200).Select(_ => Draw(0.05 + (0.4 * random.NextDouble())))];
        Shrinkage shrinkage = Shrinkage.Of(rates)!;
        Assert.InRange(shrinkage.Strength, 2, 60);
        foreach (Proportion rate in rates)
        {
            double shrunk = shrinkage.Shrink(rate).Rate;
            Assert.InRange(shrunk, Math.Min(rate.Rate!.Value, shrinkage.Mean) - 1e-12, Math.Max(rate.Rate.Value, shrinkage.Mean) + 1e-12);
        }
        Assert.True(double.IsPositiveInfinity(Shrinkage.Of([new Proportion(10, 100), new Proportion(20, 200)])!.Strength));
        (double low, double high) = shrinkage.Funnel(100, 1.96);
        Assert.Equal(shrinkage.Mean - low, high - shrinkage.Mean, 1e-12);

        Proportion Draw(double risk)
        {
            int of = random.Next(5, 200);
            return new Proportion(Enumerable.Range(0, of).Count(_ => random.NextDouble() < risk), of);
        }
    }

    [Fact]
    public void EveryLineWithoutAChangeSaysWhy()
    {
        IReadOnlyList<WorkplaceLine> lines = WorkplaceTable.Of(SynthPanel.All.Frame, SynthPanel.Measures, Start, 1);
        Assert.Contains(lines, line => line.ChangeP is null);
        Assert.All(lines, line => Assert.Equal(line.ChangeP is null, line.Note is not null));
        Assert.All(lines, line => Assert.True(line.ChangeQ is null || line.ChangeQ >= line.ChangeP));
    }
}
