using System.CommandLine;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Terminal;
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

    /// <summary>Runs the main job, and shows how far it is.</summary>
    public RunResult Run(RunPlan plan)
    {
        var progress = new RunProgress();
        using (new ProgressLine(progress, Console.Error, isQuiet))
        {
            RunResult result = Pipeline.Run(plan with { Progress = progress }, Cancellation);
            foreach (string remark in Remarks(result))
                Remark(remark);
            return result;
        }
    }

    /// <summary>Shows turnover on standard output.</summary>
    public static void Show(RunResult result, TurnoverPlan plan, CellTable cells, TableFormat? format)
    {
        var turnover = new TurnoverTable(cells, plan.Measures, plan.Denominator);
        TableView.Show(
            TurnoverOutput.Table(turnover, plan.Label, result.Panel.Codes), TurnoverOutput.Wide(turnover, plan.Label, result.Panel.Codes), format, Console.Out);
    }

    /// <summary>An option for the format of results.</summary>
    public static Option<string> FormatOption() => new("--format")
    {
        HelpName = "FORMAT",
        Description = $"How results are written: {string.Join(", ", TableView.Names)}",
        DefaultValueFactory = _ => TableView.Table,
    };

    // What the user should know although the run went well.
    private static IEnumerable<string> Remarks(RunResult result)
    {
        long rejected = result.Sources.Sum(source => source.Counts.Rejected);
        if (rejected > 0)
            yield return $"{rejected} rows were rejected{(result.Plan.Quarantine is { } path ? $"; they are in {path}" : "")}.";
        if (result.Counts.DuplicateRows > 0)
            yield return $"{result.Counts.DuplicateRows} rows were equal to another in every column, and counted once.";
        foreach (Sources.SourceReport source in result.Sources)
        {
            if (source.YearFromName is { } year)
                yield return $"{source.Input.Name}: the year {year} is taken from the name of the file.";
            if (source.Lacking.Count > 0)
                yield return $"{source.Input.Name}: has no {string.Join(", ", source.Lacking.Select(Columns.RegisterColumns.NameOf))}.";
            if (source.Counts[Sources.Finding.ReadAsUtf8] > 0 && source.Counts[Sources.Finding.ReadAsWindows1252] > 0)
                yield return $"{source.Input.Name}: holds texts in UTF-8 and texts in Windows-1252; each was read as what it is.";
        }
        if (result.Coverage.HasGaps)
            yield return "Some municipalities have gaps in delivery: person-years beside them are unknown. See them with: registerengine check";
        if (result.Counts.PersonYears == 0)
            yield return "No employment belongs to the universe: there is nothing to count.";
    }
}
