using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Publication.Evaluations;

/// <summary>Models as tables: side by side as statisticians know them, and with a row for each coefficient.</summary>
public static class ModelTables
{
    private const int Decimals = 3;

    /// <summary>A table for each population and equation: coefficients with stars, errors in parentheses below them, and what the models are made of.</summary>
    public static IReadOnlyList<OutputTable> SideBySide(IReadOnlyList<ModelLine> lines, string prefix) =>
    [
        .. lines.GroupBy(line => (line.Population, line.Equation)).Select((group, i) => SideBySide(
            $"{prefix}models_{i + 1}", $"{Capital(EvaluationOutput.NameOf(group.Key.Equation))}: {group.Key.Population}{ErrorsOf(group)}",
            [.. group.GroupBy(line => line.Measure).SelectMany(same => same.OrderBy(line => line.Period, StringComparer.Ordinal).ThenBy(line => line.Specification))
                .Select(line => new ShownModel(
                    $"{TurnoverOutput.NameOf(line.Measure)} ({(int)line.Specification + 1}){(line.Period is null ? "" : $" {line.Period}")}", line.Fits.Count > 0 ? line.Fits[0] : null,
                    line.BeforeMean, line.TreatedClusters, line.Specification == Specification.AgeSexAndEffects, line.Note))], "year and workplace")),
    ];

    /// <summary>Any models side by side.</summary>
    /// <param name="fits">The models, with the names of their columns.</param>
    /// <param name="title">What the table shows.</param>
    /// <param name="effects">The names of their effects.</param>
    public static OutputTable SideBySide(IReadOnlyList<(string Name, OlsFit Fit)> fits, string title, IReadOnlyList<string> effects) =>
        SideBySide("models", title, [.. fits.Select(of => new ShownModel(of.Name, of.Fit, null, null, effects.Count > 0, null))], effects.Count > 0 ? string.Join(" and ", effects) : "any factor");

    /// <summary>A row for each coefficient.</summary>
    public static OutputTable Long(string name, string title, IReadOnlyList<ModelLine> lines) => new(
        name, title,
        [
            new("population", ValueKind.Text), new("equation", ValueKind.Text), new("specification", ValueKind.Text), new("period", ValueKind.Text), .. CoefficientColumns,
            new("before_mean", ValueKind.Number),
        ],
        from line in lines
        from row in line.Fits.Count == 0 ? [Lacking(line)] : line.Fits.SelectMany(fit => Coefficients(Told(fit, line)))
        select (Value[])
        [
            Value.Of(line.Population), Value.Of(EvaluationOutput.NameOf(line.Equation)), Value.Of(EvaluationOutput.NameOf(line.Specification)), Value.Of(line.Period), .. row,
            Value.Of(line.BeforeMean),
        ]);

    private static OlsFit Told(OlsFit fit, ModelLine line) => fit with
    {
        Coefficients = [.. fit.Coefficients.Select(of => of.Term == DesignTerms.EffectOf(line.Equation) ? of with { TreatedClusters = line.TreatedClusters } : of)],
    };

    /// <summary>A row for each coefficient of some models.</summary>
    public static OutputTable Long(IReadOnlyList<OlsFit> fits, string title) => new("coefficients", title, CoefficientColumns, fits.SelectMany(Coefficients));

    /// <summary>A row for each test that some coefficients are zero together.</summary>
    /// <param name="fits">Models, by kind of errors and outcome.</param>
    /// <param name="tests">The names of coefficients of each test.</param>
    public static OutputTable Tests(IReadOnlyList<IReadOnlyList<OlsFit>> fits, IReadOnlyList<IReadOnlyList<string>> tests) => new(
        "tests", "Tests that all of these coefficients are zero (Wald)",
        [
            new("measure", ValueKind.Text), new("errors", ValueKind.Text), new("terms", ValueKind.Text), new("f", ValueKind.Number), new("df1", ValueKind.Count), new("df2", ValueKind.Number),
            new("p", ValueKind.Number), new("stars", ValueKind.Text), new("note", ValueKind.Text),
        ],
        from fit in fits.SelectMany(of => of)
        from terms in tests
        let test = Wald.Of(fit, terms)
        select (Value[])
        [
            Value.Of(fit.Outcome.Replace('_', ' ')), Value.Of(NameOf(fit)), Value.Of(string.Join(", ", terms)), Value.Of(test.F), Value.Of((long)test.Numerator), Value.Of(test.Denominator),
            Value.Of(test.P), Value.Of(Coefficient.StarsOf(test.P)), Value.Of(test.Note),
        ]);

    private static OutputColumn[] CoefficientColumns =>
    [
        new("measure", ValueKind.Text), new("errors", ValueKind.Text), new("term", ValueKind.Text), new("coefficient", ValueKind.Number), new("error", ValueKind.Number),
        new("t", ValueKind.Number), new("df", ValueKind.Number), new("p", ValueKind.Number), new("low", ValueKind.Number), new("high", ValueKind.Number), new("stars", ValueKind.Text),
        new("n", ValueKind.Count), new("missing", ValueKind.Count), new("parameters", ValueKind.Count), new("clusters", ValueKind.Count), new("clusters_2", ValueKind.Count),
        new("singletons", ValueKind.Count), new("dropped_singletons", ValueKind.Count), new("leverage_one", ValueKind.Count), new("r_squared", ValueKind.Number), new("least_without_one", ValueKind.Number),
        new("most_without_one", ValueKind.Number), new("treated_clusters", ValueKind.Count), new("note", ValueKind.Text),
    ];

    private static IEnumerable<Value[]> Coefficients(OlsFit fit) => fit.Coefficients.Select(coefficient => (Value[])
    [
        Value.Of(fit.Outcome.Replace('_', ' ')), Value.Of(NameOf(fit)), Value.Of(coefficient.Term), Value.Of(coefficient.Value), Value.Of(coefficient.Error), Value.Of(coefficient.T),
        Value.Of(coefficient.Degrees), Value.Of(coefficient.P), Value.Of(coefficient.Low), Value.Of(coefficient.High), Value.Of(coefficient.Stars), Value.Of(fit.Rows), Value.Of(fit.Missing),
        Value.Of((long)fit.Parameters), ClustersOf(fit, 0), ClustersOf(fit, 1), fit.Effects.Count > 0 ? Value.Of(SingletonsOf(fit)) : Value.Missing,
        fit.Effects.Count > 0 ? Value.Of(fit.DroppedSingletons) : Value.Missing, fit.Errors is ErrorKind.HC2 or ErrorKind.HC3 ? Value.Of(fit.LeverageOne) : Value.Missing, Value.Of(fit.RSquared),
        Value.Of(coefficient.LeastWithoutOne), Value.Of(coefficient.MostWithoutOne), CountOf(coefficient.TreatedClusters), Value.Of(coefficient.Note),
    ]);

    /// <summary>A count that may be missing.</summary>
    internal static Value CountOf(int? count) => count is { } known ? Value.Of((long)known) : Value.Missing;

    private static Value ClustersOf(OlsFit fit, int way) => fit.Clusters.Count > way ? Value.Of((long)fit.Clusters[way].Count) : Value.Missing;

    // Levels with one row, of all effects.
    private static long SingletonsOf(OlsFit fit) => fit.Effects.Sum(effect => (long)effect.Singletons);

    private static Value[] Lacking(ModelLine line) =>
        [Value.Of(TurnoverOutput.NameOf(line.Measure)), .. Enumerable.Repeat(Value.Missing, CoefficientColumns.Length - 2), Value.Of(line.Note)];

    private static OutputTable SideBySide(string name, string title, IReadOnlyList<ShownModel> models, string effects)
    {
        string[] terms = [.. models.SelectMany(model => model.Fit?.Coefficients ?? []).Select(coefficient => coefficient.Term).Distinct()];
        var rows = new List<Value[]>();
        foreach (string term in terms)
        {
            rows.Add(Row(term, model => Find(model, term) is not { } of ? "" : of.Value is { } value ? Number(value) + of.Stars : "not identified"));
            rows.Add(Row("", model => Find(model, term)?.Error is { } error ? $"({Number(error)})" : ""));
            if (models.Any(model => model.TreatedClusters is null && Find(model, term)?.TreatedClusters is not null))
                rows.Add(Row("", model => Find(model, term)?.TreatedClusters is { } count ? $"identified by {count}" : ""));
        }
        rows.Add(Row("N", model => model.Fit is { } fit ? $"{fit.Rows}" : "none"));
        if (models.Any(model => model.BeforeMean is not null))
            rows.Add(Row("mean before, treated", model => model.BeforeMean is { } mean ? Number(mean) : ""));
        if (models.Any(model => model.TreatedClusters is not null))
            rows.Add(Row("treated workplaces that identify it", model => model.TreatedClusters is { } count ? $"{count}" : ""));
        rows.Add(Row($"effects of {effects}", model => model.HasEffects ? "yes" : "no"));
        if (models.Any(model => model.Fit?.Effects.Count > 0))
            rows.Add(Row("levels with one row", model => model.Fit is not { Effects.Count: > 0 } fit ? "" : fit.DroppedSingletons > 0 ? $"{SingletonsOf(fit)} (dropped: {fit.DroppedSingletons} rows)" : $"{SingletonsOf(fit)}"));
        if (models.Any(model => model.Fit?.Clusters.Count > 0))
            rows.Add(Row("clusters", model => model.Fit is { } fit ? string.Join(" and ", fit.Clusters.Select(cluster => cluster.Count)) : ""));
        rows.Add(Row("degrees of freedom", model => model.Fit is { } fit ? DegreesOf(fit) : ""));
        rows.Add(Row("R squared", model => model.Fit?.RSquared is { } share ? Number(share) : ""));
        if (models.Any(model => model.Note is not null))
            rows.Add(Row("why there is none", model => model.Note ?? ""));
        return new OutputTable(name, title, [new("term", ValueKind.Text), .. models.Select(model => new OutputColumn(model.Name, ValueKind.Text))], rows);

        Value[] Row(string label, Func<ShownModel, string> text) => [Value.Of(label), .. models.Select(model => Value.Of(text(model)))];

        static Coefficient? Find(ShownModel model, string term) => model.Fit?.Coefficients.FirstOrDefault(coefficient => coefficient.Term == term);
    }

    // Satterthwaite's are those of each coefficient.
    private static string DegreesOf(OlsFit fit)
    {
        double[] degrees = [.. fit.Coefficients.Where(of => of.Degrees is not null).Select(of => of.Degrees!.Value)];
        if (degrees.Length == 0)
            return "";
        string least = Rounding.Number(degrees.Min(), 1), most = Rounding.Number(degrees.Max(), 1);
        return degrees.All(double.IsInteger) && least == most ? $"{degrees[0]:0}" : least == most ? least : $"{least} to {most}";
    }

    private static string Number(double value) => Rounding.Number(value, Decimals);

    /// <summary>The kind of errors of a model.</summary>
    public static string NameOf(OlsFit fit) => fit.Errors switch
    {
        ErrorKind.Classical or ErrorKind.HC0 or ErrorKind.HC1 or ErrorKind.HC2 or ErrorKind.HC3 => $"{fit.Errors}",
        ErrorKind.CR1 => $"CR1 by {string.Join(" and ", fit.Clusters.Select(cluster => cluster.Name))} ({fit.SmallSample})",
        _ => $"{fit.Errors} by {string.Join(" and ", fit.Clusters.Select(cluster => cluster.Name))}",
    };

    private static string ErrorsOf(IEnumerable<ModelLine> lines) => lines.FirstOrDefault(line => line.Fits.Count > 0) is { } line ? $" ({NameOf(line.Fits[0])} errors in parentheses)" : "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private sealed record ShownModel(string Name, OlsFit? Fit, double? BeforeMean, int? TreatedClusters, bool HasEffects, string? Note);
}
