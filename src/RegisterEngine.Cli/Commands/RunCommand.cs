using System.CommandLine;
using System.Diagnostics;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>run</c>: the whole main job, into a folder.</summary>
internal static class RunCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine run data/*.csv --out release
          registerengine run --config pai.yaml --out release --force
          registerengine run data/*.csv --out release --by workplace,year,new-hire,sex,age-group --panel
          registerengine run data/ --data-years 2015-2024 --out release

        A configuration (pai.yaml), of which anything may be left out:
          inputs: [data/pai_*.csv]
          schemas: [layouts/]
          data-years: 2015-2024
          max-rejects: 0.5%
          panel:
            main-job: largest-employment
            new-hire: main-job
            universe: { service-areas: [Helse og omsorg] }   # position-codes, municipalities, employment-forms
            coverage: { missing: [{ municipality: "0301", year: 2015 }] }
          ages: [0, 20, 30, 40, 50, 60, 70]
          sample: { minimum-size: 60 }                       # new-hire, years, position-codes, service-areas, municipalities, workplaces
          measures: [sector-exit, workplace-move]
          more-tables:                                       # or tables, in place of the usual ones
            - by: [workplace, year, new-hire]
          memory: 2GB
        """;

    public static Command Create()
    {
        var common = new CommonOptions();
        var tables = new TableOptions();
        var release = new ReleaseOptions();
        Option<string> format = Session.FormatOption();
        var command = new Command("run",
            "The whole main job: reads all extracts once, builds main jobs, new hires and transitions, and writes turnover tables " +
            "(nationally and by every breakdown), checks, coverage and a manifest into a folder, which appears whole or not at all.");
        release.AddTo(command);
        command.Add(format);
        tables.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            RunConfig config = tables.Over(parsed, common.Config(parsed));
            IReadOnlyList<TurnoverPlan> plans = TableOptions.Checked([.. config.Tables ?? TableOptions.Usual(config), .. config.MoreTables]);
            OutputPlace.CheckFolder(release.Of(parsed).Folder, common.Beside(parsed, config));
            var session = new Session(common.IsQuiet(parsed), cancellation);
            Produce(
                common.Plan(parsed, config, plans, release.QuarantineBeside(parsed)), plans, release.Of(parsed), session,
                (result, _) => TableView.Show([.. plans.Take(1).Select(plan => Session.Turnover(result, plan, result.Tables[0]))], chosen));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Runs a plan, writes its release and shows what the user is to see of it.</summary>
    internal static void Produce(RunPlan plan, IReadOnlyList<TurnoverPlan> tables, ReleaseSettings settings, Session session, Action<RunResult, Evaluated?> show, EvaluationJob? job = null)
    {
        OutputPlace.CheckFolder(settings.Folder, plan.Inputs);
        using var folder = new ReleaseFolder(settings.Folder, settings.Force);
        using RunResult result = session.Run(job?.With(plan) ?? plan);
        var timings = result.Stages.ToDictionary(stage => stage.Name, stage => stage.Elapsed.TotalSeconds);
        long start = Stopwatch.GetTimestamp();
        Evaluated? evaluated = job is null ? null : Evaluate(job, result, session);
        if (job is not null)
            timings[EvaluationJob.Stage] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        session.Remark(evaluated?.Monitoring);
        start = Stopwatch.GetTimestamp();
        Manifest manifest = ManifestBuilder.Begin(result, tables, settings.HashInputs, session.Cancellation) with { Evaluation = evaluated is null ? null : job!.InManifest() };
        double hashed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        ReleaseWriter.Write(result, tables, settings.Formats, settings.Panel, Manifest.Origin(manifest), folder.Beside, session.Cancellation);
        if (evaluated is not null)
            EvaluationWriter.Write(job!.Tables(evaluated), settings.Formats, Path.Combine(folder.Beside, EvaluationJob.Folder));
        timings["write"] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        manifest = ManifestBuilder.End(manifest, folder.Beside, result.Plan.Threads, timings, session.Cancellation);
        timings["hash"] = hashed + Stopwatch.GetElapsedTime(start).TotalSeconds;
        File.WriteAllBytes(Path.Combine(folder.Beside, Manifest.FileName), Manifest.Write(manifest));
        session.Cancellation.ThrowIfCancellationRequested();
        folder.Commit();
        show(result, evaluated);
        session.Remark($"The release is in {settings.Folder}: {manifest.Outputs.Count} files and {Manifest.FileName}.");
    }

    // A register without the years or the workplaces of the programme has a release all the same.
    private static Evaluated? Evaluate(EvaluationJob job, RunResult result, Session session)
    {
        try
        {
            return job.Evaluate(result, session.Cancellation);
        }
        catch (RegressionException e)
        {
            session.Remark($"The programme is not evaluated: {e.Message}");
            return null;
        }
    }
}
