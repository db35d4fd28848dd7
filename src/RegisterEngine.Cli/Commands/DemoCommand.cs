using System.CommandLine;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>demo</c>: the whole main job on a synthetic national register, without a question.</summary>
internal static class DemoCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine demo
          registerengine demo --persons 50000 --out small-demo
        """;

    // Shown with a column for each pair of years; all other tables are files of the release.
    private static readonly Dimension[] Breakdowns = [Dimension.ServiceArea, Dimension.AgeGroup, Dimension.County, Dimension.PositionCode];

    public static Command Create()
    {
        var register = new SynthOptions();
        var output = new Option<string>("--out", "-o") { HelpName = "FOLDER", Description = "Folder to write; the register and the release of an earlier demo in it are replaced", DefaultValueFactory = _ => "registerengine-demo" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No progress and no remarks" };
        Option<string> format = Session.FormatOption();
        var command = new Command("demo", "Makes a synthetic national register, runs the main job on it, evaluates a programme whose true effect is known, shows tables and leaves the release in a folder.");
        register.AddTo(command);
        foreach (Option option in (Option[])[output, quiet, format])
            command.Add(option);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            Run(register.Of(parsed), parsed.GetValue(output)!, chosen, new Session(parsed.GetValue(quiet), cancellation));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Run(SyntheticOptions options, string path, TableFormat? format, Session session)
    {
        string extracts = Path.Combine(path, "register");
        string release = Path.Combine(path, "release");
        // Until the release is there too, the register of an earlier demo is kept, and comes back where this one is stopped.
        using var register = new ReleaseFolder(extracts, replace: true, RegisterTruth.FileName);
        RegisterTruth truth = SynthCommand.Make(options, ExtractFormat.Delimited, register, session);
        session.Cancellation.ThrowIfCancellationRequested();
        register.Appear();
        var config = new RunConfig();
        IReadOnlyList<TurnoverPlan> tables = TableOptions.Usual(config);
        var plan = new RunPlan
        {
            Inputs = ExtractInputs.Find([Path.Combine(extracts, "*.csv")]),
            Tables = [.. tables.Select(table => table.Counted)],
            Quarantine = release + ".rejected.csv",
        };
        var settings = new ReleaseSettings(release, Force: true, [TableFormat.Csv, TableFormat.Markdown], Panel: null, HashInputs: true);
        EvaluationJob? job = truth.Treatment is not { Workplaces.Count: > 0 } treatment ? null
            : (EvaluationJob.Read(Path.Combine(extracts, SyntheticRegister.TreatmentsFileName), null) with
            {
                MentorsPath = truth.Mentors is { Count: > 0 } ? Path.Combine(extracts, SyntheticRegister.MentorsFileName) : null,
                Truth = treatment,
            }).ReadMentors(plan.Sources.Pseudonymiser);
        RunCommand.Produce(plan, tables, settings, session, (result, evaluated) =>
        {
            register.Commit();
            Show(result, tables, evaluated is null ? [] : [PlantedTable.Of(evaluated.Results, job!.Truth!)], format);
            if (evaluated is not null)
                session.Remark(PlantedTable.Remark(evaluated.Results, job!.Truth!));
        }, job);
        session.Remark($"The register is in {extracts}: {truth.Extracts.Sum(extract => (long)extract.Rows):N0} rows in {truth.Extracts.Count} files; its true figures are in {Path.Combine(extracts, RegisterTruth.FileName)}.");
    }

    private static void Show(RunResult result, IReadOnlyList<TurnoverPlan> tables, IReadOnlyList<OutputTable> evaluation, TableFormat? format)
    {
        var shown = new List<ShownTable>();
        foreach ((TurnoverPlan plan, CellTable cells) in tables.Zip(result.Tables))
        {
            if (plan.Cells.By.Count == 1 || plan.Cells.By[1] == Dimension.NewHire)
                shown.Add(Session.Turnover(result, plan, cells));
            else if (Breakdowns.Contains(plan.Cells.By[1]))
                shown.Add(new ShownTable(YearColumns.Table(new TurnoverTable(cells, plan.Measures, plan.Denominator), Measure.SectorExit, plan.Label, result.Panel.Codes)));
        }
        TableView.Show([.. shown, .. evaluation.Select(table => new ShownTable(table))], format);
    }
}
