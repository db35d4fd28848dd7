using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Columns;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Cli.Commands;

/// <summary>A programme to evaluate, as part of a run.</summary>
/// <param name="File">The treatment table.</param>
/// <param name="Programme">What it says.</param>
/// <param name="Options">How the programme is evaluated.</param>
internal sealed record EvaluationJob(string File, Treatments Programme, EvaluationOptions Options)
{
    /// <summary>Folder of the tables within a release.</summary>
    public const string Folder = "evaluation";

    /// <summary>Name of the stage in timings.</summary>
    public const string Stage = "evaluate";

    /// <summary>The mentor table; null where there is none.</summary>
    public string? MentorsPath { get; init; }

    /// <summary>What it says; null before <see cref="ReadMentors"/>.</summary>
    public MentorList? Mentors { get; private init; }

    /// <summary>The files that it reads beside the extracts.</summary>
    public IEnumerable<ExtractInput> Inputs => ((string?[])[File, MentorsPath]).OfType<string>().Select(path => new ExtractInput { Name = path, Path = path });

    /// <summary>The effect that was planted, where the register is synthetic.</summary>
    public TreatmentTruth? Truth { get; init; }

    /// <summary>Reads a treatment table, and what is to be evaluated; null for the usual.</summary>
    public static EvaluationJob Read(string treatments, string? evaluation)
    {
        Treatments programme = TreatmentFile.Read(treatments);
        EvaluationConfig config = evaluation is null ? new EvaluationConfig(new EvaluationOptions(), null) : EvaluationConfig.Read(evaluation);
        return new EvaluationJob(treatments, programme, config.Options) { MentorsPath = config.Mentors };
    }

    /// <summary>Reads the mentor table, if there is one.</summary>
    /// <param name="pseudonymiser">Replaces person ids, in the table as in the extracts; null for nothing.</param>
    public EvaluationJob ReadMentors(Pseudonymiser? pseudonymiser) => MentorsPath is null ? this : this with { Mentors = MentorFile.Read(MentorsPath, pseudonymiser) };

    /// <summary>A plan of a run that counts what the evaluation needs too.</summary>
    public RunPlan With(RunPlan plan) => plan with { Moments = [.. plan.Moments, .. Evaluation.Plans(Options, Programme)] };

    /// <summary>Evaluates the programme.</summary>
    public Evaluated Evaluate(RunResult result, CancellationToken cancellation) => new(
        Evaluation.Run(result.Moments, Programme, Options, cancellation),
        Mentors is null ? null : Monitoring.Count(result.Panel, Mentors, Evaluation.Populations(Options, Programme), result.Plan.Threads, cancellation));

    /// <summary>All tables of an evaluation.</summary>
    public IReadOnlyList<OutputTable> Tables(Evaluated evaluated) =>
    [
        .. EvaluationOutput.Tables(evaluated.Results), .. MonitoringOf(evaluated),
        .. evaluated.Monitoring is { } monitoring ? [MonitoringTables.Listed(monitoring)] : (OutputTable[])[],
        .. Truth is null ? [] : (OutputTable[])[PlantedTable.Of(evaluated.Results, Truth)],
    ];

    /// <summary>The tables that people see first.</summary>
    public IReadOnlyList<OutputTable> Summary(Evaluated evaluated) => [.. EvaluationOutput.Summary(evaluated.Results), .. MonitoringOf(evaluated)];

    /// <summary>What a manifest says of it.</summary>
    public ManifestEvaluation InManifest() => ManifestBuilder.Evaluation(File, Programme, Options, MentorsPath);

    private OutputTable[] MonitoringOf(Evaluated evaluated) => evaluated.Monitoring is { } monitoring ? [MonitoringTables.Monitoring(monitoring, Options.Measures)] : [];
}

/// <summary>What an evaluation made.</summary>
/// <param name="Results">The evaluation.</param>
/// <param name="Monitoring">Mentors and new hires; null where no mentor table was given.</param>
internal sealed record Evaluated(EvaluationResult Results, MonitoringTable? Monitoring);
