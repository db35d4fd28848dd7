using BenchmarkDotNet.Attributes;
using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Models;
using RegisterEngine.Regression.Workplaces;

namespace RegisterEngine.Benchmarks;

/// <summary>Models on five million person-years of 60,000 workplaces; each benchmark checks its answer against the effect that was planted, or against another way to it.</summary>
[MemoryDiagnoser]
public class RegressionBenchmarks
{
    private static readonly string[] Outcomes = ["total", "move", "exit"];

    private static readonly EvaluationOptions Options = new() { Populations = [new("health personnel", ["7174", "7076"]), new("nurses", ["7174"])], Years = [2020, 2021, 2022] };

    private LargePanel? _panel;
    private MomentTable? _table;
    private CellFrame? _cells;
    private IReadOnlyList<MomentTable> _evaluation = [];
    private EvaluationSample? _sample;

    [GlobalSetup]
    public void SetUp()
    {
        _panel = new LargePanel(5_000_000);
        _table = _panel.Tables([EffectModel.ByWorkplace])[0];
        _cells = CellFrame.Of(_table);
        _evaluation = _panel.Tables(Evaluation.Plans(Options, LargePanel.Programme));
        _sample = EvaluationSample.Of(_evaluation[0], LargePanel.Programme, Options.Years, "yes").WithControls();
    }

    /// <summary>Workplace and year effects, errors clustered by workplace, three outcomes: from the panel in memory to the fits.</summary>
    [Benchmark]
    public double EffectsFromPanel() => Fit(CellFrame.Of(_panel!.Tables([EffectModel.ByWorkplace])[0]));

    /// <summary>The same from cells.</summary>
    [Benchmark]
    public double EffectsFromCells() => Fit(CellFrame.Of(_table!));

    /// <summary>Both equations, three specifications, three measures, two populations, HC1 and clustered errors: from cells.</summary>
    [Benchmark]
    public int AllModelsOfTheEvaluation()
    {
        int models = 0;
        foreach (MomentTable table in _evaluation)
        {
            EvaluationSample all = EvaluationSample.Of(table, LargePanel.Programme, Options.Years, "yes");
            EvaluationSample treated = all.TreatedOnly(), both = all.WithControls();
            models += EquationLines.All("", treated, both, Options).Count(line => line.Effect?.Value is not null);
        }
        return models == 36 ? models : throw new InvalidOperationException($"{models} of 36 models have an effect.");
    }

    /// <summary>Before and after at each of 60,000 workplaces, three outcomes: from cells.</summary>
    [Benchmark]
    public double BeforeAfterOfAllWorkplaces()
    {
        WorkplaceCounts counts = WorkplaceCounts.Of(_cells!, EffectModel.Measures, LargePanel.Start);
        IReadOnlyList<WorkplaceEffects> effects = WorkplaceBatch.BeforeAfter(counts);
        const int some = 4711;
        TwoSample test = TwoSample.Pooled(
            Group.Of(new Proportion((long)counts.LeaversAfter[0][some], (long)counts.After[some])), Group.Of(new Proportion((long)counts.LeaversBefore[0][some], (long)counts.Before[some])));
        return Math.Abs(test.T!.Value - (effects[0].Value[some] / effects[0].Error[some])) < 1e-9 ? effects[0].Value[some] : throw new InvalidOperationException("The t of a workplace is not that of its test.");
    }

    /// <summary>100,000 placebo treatments of twelve workplaces, difference in differences without controls, three measures.</summary>
    [Benchmark]
    public double PlaceboTreatments() => Check(Placebo.Run(_sample!, Specification.NoControls, EffectModel.Measures, 100_000, 1));

    /// <summary>The same next to age, sex, and effects of workplaces and years.</summary>
    [Benchmark]
    public double PlaceboTreatmentsWithEffects() => Check(Placebo.Run(_sample!, Specification.AgeSexAndEffects, EffectModel.Measures, 100_000, 1));

    /// <summary>Writes the person-years, and what the engine makes of them, for peers/regression_check.R.</summary>
    public static void WriteForPeers(string folder)
    {
        Directory.CreateDirectory(folder);
        var panel = new LargePanel(5_000_000);
        panel.Write(Path.Combine(folder, "rows.csv"));
        IEnumerable<string> lines = FitAll(CellFrame.Of(panel.Tables([EffectModel.ByWorkplace])[0])).SelectMany((fit, i) =>
            fit.Coefficients.Select(of => $"{Outcomes[i]},{of.Term},{of.Value:R},{of.Error:R}"));
        File.WriteAllLines(Path.Combine(folder, "fits.csv"), ["outcome,term,value,error", .. lines]);
    }

    private static double Fit(CellFrame frame)
    {
        IReadOnlyList<OlsFit> fits = FitAll(frame);
        double[] effects = [.. fits.Select(fit => fit["treat_post"].Value!.Value)];
        bool isRight = Math.Abs(effects[2] - LargePanel.Effect) < 4 * fits[2]["treat_post"].Error && Math.Abs(effects[0] - effects[1] - effects[2]) < 1e-12;
        return isRight ? effects[0] : throw new InvalidOperationException("The effect is not the one that was planted, or measures do not add up.");
    }

    private static IReadOnlyList<OlsFit> FitAll(CellFrame frame) => EffectModel.Fit(frame, LargePanel.IsTreated, LargePanel.Start);

    private static double Check(IReadOnlyList<PlaceboResult> results) =>
        results.All(result => result.Draws == 100_000) && Math.Abs(results[0].Value!.Value - results[1].Value!.Value - results[2].Value!.Value) < 1e-9
            ? results[0].P!.Value
            : throw new InvalidOperationException("Not every placebo treatment has an effect.");
}
