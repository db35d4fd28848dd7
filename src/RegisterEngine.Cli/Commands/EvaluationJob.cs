using RegisterEngine.Cli.Configuration;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression.Designs;
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

    /// <summary>The effect that was planted, where the register is synthetic.</summary>
    public TreatmentTruth? Truth { get; init; }

    /// <summary>Reads a treatment table, and what is to be evaluated; null for the usual.</summary>
    public static EvaluationJob Read(string treatments, string? evaluation) =>
        new(treatments, TreatmentFile.Read(treatments), evaluation is null ? new EvaluationOptions() : EvaluationConfig.Read(evaluation));

    /// <summary>A plan of a run that counts what the evaluation needs too.</summary>
    public RunPlan With(RunPlan plan) => plan with { Moments = [.. plan.Moments, .. Evaluation.Plans(Options, Programme)] };

    /// <summary>Evaluates the programme.</summary>
    public EvaluationResult Evaluate(RunResult result) => Evaluation.Run(result.Moments, Programme, Options);

    /// <summary>All tables of an evaluation.</summary>
    public IReadOnlyList<OutputTable> Tables(EvaluationResult result) =>
        [.. EvaluationOutput.Tables(result), .. Truth is null ? [] : (OutputTable[])[PlantedTable.Of(result, Truth)]];

    /// <summary>What a manifest says of it.</summary>
    public ManifestEvaluation InManifest() => ManifestBuilder.Evaluation(File, Programme, Options);
}
