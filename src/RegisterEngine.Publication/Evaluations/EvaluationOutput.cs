using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Publication.Evaluations;

/// <summary>Turns an evaluation into tables that go out. Where a number is missing, a note in its row says why.</summary>
public static class EvaluationOutput
{
    /// <summary>All tables, in the order of the report.</summary>
    public static IReadOnlyList<OutputTable> Tables(EvaluationResult result) =>
    [
        Means("means", "Turnover before and after, with a test of the difference", result.Means),
        Changes(result),
        .. ModelTables.SideBySide(result.Models, ""),
        ModelTables.Long("models", "Coefficients of all models", result.Models),
        Characteristics(result),
        Trends(result),
        DynamicTables.EventStudy(result),
        DynamicTables.Staggered(result),
        Robustness(result),
        Workplaces(result),
        .. result.ComparedMeans.Count == 0 ? [] : (OutputTable[])
        [
            Means("compared_means", "Municipalities compared: turnover before and after", result.ComparedMeans),
            .. ModelTables.SideBySide(result.ComparedModels, "compared_"),
            ModelTables.Long("compared_models", "Municipalities compared: coefficients of all models", result.ComparedModels),
        ],
    ];

    /// <summary>The tables that people see first: means, models side by side, and how sure they are.</summary>
    public static IReadOnlyList<OutputTable> Summary(EvaluationResult result) =>
        [Means("means", "Turnover before and after, with a test of the difference", result.Means), .. ModelTables.SideBySide(result.Models, ""), Robustness(result)];

    /// <summary>The name of a specification: its number in the report, and what it holds.</summary>
    internal static string NameOf(Specification specification) => specification switch
    {
        Specification.NoControls => "(1)",
        Specification.AgeAndSex => "(2) age, sex",
        Specification.AgeSexAndEffects => "(3) age, sex, year, workplace",
        _ => throw new ArgumentOutOfRangeException(nameof(specification)),
    };

    /// <summary>The name of an equation.</summary>
    internal static string NameOf(Equation equation) => equation == Equation.BeforeAfter ? "before and after" : "difference in differences";

    private static OutputTable Means(string name, string title, IReadOnlyList<MeansLine> lines) => new(
        name, title,
        [
            new("population", ValueKind.Text), new("group", ValueKind.Text), new("measure", ValueKind.Text), new("n_before", ValueKind.Count), new("mean_before", ValueKind.Number),
            new("sd_before", ValueKind.Number), new("n_after", ValueKind.Count), new("mean_after", ValueKind.Number), new("sd_after", ValueKind.Number), new("difference", ValueKind.Number),
            new("t", ValueKind.Number), new("df", ValueKind.Number), new("p", ValueKind.Number), new("stars", ValueKind.Text), new("welch_t", ValueKind.Number),
            new("welch_df", ValueKind.Number), new("welch_p", ValueKind.Number), new("fisher_p", ValueKind.Number), new("note", ValueKind.Text),
        ],
        lines.Select(line => (Value[])
        [
            Value.Of(line.Population), Value.Of(line.Group), Value.Of(TurnoverOutput.NameOf(line.Measure)), Value.Of(line.Before.Of), Value.Of(line.Before.Rate),
            Value.Of(line.Before.StandardDeviation), Value.Of(line.After.Of), Value.Of(line.After.Rate), Value.Of(line.After.StandardDeviation), Value.Of(line.Test.Difference),
            Value.Of(line.Test.T), Value.Of(line.Test.Degrees), Value.Of(line.Test.P), Value.Of(Regression.Coefficient.StarsOf(line.Test.P)), Value.Of(line.Welch.T), Value.Of(line.Welch.Degrees), Value.Of(line.Welch.P),
            Value.Of(line.FisherP), Value.Of(line.Test.Note),
        ]));

    private static OutputTable Changes(EvaluationResult result) => new(
        "changes", "Change in turnover by treated workplace, with its municipality's class of centrality",
        [
            new("population", ValueKind.Text), new("workplace", ValueKind.Text), new("measure", ValueKind.Text), new("start_year", ValueKind.Text), new("type", ValueKind.Text),
            new("n_before", ValueKind.Count), new("mean_before", ValueKind.Number), new("n_after", ValueKind.Count), new("mean_after", ValueKind.Number), new("change", ValueKind.Number),
            new("fisher_p", ValueKind.Number), new("note", ValueKind.Text),
        ],
        result.Changes.Select(line => (Value[])
        [
            Value.Of(line.Population), Value.Of(line.Workplace.Label + (line.Workplace.Centrality is { } centrality ? $" ({centrality})" : "")), Value.Of(TurnoverOutput.NameOf(line.Measure)),
            Value.Of($"{line.Workplace.StartYear}"), Value.Of(line.Workplace.Type), Value.Of(line.Before.Of), Value.Of(line.Before.Rate), Value.Of(line.After.Of), Value.Of(line.After.Rate),
            Value.Of(line.Change), Value.Of(line.FisherP), Value.Of(line.Note),
        ]));

    private static OutputTable Characteristics(EvaluationResult result) => new(
        "characteristics", "Mean age and share of women before and after",
        [
            new("population", ValueKind.Text), new("group", ValueKind.Text), new("new_hire", ValueKind.Text), new("period", ValueKind.Text), new("age", ValueKind.Number),
            new("women", ValueKind.Share), new("n", ValueKind.Count), new("note", ValueKind.Text),
        ],
        result.Characteristics.Select(line => (Value[])
        [
            Value.Of(line.Population), Value.Of(line.Group), Value.Of(line.NewHire), Value.Of(line.IsAfter ? "after" : "before"), Value.Of(line.Age), Value.Share(line.Women),
            Value.Of(line.Women.Of), Value.Of(line.Women.Of == 0 ? "no person-years" : line.Age is null ? "no age is known" : null),
        ]));

    private static OutputTable Trends(EvaluationResult result) => new(
        "trends", "Turnover by year, treated workplaces and controls",
        [
            new("population", ValueKind.Text), new("group", ValueKind.Text), new("year", ValueKind.Text), new("measure", ValueKind.Text), new("n", ValueKind.Count),
            new("rate", ValueKind.Share), new("wilson_low", ValueKind.Share), new("wilson_high", ValueKind.Share), new("note", ValueKind.Text),
        ],
        result.Trends.Select(line => (Value[])
        [
            Value.Of(line.Population), Value.Of(line.Group), Value.Of($"{line.Year}-{line.Year + 1}"), Value.Of(TurnoverOutput.NameOf(line.Measure)), Value.Of(line.Turnover.Of),
            Value.Share(line.Turnover), Value.Share(line.Turnover.Wilson?.Low), Value.Share(line.Turnover.Wilson?.High), Value.Of(line.Turnover.Of == 0 ? "no person-years" : null),
        ]));

    private static OutputTable Robustness(EvaluationResult result)
    {
        string? expected = result.Options.ExpectedEffect is { } effect ? FormattableString.Invariant($"{effect}") : null;
        return new OutputTable(
            "robustness", $"How sure the effects are with few treated workplaces (bootstrap by weights of {result.Options.BootstrapWeights})",
            [
                new("population", ValueKind.Text), new("equation", ValueKind.Text), new("specification", ValueKind.Text), new("measure", ValueKind.Text), new("bootstrap_t", ValueKind.Number), new("bootstrap_p", ValueKind.Number),
                new("bootstrap_draws", ValueKind.Count), new("placebo_p", ValueKind.Number), new("placebo_draws", ValueKind.Count), new("placebo_pool", ValueKind.Count),
                new("least_without_one", ValueKind.Number), new("least_without", ValueKind.Text), new("most_without_one", ValueKind.Number), new("most_without", ValueKind.Text),
                new("detectable_effect", ValueKind.Number), .. expected is null ? [] : (OutputColumn[])[new($"power_for_{expected}", ValueKind.Number)], new("note", ValueKind.Text),
            ],
            result.Robustness.Select(line => (Value[])
            [
                Value.Of(line.Population), Value.Of(NameOf(line.Equation)), Value.Of(NameOf(line.Specification)), Value.Of(TurnoverOutput.NameOf(line.Measure)), Value.Of(line.Bootstrap?.T), Value.Of(line.Bootstrap?.P),
                line.Bootstrap is { } bootstrap ? Value.Of(bootstrap.Draws) : Value.Missing, Value.Of(line.Placebo?.P), line.Placebo is { } placebo ? Value.Of(placebo.Draws) : Value.Missing,
                line.Placebo is { } pool ? Value.Of((long)pool.Pool) : Value.Missing, Value.Of(line.Least?.Effect), Value.Of(line.Least?.Without), Value.Of(line.Most?.Effect), Value.Of(line.Most?.Without),
                Value.Of(line.DetectableEffect), .. expected is null ? [] : (Value[])[Value.Of(line.PowerForExpected)], Value.Of(line.Note ?? line.Placebo?.Note ?? (line.Placebo is null ? "no placebo treatments for this model" : null)),
            ]));
    }

    private static OutputTable Workplaces(EvaluationResult result) => new(
        "workplaces", $"All workplaces with {result.Options.WorkplaceMinimum} person-years or more: rates, shrunk rates, funnel limits, change, and difference from all others",
        [
            new("workplace", ValueKind.Text), new("measure", ValueKind.Text), new("n", ValueKind.Count), new("rate", ValueKind.Share), new("shrunk_rate", ValueKind.Share),
            new("funnel_low", ValueKind.Share), new("funnel_high", ValueKind.Share), new("change", ValueKind.Number), new("error", ValueKind.Number), new("p", ValueKind.Number),
            new("q", ValueKind.Number), new("against_nation", ValueKind.Number), new("against_nation_q", ValueKind.Number), new("note", ValueKind.Text),
        ],
        result.Workplaces.Select(line => (Value[])
        [
            Value.Of(line.Workplace), Value.Of(TurnoverOutput.NameOf(line.Measure)), Value.Of(line.Turnover.Of), Value.Share(line.Turnover), Value.Share(line.Shrunk),
            Value.Share(line.Funnel?.Low), Value.Share(line.Funnel?.High), Value.Of(line.Change), Value.Of(line.ChangeError), Value.Of(line.ChangeP), Value.Of(line.ChangeQ),
            Value.Of(line.AgainstNation), Value.Of(line.AgainstNationQ), Value.Of(line.Note),
        ]));
}
