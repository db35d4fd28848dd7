using System.Text.Json;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Tests.Regression;

/// <remarks>Reference values by <c>staggered.R</c>, in base R and sandwich.</remarks>
public sealed class StaggeredTests
{
    /// <remarks>Three terms before the start, clustered and robust errors: to 1e-9.</remarks>
    [Fact]
    public void ThePreTrendTestIsThatOfTheReferenceForSeveralTerms()
    {
        JsonElement golden = Reference.Staggered.GetProperty("pre_trend");
        string[][] rows = [.. File.ReadLines(Reference.PathOf("pre_trend.csv")).Skip(1).Select(line => line.Split(','))];
        var panel = new MemoryPanel(rows.Select(row => new TestYear(int.Parse(row[1]), $"w{row[0]}", row[5] == "1" ? Transition.LeaveRegister : Transition.Stay)
        {
            Municipality = row[2] == "0" ? "0301" : "4601",
            Age = int.Parse(row[3]),
            Sex = row[4] == "1" ? Sex.Female : Sex.Male,
        }));
        var treatments = new Treatments([.. rows.Where(row => row[2] != "0").Select(row => (Workplace: $"w{row[0]}", Start: int.Parse(row[2]))).Distinct()
            .Select(of => new Treatment(of.Workplace, of.Start, of.Workplace, null, null))]);
        MomentTable table = panel.Moments(SynthPanel.Plan);
        EvaluationSample sample = EvaluationSample.Of(table, treatments, [.. Enumerable.Range(2018, 6)], null);
        EventStudyFit clustered = EventStudy.Fit(sample, [Measure.SectorExit], new OlsOptions { Errors = ErrorKind.CR1 })[0];
        EventStudyFit robust = EventStudy.Fit(sample, [Measure.SectorExit], new OlsOptions { Errors = ErrorKind.HC1 })[0];

        double[] times = golden.GetProperty("times").Numbers(), values = golden.GetProperty("coef").Numbers(), errors = golden.GetProperty("se_CR1_nested").Numbers();
        for (int i = 0; i < times.Length; i++)
        {
            Reference.Near(values[i], clustered.Fit[EventStudy.TermOf((int)times[i])].Value, 1e-9, "coefficient");
            Reference.Near(errors[i], clustered.Fit[EventStudy.TermOf((int)times[i])].Error, 1e-9, "error");
        }
        Assert.Equal(3, clustered.PreTrend.Numerator);
        Assert.Equal(35, clustered.PreTrend.Denominator);
        Reference.Near(golden.GetProperty("f_CR1_nested")[0].GetDouble(), clustered.PreTrend.F, 1e-9, "F, clustered");
        Reference.Near(golden.GetProperty("p_CR1_nested")[0].GetDouble(), clustered.PreTrend.P, 1e-9, "p, clustered");
        Reference.Near(golden.GetProperty("f_HC1")[0].GetDouble(), robust.PreTrend.F, 1e-9, "F, robust");
        Reference.Near(golden.GetProperty("p_HC1")[0].GetDouble(), robust.PreTrend.P, 1e-9, "p, robust");
    }

    /// <remarks>To 1e-10: the reference goes on with its logit until nothing moves.</remarks>
    [Fact]
    public void WhatEffectsNextToAgeAndSexComeToIsThatOfTheReference()
    {
        IReadOnlyList<GroupTimeEffects> found = CallawaySantAnna.EstimateWithControls(SynthPanel.Sample("did"), SynthPanel.Measures);
        for (int measure = 0; measure < found.Count; measure++)
        {
            JsonElement golden = Reference.Staggered.GetProperty(Synth.Outcomes[measure]);
            double[] cohorts = golden.GetProperty("group").Numbers(), years = golden.GetProperty("t").Numbers();
            for (int i = 0; i < cohorts.Length; i++)
            {
                GroupTimeEffect effect = found[measure].Effects.Single(of => of.Cohort == cohorts[i] && of.Year == years[i]);
                Reference.Near(golden.GetProperty("att")[i].GetDouble(), effect.Value, 1e-10, "effect");
                Reference.Near(golden.GetProperty("se")[i].GetDouble(), effect.Error, 1e-10, "error");
            }
            Near(golden, "dynamic", found[measure].BySinceStart);
            Near(golden, "group", found[measure].ByCohort);
            Near(golden, "calendar", found[measure].ByYear);
            Reference.Near(golden.GetProperty("simple")[0].GetDouble(), found[measure].Overall.Value, 1e-10, "overall");
            Reference.Near(golden.GetProperty("simple")[1].GetDouble(), found[measure].Overall.Error, 1e-10, "error of overall");
        }

        static void Near(JsonElement golden, string kind, IReadOnlyList<PooledEffect> found)
        {
            double[] values = golden.GetProperty($"{kind}_att").Numbers(), errors = golden.GetProperty($"{kind}_se").Numbers();
            Assert.Equal(values.Length, found.Count);
            for (int i = 0; i < values.Length; i++)
            {
                Reference.Near(values[i], found[i].Value, 1e-10, $"{kind} {found[i].Name}");
                Reference.Near(errors[i], found[i].Error, 1e-10, $"error of {kind} {found[i].Name}");
            }
        }
    }

    [Fact]
    public void NextToAgeAndSexThatTellNothingEffectsAreThoseWithout()
    {
        var random = new Random(11);
        int[] leavers = [.. Enumerable.Range(0, 6).Select(_ => random.Next(1, 9))];
        // In each cohort and year the same ages and sexes, and as many leavers among each.
        var panel = new MemoryPanel(
            from cohort in Enumerable.Range(0, 3)
            from year in Enumerable.Range(2020, 2 + 1)
            let size = 1 + ((cohort + year) % 3)
            from age in (int[])[25, 40, 60]
            from sex in (Sex[])[Sex.Female, Sex.Male]
            from person in Enumerable.Range(0, 10 * size)
            let leaving = (leavers[cohort] * size) + (year > 2020 && cohort > 0 ? size : 0)
            select new TestYear(year, $"w{cohort}", person < leaving ? Transition.LeaveRegister : Transition.Stay) { Municipality = $"{3000 + cohort}", Age = age, Sex = sex });
        var treatments = new Treatments([new Treatment("w1", 2021, "w1", null, null), new Treatment("w2", 2022, "w2", null, null)]);
        EvaluationSample sample = EvaluationSample.Of(panel.Moments(SynthPanel.Plan), treatments, [2020, 2021, 2022], null);
        GroupTimeEffects without = CallawaySantAnna.Estimate(sample, [Measure.SectorExit])[0], with = CallawaySantAnna.EstimateWithControls(sample, [Measure.SectorExit])[0];

        Assert.Equal(4, without.Effects.Count);
        foreach ((GroupTimeEffect expected, GroupTimeEffect actual) in without.Effects.Zip(with.Effects))
        {
            Assert.Equal((expected.Cohort, expected.Year), (actual.Cohort, actual.Year));
            Assert.Equal(expected.Value!.Value, actual.Value!.Value, 1e-12);
            Assert.Equal(expected.Error!.Value, actual.Error!.Value, 1e-12);
        }
        PooledEffect[] pooled = [.. without.BySinceStart, .. without.ByCohort, .. without.ByYear, without.Overall];
        foreach ((PooledEffect expected, PooledEffect actual) in pooled.Zip((PooledEffect[])[.. with.BySinceStart, .. with.ByCohort, .. with.ByYear, with.Overall]))
        {
            Assert.Equal(expected.Name, actual.Name);
            Assert.Equal(expected.Value!.Value, actual.Value!.Value, 1e-12);
            Assert.Equal(expected.Error!.Value, actual.Error!.Value, 1e-12);
        }
    }

    [Fact]
    public void OfOneCohortInOneYearAllThatEffectsComeToIsThatEffect()
    {
        EvaluationSample did = SynthPanel.Sample("did");
        EvaluationSample sample = did.Where(cell => did.Treated[cell] < 0 || did.StartOf(cell) == 2022);
        foreach (GroupTimeEffects found in CallawaySantAnna.EstimateWithControls(sample, SynthPanel.Measures))
        {
            GroupTimeEffect effect = found.Effects.Single(of => of.Year == 2022);
            foreach (PooledEffect pooled in (PooledEffect[])[found.BySinceStart[^1], Assert.Single(found.ByCohort), Assert.Single(found.ByYear), found.Overall])
            {
                Assert.Equal(effect.Value!.Value, pooled.Value!.Value, 1e-14);
                Assert.Equal(effect.Error!.Value, pooled.Error!.Value, 1e-14);
            }
        }
    }
}
