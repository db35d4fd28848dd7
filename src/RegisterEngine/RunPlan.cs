using System.Diagnostics;
using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

namespace RegisterEngine;

/// <summary>What a run reads, by which rules, and what it counts.</summary>
public sealed record RunPlan
{
    /// <summary>The inputs.</summary>
    public required IReadOnlyList<ExtractInput> Inputs { get; init; }

    /// <summary>How they are read.</summary>
    public SourceOptions Sources { get; init; } = new();

    /// <summary>How many rows may be rejected.</summary>
    public RejectLimit MaxRejects { get; init; } = RejectLimit.Usual;

    /// <summary>Where rejected rows are written, if there are any; null for nowhere.</summary>
    public string? Quarantine { get; init; }

    /// <summary>The rules of the panel.</summary>
    public PanelOptions Panel { get; init; } = new();

    /// <summary>Where rows are kept.</summary>
    public ShardOptions Shards { get; init; } = new();

    /// <summary>The tables to make.</summary>
    public IReadOnlyList<CellPlan> Tables { get; init; } = [];

    /// <summary>The tables of moments to make, for models.</summary>
    public IReadOnlyList<MomentPlan> Moments { get; init; } = [];

    /// <summary>Age groups.</summary>
    public AgeGroups Ages { get; init; } = AgeGroups.TenYears;

    /// <summary>How many threads work; never has an effect on results.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where to tell how far the run is; null for nowhere.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Rows of a batch, <see cref="ExtractReader.FewestBatchRows"/> or more; never has an effect on results.</summary>
    /// <remarks>2,048 rows fit, with the text that they come from, into a processor's second cache.</remarks>
    public int BatchRows { get; init; } = 2048;
}

/// <summary>What a run made. Holds the panel until it is disposed of.</summary>
public sealed class RunResult : IDisposable
{
    private readonly ExtractSet _extracts;
    private readonly PersonShards _shards;

    internal RunResult(
        RunPlan plan, ExtractSet extracts, PersonShards shards, PersonYears panel, Coverage coverage, PanelCounts counts, IReadOnlyList<CellTable> tables,
        IReadOnlyList<Stage> stages)
    {
        _extracts = extracts;
        _shards = shards;
        Plan = plan;
        Panel = panel;
        Coverage = coverage;
        Counts = counts;
        Tables = tables;
        Stages = stages;
    }

    /// <summary>What was asked for.</summary>
    public RunPlan Plan { get; }

    /// <summary>What became of the rows of each input.</summary>
    public IReadOnlyList<SourceReport> Sources => _extracts.Reports;

    /// <summary>The person-years.</summary>
    public PersonYears Panel { get; }

    /// <summary>Years and gaps.</summary>
    public Coverage Coverage { get; }

    /// <summary>Rows by unit and year.</summary>
    public DeliveryCounts Deliveries => _shards.Deliveries;

    /// <summary>What was counted while the panel was built.</summary>
    public PanelCounts Counts { get; }

    /// <summary>One table of cells for each plan.</summary>
    public IReadOnlyList<CellTable> Tables { get; }

    /// <summary>One table of moments for each of their plans.</summary>
    public IReadOnlyList<MomentTable> Moments { get; internal init; } = [];

    /// <summary>How long each stage took.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Bytes of rows that did not fit into memory.</summary>
    public long SpilledBytes => _shards.SpilledBytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        _extracts.Dispose();
        _shards.Dispose();
    }
}

/// <summary>How long a stage took.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Elapsed">Time by the clock.</param>
public sealed record Stage(string Name, TimeSpan Elapsed);

/// <summary>Times the stages of a run, one after the other.</summary>
internal sealed class StageClock
{
    private readonly List<Stage> _stages = [];
    private long _start = Stopwatch.GetTimestamp();

    public IReadOnlyList<Stage> Stages => _stages;

    public void End(string name)
    {
        _stages.Add(new Stage(name, Stopwatch.GetElapsedTime(_start)));
        _start = Stopwatch.GetTimestamp();
    }
}
