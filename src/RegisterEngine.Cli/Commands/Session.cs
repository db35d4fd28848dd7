using System.CommandLine;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Cli.Commands;

/// <summary>What a command has to do with the world: results on standard output, all else on standard error.</summary>
internal sealed class Session(bool isQuiet, CancellationToken cancellation)
{
    /// <summary>Stops when the user wants to.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Says something about the run on standard error, unless the user wants quiet.</summary>
    public void Remark(string text)
    {
        if (!isQuiet)
            Console.Error.WriteLine(text);
    }

    /// <summary>Says who is listed as a mentor, or with one, and could not be counted.</summary>
    public void Remark(MonitoringTable? monitoring)
    {
        foreach (string remark in monitoring is null ? [] : MonitoringTables.Remarks(monitoring))
            Remark(remark);
    }

    /// <summary>Runs the main job, and shows how far it is.</summary>
    public RunResult Run(RunPlan plan)
    {
        var progress = new RunProgress();
        RunResult result;
        using (new ProgressLine(progress, Console.Error, isQuiet))
            result = Pipeline.Run(plan with { Progress = progress }, Cancellation);
        foreach (string remark in Remarks.Of(result))
            Remark(remark);
        return result;
    }

    /// <summary>A table of turnover: all measures in rows for files, in columns for people.</summary>
    public static ShownTable Turnover(RunResult result, TurnoverPlan plan, CellTable cells)
    {
        var turnover = new TurnoverTable(cells, plan.Measures, plan.Denominator);
        return new ShownTable(TurnoverOutput.Table(turnover, plan.Label, result.Panel.Codes), TurnoverOutput.Wide(turnover, plan.Label, result.Panel.Codes));
    }

    /// <summary>An option for the format of results.</summary>
    public static Option<string> FormatOption() => new("--format")
    {
        HelpName = "FORMAT",
        Description = $"How standard output is written: {string.Join(", ", TableView.Names)}",
        DefaultValueFactory = _ => TableView.Table,
    };
}
