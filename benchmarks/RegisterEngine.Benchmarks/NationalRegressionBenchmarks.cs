using BenchmarkDotNet.Attributes;
using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Regression.Models;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Benchmarks;

/// <summary>Models on the national panel: 480,000 persons over ten years, as the main job leaves it in memory. Answers are held against cells that the job counted itself.</summary>
[MemoryDiagnoser]
public class NationalRegressionBenchmarks
{
    private const int Start = 2020;

    private RunResult? _run;
    private double[] _expected = [];

    [GlobalSetup]
    public void SetUp()
    {
        string folder = Directory.CreateTempSubdirectory("registerengine-benchmark-").FullName;
        SyntheticRegister.Simulate(new SyntheticOptions { Persons = 480_000 }).Write(folder);
        _run = Pipeline.Run(new RunPlan { Inputs = ExtractInputs.Find([folder]), Tables = [], Moments = [EffectModel.ByWorkplace] });
        Directory.Delete(folder, recursive: true);
        _expected = Effects(_run.Moments[0]);
        Console.WriteLine($"// {_run.Panel.Count} person-years at {CellFrame.Of(_run.Moments[0]).Labels(Dimension.Workplace).Count} workplaces");
    }

    [GlobalCleanup]
    public void CleanUp() => _run!.Dispose();

    /// <summary>Workplace and year effects, errors clustered by workplace, three outcomes: from the panel in memory to the fits.</summary>
    [Benchmark]
    public double EffectsFromPanel()
    {
        double[] effects = Effects(Count(_run!));
        return effects.AsSpan().SequenceEqual(_expected) ? effects[0] : throw new InvalidOperationException("The fits are not those of the cells that the run counted.");
    }

    private static MomentTable Count(RunResult run)
    {
        int threads = Environment.ProcessorCount, taken = 0;
        var tables = new CellTables([], [EffectModel.ByWorkplace], run.Panel.Codes, run.Coverage, AgeGroups.TenYears);
        Workers.Run(threads, _ =>
        {
            CellWriter writer = tables.NewWriter();
            var shard = new PanelShard();
            for (int next; (next = Interlocked.Increment(ref taken) - 1) < PersonYears.ShardCount;)
            {
                run.Panel.Read(next, shard);
                writer.Add(shard.Rows);
            }
        }, CancellationToken.None);
        return tables.FinishMoments(threads)[0];
    }

    // Every fortieth workplace, from a year in the middle on.
    private static double[] Effects(MomentTable table) =>
        [.. EffectModel.Fit(CellFrame.Of(table), LargePanel.IsTreated, Start).SelectMany(fit => new[] { fit["treat_post"].Value!.Value, fit["treat_post"].Error!.Value })];
}
