using System.CommandLine;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>regress</c>: one model, of any measures.</summary>
internal static class RegressCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine regress data/*.csv --model model.yaml
          registerengine regress data/*.csv --model model.yaml --format json

        A model (model.yaml), of which only outcomes must be there:
          title: New hires who leave
          outcomes: [sector-exit, total]                     # measures: each is a model of its own
          terms: [age, woman, age:service-area]               # any groups of tables, and products; with treatments also post, treat, treat_post
          effects: [year]                                    # absorbed
          clusters: [workplace]
          errors: [cr1, hc1]                                 # classical, hc0 to hc3, cr0 to cr3, jackknife
          small-sample: fixest                               # or areg, reghdfe, sandwich, clusters-only
          drop-singletons: false                             # rows that are alone in an effect
          tests: [age + woman]                               # that all coefficients of these terms are zero (Wald)
          sample: { new-hire: yes, minimum-size: 60 }        # years, position-codes, service-areas, municipalities, workplaces
          # treatments: treatments.csv                       # beside this file; see: registerengine evaluate --help
        """;

    public static Command Create()
    {
        var common = new CommonOptions();
        var model = new Option<string>("--model") { HelpName = "FILE", Description = "The model (YAML): outcomes, terms, effects, clusters, errors, sample, treatments", Required = true };
        Option<string> format = Session.FormatOption();
        var command = new Command("regress",
            "Fits a linear model of turnover to all person-years of a sample: any terms, absorbed effects, robust or clustered " +
            "errors. Terms that are not identified are named.");
        command.Add(model);
        command.Add(format);
        common.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            ModelConfig config = ModelConfig.Read(parsed.GetValue(model)!);
            var session = new Session(common.IsQuiet(parsed), cancellation);
            RunPlan plan = common.Plan(parsed, common.Config(parsed), [], quarantine: null, [parsed.GetValue(model), config.TreatmentsPath]);
            using RunResult result = session.Run(plan with { Moments = [config.Formula.Plan("model", config.NeedsRows)] });
            IReadOnlyList<IReadOnlyList<OlsFit>> fits = config.Formula.Fit(result.Moments[0], [.. config.Errors]);
            OutputTable sideBySide = ModelTables.SideBySide([.. fits[0].Select(fit => (fit.Outcome.Replace('_', ' '), fit))], $"{config.Title} ({ModelTables.NameOf(fits[0][0])} errors in parentheses)",
                [.. config.Formula.Effects.Select(config.Formula.NameOf)]);
            OutputTable all = ModelTables.Long([.. fits.SelectMany(fit => fit)], config.Title);
            ShownTable[] tests = config.Tests.Count == 0 ? [] : [new(ModelTables.Tests(fits, [.. config.Tests.Select(terms => terms.SelectMany(term => config.Formula.NamesOf(term, result.Moments[0])).ToArray())]))];
            TableView.Show([new ShownTable(chosen is null or TableFormat.Markdown ? sideBySide : all), .. tests], chosen);
            foreach (Coefficient coefficient in fits[0].SelectMany(fit => fit.Coefficients).Where(coefficient => coefficient.Note is not null).DistinctBy(coefficient => coefficient.Term))
                session.Remark($"{coefficient.Term}: {coefficient.Note}.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
