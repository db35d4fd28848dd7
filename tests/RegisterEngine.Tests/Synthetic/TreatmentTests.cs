using RegisterEngine.Synthetic;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Synthetic;

public sealed class TreatmentTests
{
    private static readonly SyntheticOptions Options = new() { Persons = 60_000, Years = new(2019, 2024) };

    [Fact]
    public void TwelveWorkplacesOfSevenMunicipalitiesAreTreated()
    {
        TreatmentTruth truth = SyntheticRegister.Simulate(Options).Truth([]).Treatment!;
        Assert.Equal(12, truth.Workplaces.Count);
        Assert.Equal(7, truth.Workplaces.Select(w => w.Municipality).Distinct().Count());
        Assert.All(truth.Workplaces, w => Assert.Contains(w.Type, (string[])["sykehjem", "hjemmetjeneste"]));
        Assert.All(truth.Workplaces, w => Assert.InRange(w.Centrality, 1, 6));
        Assert.Equal(2021, Assert.Single(truth.Workplaces, w => w.StartYear != 2022).StartYear);
    }

    [Fact]
    public void TreatedWorkplacesHaveNewHiresOfTheEvaluationEveryYearAtFullSize()
    {
        MunicipalSector sector = SectorBuilder.Build(486_000, Options.Seed);
        IReadOnlyList<TreatedWorkplace> treated = TreatedWorkplaces.Choose(sector, new Treatment());
        // One seat in thirteen has a new hire of the evaluation with at least 60 %: with sixty seats none comes once in a hundred years.
        Assert.All(treated, t => Assert.InRange(sector.Workplaces[t.Workplace].Seats, 60, 300));
    }

    [Fact]
    public void EffectIsAppliedFromTheFirstYearOn()
    {
        TreatmentTruth truth = SyntheticRegister.Simulate(Options).Truth([]).Treatment!;
        Assert.Equal([2021, 2022, 2023], truth.Applied.Select(applied => applied.Year));
        Assert.True(truth.Applied[0].NewHires < truth.Applied[1].NewHires / 5);
        Assert.All(truth.Applied, applied => Assert.InRange(applied.ExitEffect, 0.05, 0.06 + 1e-12));
        Assert.All(truth.Applied, applied => Assert.InRange(applied.MoveEffect, 0.025, 0.03 + 1e-12));
    }

    /// <summary>With an effect of everything nobody who is treated leaves or moves, but for the half percent that is always left.</summary>
    [Fact]
    public void EffectReachesTreatedNewHiresAndNobodyElse()
    {
        SyntheticRegister register = SyntheticRegister.Simulate(Options with { Treatment = new() { ExitEffect = 1, MoveEffect = 1 } });
        SyntheticRegister untreated = SyntheticRegister.Simulate(Options with { Treatment = null });
        Dictionary<string, int> starts = register.Truth([]).Treatment!.Workplaces.ToDictionary(w => w.Workplace, w => w.StartYear);
        (int Leavers, int All) treated = Count(register, starts, isTreated: true);
        (int Leavers, int All) others = Count(register, starts, isTreated: false);
        Assert.InRange((double)treated.Leavers / treated.All, 0, 0.03);
        Assert.InRange((double)others.Leavers / others.All, 0.3, 0.45);
        (int Leavers, int All) without = Count(untreated, starts, isTreated: true);
        Assert.InRange((double)without.Leavers / without.All, 0.25, 0.5);
    }

    [Fact]
    public void NobodyIsTreatedWithoutAProgramme()
    {
        using var folder = new TemporaryFolder();
        RegisterTruth truth = SyntheticRegister.Simulate(Options with { Treatment = null, Persons = 6_000 }).Write(folder.Path);
        Assert.Null(truth.Treatment);
        Assert.Equal("workplace;start_year;label;municipality;centrality;type\n", File.ReadAllText(Path.Combine(folder.Path, SyntheticRegister.TreatmentsFileName)));
    }

    private static (int Leavers, int All) Count(SyntheticRegister register, Dictionary<string, int> starts, bool isTreated)
    {
        int all = 0, leavers = 0;
        foreach (RegisterYear year in register.Years.SkipLast(1))
        {
            foreach (RegisterEngine.Synthetic.Employment job in year.Employments)
            {
                Workplace workplace = register.Sector.Workplaces[job.Workplace];
                bool counts = job.IsNewHire && workplace.Type.Kind is WorkplaceTypes.NursingHome or WorkplaceTypes.HomeCare
                    && isTreated == year.Year >= starts.GetValueOrDefault(workplace.Number, int.MaxValue);
                if (!counts || !job.IsMainJob || !job.IsNewHire)
                    continue;
                all++;
                leavers += job.Outcome == Outcome.Stayed ? 0 : 1;
            }
        }
        return (leavers, all);
    }
}
