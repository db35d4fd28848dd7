using System.CommandLine;
using System.Diagnostics;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>evaluate</c>: a programme at some workplaces.</summary>
internal static class EvaluateCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine evaluate data/*.csv --treatments treatments.csv
          registerengine evaluate data/*.csv --treatments treatments.csv --out evaluation
          registerengine evaluate data/*.csv --treatments treatments.csv --evaluation evaluation.yaml --format markdown
          registerengine evaluate data/*.csv --treatments treatments.csv --mentors mentors.csv --out evaluation

        A treatment table (treatments.csv): the workplaces of the programme and the first year of each; the last three columns may be left out:
          workplace,start_year,label,centrality,type
          988077917,2022,Solhaug,2,home care

        A mentor table (mentors.csv), for monitoring: by its id in the extracts, who is mentor, trained mentor or mentee in a year; several roles have a row each:
          person,year,role
          200417,2022,trained mentor
          310226,2022,mentee

        What is evaluated (evaluation.yaml), of which anything may be left out:
          populations:                                       # each analysis is made for each
            - name: nurses
              position-codes: ["7174"]
          minimum-size: 60
          new-hires-only: yes
          years: [2020-2022]
          after: [2021, 2022]                                # periods after the start, each with models of its own beside those of all years
          measures: [total, workplace-move, sector-exit]
          mentors: mentors.csv                               # beside this file; or --mentors
          errors: [hc1, cr1, cr2]
          comparisons:                                       # of municipalities, the same start for all
            - { name: cities, treated: ["5001"], controls: ["4601"], before: [2020], after: [2021, 2022, 2021-2022] }
          draws: 9999                                        # of placebo treatments; bootstrap-draws, bootstrap-weights (rademacher, webb), seed
          expected-effect: 0.05                              # the power to find it is told; power: of the detectable effect; small-sample: as in models
        """;

    public static Command Create()
    {
        var common = new CommonOptions();
        var treatments = new Option<string>("--treatments") { HelpName = "FILE", Description = "Treatment table: CSV with workplace, start_year, label, centrality, type", Required = true };
        var mentors = new Option<string?>("--mentors") { HelpName = "FILE", Description = "Mentor table: CSV with person, year, role (mentor, trained mentor, mentee); adds mentors, new hires with one, and who of these left, by municipality" };
        var evaluation = new Option<string?>("--evaluation") { HelpName = "FILE", Description = "What is evaluated (YAML): populations, measures, years, errors, comparisons of municipalities, mentor table" };
        var output = new Option<string?>("--out", "-o") { HelpName = "FOLDER", Description = "Folder to write all tables to, as CSV, JSON and Markdown" };
        var force = new Option<bool>("--force") { Description = "Replace the folder if it exists" };
        Option<string> format = Session.FormatOption();
        var command = new Command("evaluate",
            "Evaluates a programme at some workplaces: turnover before and after, difference in differences against municipalities " +
            "without the programme, effects by year, and how sure they are with few workplaces.");
        foreach (Option option in (Option[])[treatments, mentors, evaluation, output, force, format])
            command.Add(option);
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            EvaluationJob job = EvaluationJob.Read(parsed.GetValue(treatments)!, parsed.GetValue(evaluation));
            job = job with { MentorsPath = parsed.GetValue(mentors) ?? job.MentorsPath };
            var session = new Session(common.IsQuiet(parsed), cancellation);
            RunConfig config = common.Config(parsed);
            RunPlan plan = common.Plan(parsed, config, [], quarantine: null, [job.File, job.MentorsPath, parsed.GetValue(evaluation)]);
            string? path = parsed.GetValue(output);
            if (path is not null)
                OutputPlace.CheckFolder(path, [.. plan.Inputs, .. job.Inputs, .. common.Beside(parsed, config), .. OutputPlace.Inputs([parsed.GetValue(evaluation)])]);
            using ReleaseFolder? folder = path is null ? null : new ReleaseFolder(path, parsed.GetValue(force));
            job = job.ReadMentors(plan.Sources.Pseudonymiser);
            using RunResult result = session.Run(job.With(plan));
            long start = Stopwatch.GetTimestamp();
            Evaluated evaluated = job.Evaluate(result, cancellation);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            session.Remark(evaluated.Monitoring);
            IReadOnlyList<OutputTable> all = job.Tables(evaluated);
            if (folder is not null)
            {
                Write(job, result, all, folder.Beside, seconds, cancellation);
                cancellation.ThrowIfCancellationRequested();
                folder.Commit();
                session.Remark($"All tables of the evaluation are in {path}.");
            }
            TableView.Show([.. (folder is null ? all : job.Summary(evaluated)).Select(table => new ShownTable(table))], chosen);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(EvaluationJob job, RunResult result, IReadOnlyList<OutputTable> tables, string folder, double seconds, CancellationToken cancellation)
    {
        var timings = result.Stages.ToDictionary(stage => stage.Name, stage => stage.Elapsed.TotalSeconds);
        timings[EvaluationJob.Stage] = seconds;
        long start = Stopwatch.GetTimestamp();
        EvaluationWriter.Write(tables, [TableFormat.Csv, TableFormat.Json, TableFormat.Markdown], folder);
        timings["write"] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Manifest manifest = ManifestBuilder.Begin(result, [], hashInputs: true, cancellation) with { Evaluation = job.InManifest() };
        manifest = ManifestBuilder.End(manifest, folder, result.Plan.Threads, timings, cancellation);
        File.WriteAllBytes(Path.Combine(folder, Manifest.FileName), Manifest.Write(manifest));
    }
}
