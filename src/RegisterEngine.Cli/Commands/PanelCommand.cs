using System.CommandLine;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Columns;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>panel</c>: the person-years themselves.</summary>
internal static class PanelCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine panel data/*.csv --out panel.parquet
          registerengine panel data/*.csv | head
          some-engine | registerengine panel --stdin arrow --stdout arrow | another-engine
        """;

    private const string StandardOutput = "-";

    public static Command Create()
    {
        var common = new CommonOptions();
        var output = new Option<string>("--out", "-o") { HelpName = "FILE", Description = "File to write, readable by you alone; - for standard output", DefaultValueFactory = _ => StandardOutput };
        var table = new TableFileOptions();
        var standardOutput = new Option<string?>("--stdout") { HelpName = "FORMAT", Description = "Writes to standard output: arrow (a stream), parquet or csv" };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists" };
        var command = new Command("panel",
            "The panel as CSV, Parquet or Arrow: a row for each person and year, with the main job, new hire or not, and the transition to the next " +
            "year.");
        command.Add(output);
        table.AddTo(command);
        command.Add(standardOutput);
        command.Add(force);
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            string target = parsed.GetValue(output)!;
            if (parsed.GetValue(standardOutput) is not null && target != StandardOutput)
                throw new UsageException("--out and --stdout cannot both be given.");
            TableFileFormat format = parsed.GetValue(standardOutput) is { } piped
                ? TableFileOptions.FormatOf(piped, "--stdout", isPiped: true)
                : table.FormatOf(parsed, target);
            var session = new Session(common.IsQuiet(parsed), cancellation);
            RunConfig config = common.Config(parsed);
            RunPlan plan = common.Plan(parsed, config, [], quarantine: null);
            if (target != StandardOutput)
                OutputPlace.CheckFile(target, "--out", [.. plan.Inputs, .. common.Beside(parsed, config)], parsed.GetValue(force));
            using OutputFile? file = target == StandardOutput ? null : new OutputFile(target, ownerOnly: true);
            using RunResult result = session.Run(plan);
            if (file is null)
            {
                using var stream = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
                PanelTable.Write(result.Panel, format, stream, result.Plan.Threads, table.Parquet(parsed), cancellation);
                return ExitCode.Ok;
            }
            PanelTable.Write(result.Panel, format, file.Stream, result.Plan.Threads, table.Parquet(parsed), cancellation);
            file.Commit();
            session.Remark($"{result.Counts.PersonYears} person-years are in {target}.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
