using System.Diagnostics;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Cli.Commands;

/// <summary>A programme to evaluate, as part of a run.</summary>
/// <param name="File">The treatment table.</param>
/// <param name="Programme">What it says.</param>
/// <param name="Options">How the programme is evaluated.</param>
internal sealed record EvaluationJob(string File, Treatments Programme, EvaluationOptions Options)
{
    /// <summary>Reads a treatment table, and what is to be evaluated; null for the usual.</summary>
    public static EvaluationJob Read(string treatments, string? evaluation) =>
        new(treatments, TreatmentFile.Read(treatments), evaluation is null ? new EvaluationOptions() : EvaluationConfig.Read(evaluation));

    /// <summary>A plan of a run that counts what the evaluation needs too.</summary>
    public RunPlan With(RunPlan plan) => plan with { Moments = [.. plan.Moments, .. Evaluation.Plans(Options, Programme)] };

    /// <summary>Evaluates the programme.</summary>
    public EvaluationResult Evaluate(RunResult result) => Evaluation.Run(result.Moments, Programme, Options);

    /// <summary>Writes all tables of the evaluation, and the manifest, into a folder.</summary>
    public void Write(RunResult result, IReadOnlyList<OutputTable> tables, string folder, double seconds, CancellationToken cancellation)
    {
        var timings = result.Stages.ToDictionary(stage => stage.Name, stage => stage.Elapsed.TotalSeconds);
        timings["evaluate"] = seconds;
        long start = Stopwatch.GetTimestamp();
        EvaluationWriter.Write(tables, [TableFormat.Csv, TableFormat.Json, TableFormat.Markdown], folder);
        timings["write"] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Manifest manifest = ManifestBuilder.Build(result, [], folder, hashInputs: true, timings, cancellation) with { Evaluation = InManifest() };
        System.IO.File.WriteAllBytes(Path.Combine(folder, Manifest.FileName), Manifest.Write(manifest));
    }

    /// <summary>What a manifest says of it.</summary>
    public ManifestEvaluation InManifest() => ManifestBuilder.Evaluation(File, Programme, Options);
}
