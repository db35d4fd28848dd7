using System.CommandLine;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Columns;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>check</c>: validation and coverage only.</summary>
internal static class CheckCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine check data/*.csv
          registerengine check data/*.csv --quarantine rejected.csv --json report.json
        """;

    public static Command Create()
    {
        var common = new CommonOptions();
        Option<string> format = Session.FormatOption();
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "File to write the whole report to as JSON" };
        var command = new Command("check",
            "What the extracts hold, before any figure is made of them: rows, persons and employments by file and year, rejected " +
            "rows by reason, duplicates, invalid organisation numbers, unknown codes; and which municipality delivered in which " +
            "year.");
        var force = new Option<bool>("--force") { Description = "Replace the file of --json if it exists" };
        command.Add(format);
        command.Add(json);
        command.Add(force);
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            var session = new Session(common.IsQuiet(parsed), cancellation);
            RunConfig config = common.Config(parsed);
            RunPlan plan = common.Plan(parsed, config, [], quarantine: null);
            string? path = parsed.GetValue(json);
            if (path is not null)
                OutputPlace.CheckFile(path, "--json", [.. plan.Inputs, .. common.Beside(parsed, config)], parsed.GetValue(force));
            // The report is what the user wants to see, however many rows are rejected.
            using RunResult result = session.Run(plan with { MaxRejects = new Sources.RejectLimit(null, 1) });
            IReadOnlyList<OutputTable> tables = [CheckOutput.Files(result), CheckOutput.Years(result), CheckOutput.Coverage(result)];
            if (path is not null)
                WriteJson(tables, path);
            TableView.Show([.. tables.Select(table => new ShownTable(table))], chosen);
            return Verdict(result, plan, session);
        }));
        return command;
    }

    private static int Verdict(RunResult result, RunPlan plan, Session session)
    {
        long rejected = result.Sources.Sum(source => source.Counts.Rejected);
        long read = result.Sources.Sum(source => source.Counts.Accepted) + rejected;
        if (!plan.MaxRejects.IsExceededBy(rejected, read))
            return ExitCode.Ok;
        session.Remark($"{rejected} of {read} rows were rejected, more than the limit of {plan.MaxRejects}."
            + (plan.Quarantine is null ? " Say --quarantine FILE to see them." : ""));
        return ExitCode.DataErrors;
    }

    private static void WriteJson(IReadOnlyList<OutputTable> tables, string path)
    {
        using var file = new OutputFile(path);
        TableWriter.Write(tables, TableFormat.Json, file.Stream);
        file.Commit();
    }
}
