using System.Text.Json;
using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Models;
using Group = RegisterEngine.Regression.Inference.Group;

namespace RegisterEngine.Tests.Regression;

/// <remarks>Values of R (t.test, fisher.test, did, fixest, fwildclusterboot), to 1e-9; counts of the bootstrap exactly.</remarks>
public sealed class InferenceTests
{
    [Fact]
    public void TestsOfTwoGroupsAreThoseOfTheReference()
    {
        foreach (JsonElement test in Reference.Golden.GetProperty("t_tests").EnumerateArray())
        {
            string id = test.Text("id");
            bool isShare = test.TryGetProperty("k0", out JsonElement k0) && k0.ValueKind == JsonValueKind.Number;
            Proportion before = isShare ? new Proportion(k0.GetInt64(), test.GetProperty("n0").GetInt64()) : default;
            Proportion after = isShare ? new Proportion(test.GetProperty("k1").GetInt64(), test.GetProperty("n1").GetInt64()) : default;
            Group first = isShare ? Group.Of(before) : Whole(test, "0");
            Group second = isShare ? Group.Of(after) : Whole(test, "1");
            Check(TwoSample.Pooled(first, second), test.GetProperty("pooled"));
            Check(TwoSample.Welch(first, second), test.GetProperty("welch"));
            if (isShare && test.TryGetProperty("fisher_p", out JsonElement fisher) && fisher.ValueKind == JsonValueKind.Number)
                Reference.Near(fisher.GetDouble(), FisherExact.TwoSided(before, after), 1e-9, $"{id} Fisher");

            void Check(TwoSample found, JsonElement expected)
            {
                if (expected.ValueKind != JsonValueKind.Object || expected.GetProperty("t").ValueKind != JsonValueKind.Number)
                {
                    Assert.True(found.T is null && found.Note is not null, id);
                    return;
                }
                Reference.Near(expected.Number("t"), found.T, 1e-11, $"{id} t");
                Reference.Near(expected.Number("df"), found.Degrees, 1e-11, $"{id} degrees of freedom");
                Reference.Near(expected.Number("se"), found.Error, 1e-11, $"{id} error");
                Reference.Near(expected.Number("p"), found.P, 1e-9, $"{id} p");
            }
        }
    }

    [Fact]
    public void BootstrapCountsAreThoseOfFullEnumeration()
    {
        EvaluationSample sample = SynthPanel.Sample("treated");
        foreach (JsonElement golden in Reference.Extra.GetProperty("wild_cluster_bootstrap_full_enumeration").EnumerateArray())
        {
            bool hasControls = golden.GetProperty("regressors").GetArrayLength() > 1;
            CellModel model = DesignModels.Of(sample, Equation.BeforeAfter, hasControls ? Specification.AgeAndSex : Specification.NoControls, SynthPanel.Measures, false) with
            {
                Clusters = [golden.Text("cluster") == "workplace" ? sample.Frame.Grouping(Dimension.Workplace, "workplace") : sample.Frame.Grouping(Dimension.Municipality, "municipality")],
            };
            ClusterFit fit = ClusterFit.Of(model);
            WildBootstrapResult found = WildBootstrap.Run(fit, Synth.Outcomes.ToList().IndexOf(golden.Text("outcome")), "post", 9999, 1);
            Assert.True(found.IsEnumerated);
            Assert.Equal(golden.GetProperty("draws").GetInt64(), found.Draws);
            Assert.Equal(golden.GetProperty("count_abs_ge").GetInt64(), found.AtLeast);
            Reference.Near(golden.Number("t_CR1"), found.T, 1e-9, "t");
        }
    }

    [Fact]
    public void DrawnBootstrapIsNearFullEnumerationAndTheSameAgain()
    {
        ClusterFit fit = ClusterFit.Of(DesignModels.Of(SynthPanel.Sample("treated"), Equation.BeforeAfter, Specification.NoControls, SynthPanel.Measures, true));
        WildBootstrapResult enumerated = WildBootstrap.Run(fit, 1, "post", 5000, 1);
        WildBootstrapResult drawn = WildBootstrap.Run(fit, 1, "post", 4000, 7);
        Assert.False(drawn.IsEnumerated);
        Assert.Equal(enumerated.P!.Value, drawn.P!.Value, 0.03);
        Assert.Equal(drawn, WildBootstrap.Run(fit, 1, "post", 4000, 7));
        WildBootstrapResult webb = WildBootstrap.Run(fit, 1, "post", 4000, 7, WildWeights.Webb);
        Assert.Equal(enumerated.P.Value, webb.P!.Value, 0.05);
    }

    [Fact]
    public void EventStudyIsThatOfTheReference()
    {
        EvaluationSample all = SynthPanel.Sample("did");
        EvaluationSample sample = all.Where(cell => all.Treated[cell] < 0 || all.StartOf(cell) == 2022);
        IReadOnlyList<EventStudyFit> robust = EventStudy.Fit(sample, SynthPanel.Measures, new OlsOptions());
        IReadOnlyList<EventStudyFit> clustered = EventStudy.Fit(sample, SynthPanel.Measures, new OlsOptions { Errors = ErrorKind.CR1 });
        for (int i = 0; i < robust.Count; i++)
        {
            JsonElement golden = Reference.Golden.GetProperty("event_study_ref2021").GetProperty(Synth.Outcomes[i]);
            Assert.Equal(golden.GetProperty("n").GetInt64(), robust[i].Fit.Rows);
            foreach ((string name, string term) in (ReadOnlySpan<(string, string)>)[("t20", EventStudy.TermOf(-2)), ("t22", EventStudy.TermOf(0))])
            {
                Reference.Near(golden.GetProperty("coef").Number(name), robust[i].Fit[term].Value, 1e-9, term);
                Reference.Near(golden.GetProperty("se_HC1").Number(name), robust[i].Fit[term].Error, 1e-9, $"{term} HC1");
                Reference.Near(golden.GetProperty("se_CR1_nested").Number(name), clustered[i].Fit[term].Error, 1e-9, $"{term} CR1");
            }
            Assert.Equal(1, clustered[i].PreTrend.Numerator);
            double t = clustered[i].Fit[EventStudy.TermOf(-2)].T!.Value;
            Reference.Near(t * t, clustered[i].PreTrend.F, 1e-9, "pre-trend F");
        }
    }

    /// <remarks>The numbers come from a second implementation of SplitMix64, whose first number from zero is 0xE220A8397B1DCDAF as published.</remarks>
    [Fact]
    public void WeightsOfADrawAreTheSameForever()
    {
        double[] signs = new double[70], webb = new double[8], enumerated = new double[4];
        WildBootstrap.Choose(signs, 5, [-1, 1], false, 7);
        WildBootstrap.Choose(webb, 5, [0, 1, 2, 3, 4, 5], false, 7);
        WildBootstrap.Choose(enumerated, 10, [-1, 1], true, 7);

        Assert.Equal("-+----+-++++++--+----+--++----++--++---+-+++++-----+--++++--+-++---+--", string.Concat(signs.Select(sign => sign > 0 ? '+' : '-')));
        Assert.All(signs, sign => Assert.Equal(1, Math.Abs(sign)));
        Assert.Equal([4, 0, 1, 1, 5, 2, 4, 3], webb);
        Assert.Equal([-1, 1, -1, 1], enumerated);
    }

    /// <remarks>Errors to 5e-8: the reference stops its logit after a step of about 1e-8, on which the weights of controls, and so errors, depend; effects do not at this size.</remarks>
    [Fact]
    public void GroupTimeEffectsNextToAgeAndSexAreThoseOfTheReference()
    {
        IReadOnlyList<GroupTimeEffects> found = CallawaySantAnna.EstimateWithControls(SynthPanel.Sample("did"), SynthPanel.Measures);
        for (int measure = 0; measure < found.Count; measure++)
        {
            JsonElement golden = Reference.Extra.GetProperty("callaway_santanna_rcs").GetProperty(Synth.Outcomes[measure]);
            double[] cohorts = golden.GetProperty("group").Numbers(), years = golden.GetProperty("t").Numbers();
            Assert.Equal(cohorts.Length, found[measure].Effects.Count);
            for (int i = 0; i < cohorts.Length; i++)
            {
                GroupTimeEffect effect = found[measure].Effects.Single(of => of.Cohort == cohorts[i] && of.Year == years[i]);
                Reference.Near(golden.GetProperty("att_dr_age_female")[i].GetDouble(), effect.Value, 1e-9, "effect");
                Reference.Near(golden.GetProperty("se_dr_age_female")[i].GetDouble(), effect.Error, 5e-8, "error");
            }
        }
    }

    [Fact]
    public void EffectsNextToAgeAndSexSayWhyThereAreNone()
    {
        DoublyRobust.Kind Kind(bool isTreated, bool isAfter, double age, double woman) => new(isTreated, isAfter, [1, age, woman], 5, 2);
        DoublyRobust.Kind[] Group(bool isTreated, bool isAfter, double origin) => [.. Enumerable.Range(0, 6).Select(i => Kind(isTreated, isAfter, origin + (i / 2), i % 2))];
        DoublyRobust.Kind[] controls = [.. Group(false, false, 0), .. Group(false, true, 0)];

        Assert.Contains("no person-years", DoublyRobust.Estimate(controls).Lack, StringComparison.Ordinal);
        Assert.Contains("do not vary", DoublyRobust.Estimate([.. controls, Kind(true, false, 1, 1), Kind(true, true, 1, 1)]).Lack, StringComparison.Ordinal);
        Assert.Contains("tell treated from controls", DoublyRobust.Estimate([.. controls, .. Group(true, false, 50), .. Group(true, true, 50)]).Lack, StringComparison.Ordinal);
        Assert.NotNull(DoublyRobust.Estimate([.. controls, .. Group(true, false, 1), .. Group(true, true, 1)]).Error);
    }

    [Fact]
    public void GroupTimeEffectsAreThoseOfTheReference()
    {
        foreach (GroupTimeEffects found in CallawaySantAnna.Estimate(SynthPanel.Sample("did"), SynthPanel.Measures))
        {
            JsonElement golden = Reference.Extra.GetProperty("callaway_santanna_rcs").GetProperty(Synth.Outcomes[SynthPanel.Measures.ToList().IndexOf(found.Measure)]);
            double[] cohorts = golden.GetProperty("group").Numbers(), years = golden.GetProperty("t").Numbers();
            for (int i = 0; i < cohorts.Length; i++)
            {
                GroupTimeEffect effect = found.Effects.Single(of => of.Cohort == cohorts[i] && of.Year == years[i]);
                Reference.Near(golden.GetProperty("att_from_cell_means")[i].GetDouble(), effect.Value, 1e-9, "effect");
                Reference.Near(golden.GetProperty("se_reg_noX")[i].GetDouble(), effect.Error, 1e-9, "error");
            }
            Reference.Near(golden.Number("simple_att"), found.Overall.Value, 1e-9, "overall");
            Reference.Near(golden.Number("simple_se"), found.Overall.Error, 1e-9, "error of overall");
            for (int i = 0; i < found.BySinceStart.Count; i++)
            {
                Reference.Near(golden.GetProperty("dynamic_att")[i].GetDouble(), found.BySinceStart[i].Value, 1e-9, "dynamic");
                Reference.Near(golden.GetProperty("dynamic_se")[i].GetDouble(), found.BySinceStart[i].Error, 1e-9, "error of dynamic");
            }
        }
    }

    [Fact]
    public void InteractionWeightedEffectsAreThoseOfTheReference()
    {
        IReadOnlyList<SunAbrahamFit> clustered = SunAbraham.Fit(SynthPanel.Sample("did"), SynthPanel.Measures, new OlsOptions { Errors = ErrorKind.CR1 });
        IReadOnlyList<SunAbrahamFit> robust = SunAbraham.Fit(SynthPanel.Sample("did"), SynthPanel.Measures, new OlsOptions());
        for (int i = 0; i < clustered.Count; i++)
        {
            JsonElement golden = Reference.Extra.GetProperty("sun_abraham_fixest").GetProperty(Synth.Outcomes[i]);
            Reference.Near(golden.Number("att"), clustered[i].Overall.Value, 1e-9, "overall");
            Reference.Near(golden.Number("att_se_cluster_workplace"), clustered[i].Overall.Error, 1e-9, "error of overall");
            foreach ((int since, int cohort) in (ReadOnlySpan<(int, int)>)[(-2, 2022), (0, 2021), (0, 2022), (1, 2021)])
            {
                Reference.Near(golden.GetProperty("cohort_coef").Number($"year::{since}:cohort::{cohort}"), robust[i].Fit[SunAbraham.TermOf(since, cohort)].Value, 1e-9, "cohort");
                Reference.Near(golden.GetProperty("cohort_se_HC1").Number($"year::{since}:cohort::{cohort}"), robust[i].Fit[SunAbraham.TermOf(since, cohort)].Error, 1e-9, "error of cohort");
                PooledEffect pooled = clustered[i].BySinceStart.Single(of => of.Name == EventStudy.TermOf(since));
                Reference.Near(golden.GetProperty("event_time_coef").Number($"year::{since}"), pooled.Value, 1e-9, "pooled");
                Reference.Near(golden.GetProperty("event_time_se_cluster_workplace").Number($"year::{since}"), pooled.Error, 1e-9, "error of pooled");
            }
        }
    }

    [Fact]
    public void DetectableEffectsAreThoseOfTheReference()
    {
        foreach (JsonProperty golden in Reference.Extra.GetProperty("mde").EnumerateObject())
            Reference.Near(golden.Value.Number("mde_HC1"), Power.MinimumDetectableEffect(golden.Value.Number("se_HC1")), 1e-9, golden.Name);
        Assert.Equal(0.8, Power.Of(Power.MinimumDetectableEffect(0.3), 0.3), 1e-5);
    }

    [Fact]
    public void LeavingOneOutIsFittingWithout()
    {
        EvaluationSample sample = SynthPanel.Sample("did");
        CellModel model = DesignModels.Of(sample, Equation.DifferenceInDifferences, Specification.AgeSexAndEffects, SynthPanel.Measures, true);
        ClusterFit fit = ClusterFit.Of(model);
        foreach (int left in sample.TreatedHere.Take(3))
        {
            int cluster = fit.ClusterOfUnit[Array.IndexOf(sample.Treated, left)];
            OlsFit without = DesignModels.Of(sample.Where(cell => sample.Treated[cell] != left), Equation.DifferenceInDifferences, Specification.AgeSexAndEffects, SynthPanel.Measures, true)
                .Fit(new OlsOptions())[0];
            Reference.Near(without["treat_post"].Value!.Value, LeaveOneOut.Of(fit, 0, "treat_post", [cluster])[0].Value, 1e-8, "left out");
        }
    }

    [Fact]
    public void QValuesAreThoseOfTheDefinition()
    {
        Assert.Equal([0.04, null, 0.06, 0.06, 0.5], Multiplicity.QValues([0.01, null, 0.03, 0.045, 0.5]).Select(q => q is null ? q : Math.Round(q.Value, 12)));
    }

    private static Group Whole(JsonElement test, string which)
    {
        long n = test.GetProperty("n" + which).GetInt64();
        return new Group(n, test.Number("mean" + which), Math.Pow(test.Number("sd" + which), 2) * (n - 1));
    }
}
