using BenchmarkDotNet.Attributes;
using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Benchmarks;

/// <summary>The main job on a register of 50,000 persons over ten years (583,705 rows), by what it makes; what it counts is checked against the register's truth.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private static readonly CellPlan Years = new() { Name = "years", By = [Dimension.Year] };
    private static readonly CellPlan Workplaces = new() { Name = "workplaces", By = [Dimension.Workplace, Dimension.Year, Dimension.NewHire, Dimension.Sex, Dimension.AgeGroup] };

    private string _folder = "";
    private RegisterTruth? _truth;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("registerengine-benchmark-").FullName;
        _truth = SyntheticRegister.Simulate(new SyntheticOptions { Persons = 50_000 }).Write(_folder);
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public long PanelAlone() => Run([]);

    [Benchmark]
    public long NationalTable() => Run([Years]);

    [Benchmark]
    public long TableByWorkplace() => Run([Years, Workplaces]);

    private long Run(IReadOnlyList<CellPlan> tables)
    {
        using RunResult result = Pipeline.Run(new RunPlan { Inputs = ExtractInputs.Find([_folder]), Tables = tables, Threads = Threads });
        long expected = _truth!.Years.Sum(year => (long)year.All.Persons);
        long exits = _truth.Years.Sum(year => (long)(year.All.SectorExits ?? 0));
        if (result.Panel.Count != expected || result.Counts[Transition.LeaveRegister] != exits)
            throw new InvalidOperationException("The panel is not what the truth says.");
        foreach (CellTable table in result.Tables)
        {
            long left = 0;
            for (int cell = 0; cell < table.Count; cell++)
                left += table.Counts(cell)[Transition.LeaveRegister];
            if (left != exits)
                throw new InvalidOperationException($"The cells of {table.Plan.Name} do not add up to the truth.");
        }
        return result.Panel.Count;
    }
}
