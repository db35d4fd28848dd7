using System.CommandLine;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>turnover</c>: tables of turnover on standard output.</summary>
internal static class TurnoverCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine turnover data/*.csv
          registerengine turnover data/*.csv --by year,position-code --measure sector-exit --format csv
          registerengine turnover data/*.csv --by year,new-hire --minimum-size 60 --areas "Helse og omsorg"
          registerengine turnover data/pai.parquet --by municipality --without pay,workplace_name,position_name,employment_form
        """;

    public static Command Create()
    {
        var common = new CommonOptions();
        var tables = new TableOptions();
        Option<string> format = Session.FormatOption();
        var command = new Command("turnover", "Turnover on standard output: nationally, or by any groups.");
        command.Add(format);
        tables.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            RunConfig config = tables.Over(parsed, common.Config(parsed));
            IReadOnlyList<TurnoverPlan> plans = TableOptions.Checked([.. config.Tables ?? [], .. config.MoreTables]);
            if (plans.Count == 0)
                plans = [TableOptions.Table([Dimension.Year], config)];
            var session = new Session(common.IsQuiet(parsed), cancellation);
            using RunResult result = session.Run(common.Plan(parsed, config, plans, quarantine: null));
            TableView.Show([.. plans.Select((plan, i) => Session.Turnover(result, plan, result.Tables[i]))], chosen);
            return ExitCode.Ok;
        }));
        return command;
    }
}
