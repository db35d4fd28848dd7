using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

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
                    line.BeforeMean, line.TreatedClusters, line.Specification == Specification.AgeSexAndEffects, line.Note))])),
    ];

    /// <summary>Any models side by side.</summary>
    /// <param name="fits">The models, with the names of their columns.</param>
    /// <param name="title">What the table shows.</param>
    public static OutputTable SideBySide(IReadOnlyList<(string Name, OlsFit Fit)> fits, string title) =>
        SideBySide("models", title, [.. fits.Select(of => new ShownModel(of.Name, of.Fit, null, null, of.Fit.Effects.Count > 0, null))]);

    /// <summary>A row for each coefficient.</summary>
    public static OutputTable Long(string name, string title, IReadOnlyList<ModelLine> lines) => new(
        name, title,
        [
            new("population", ValueKind.Text), new("equation", ValueKind.Text), new("specification", ValueKind.Text), new("period", ValueKind.Text), .. CoefficientColumns,
            new("before_mean", ValueKind.Number), new("treated_clusters", ValueKind.Count),
        ],
        from line in lines
        from row in line.Fits.Count == 0 ? [Lacking(line)] : line.Fits.SelectMany(Coefficients)
        select (Value[])
        [
            Value.Of(line.Population), Value.Of(EvaluationOutput.NameOf(line.Equation)), Value.Of(EvaluationOutput.NameOf(line.Specification)), Value.Of(line.Period), .. row,
            Value.Of(line.BeforeMean), row[2].Text == DesignTerms.EffectOf(line.Equation) ? Value.Of((long)line.TreatedClusters) : Value.Missing,
        ]);

    /// <summary>A row for each coefficient of some models.</summary>
    public static OutputTable Long(IReadOnlyList<OlsFit> fits, string title) => new("coefficients", title, CoefficientColumns, fits.SelectMany(Coefficients));

    private static OutputColumn[] CoefficientColumns =>
    [
        new("measure", ValueKind.Text), new("errors", ValueKind.Text), new("term", ValueKind.Text), new("coefficient", ValueKind.Number), new("error", ValueKind.Number),
        new("t", ValueKind.Number), new("df", ValueKind.Number), new("p", ValueKind.Number), new("low", ValueKind.Number), new("high", ValueKind.Number), new("stars", ValueKind.Text),
        new("n", ValueKind.Count), new("missing", ValueKind.Count), new("parameters", ValueKind.Count), new("clusters", ValueKind.Count), new("r_squared", ValueKind.Number), new("note", ValueKind.Text),
    ];

    private static IEnumerable<Value[]> Coefficients(OlsFit fit) => fit.Coefficients.Select(coefficient => (Value[])
    [
        Value.Of(fit.Outcome.Replace('_', ' ')), Value.Of(NameOf(fit)), Value.Of(coefficient.Term), Value.Of(coefficient.Value), Value.Of(coefficient.Error), Value.Of(coefficient.T),
        Value.Of(coefficient.Degrees), Value.Of(coefficient.P), Value.Of(coefficient.Low), Value.Of(coefficient.High), Value.Of(coefficient.Stars), Value.Of(fit.Rows), Value.Of(fit.Missing),
        Value.Of((long)fit.Parameters), fit.Clusters.Count > 0 ? Value.Of((long)fit.Clusters[0].Count) : Value.Missing, Value.Of(fit.RSquared), Value.Of(coefficient.Note),
    ]);

    private static Value[] Lacking(ModelLine line) =>
        [Value.Of(TurnoverOutput.NameOf(line.Measure)), .. Enumerable.Repeat(Value.Missing, CoefficientColumns.Length - 2), Value.Of(line.Note)];

    private static OutputTable SideBySide(string name, string title, IReadOnlyList<ShownModel> models)
    {
        string[] terms = [.. models.SelectMany(model => model.Fit?.Coefficients ?? []).Select(coefficient => coefficient.Term).Distinct()];
        var rows = new List<Value[]>();
        foreach (string term in terms)
        {
            rows.Add(Row(term, model => Find(model, term) is not { } of ? "" : of.Value is { } value ? Number(value) + of.Stars : "not identified"));
            rows.Add(Row("", model => Find(model, term)?.Error is { } error ? $"({Number(error)})" : ""));
        }
        rows.Add(Row("N", model => model.Fit is { } fit ? $"{fit.Rows}" : "none"));
        if (models.Any(model => model.BeforeMean is not null))
            rows.Add(Row("mean before, treated", model => model.BeforeMean is { } mean ? Number(mean) : ""));
        if (models.Any(model => model.TreatedClusters is not null))
            rows.Add(Row("treated workplaces that identify it", model => model.TreatedClusters is { } count ? $"{count}" : ""));
        rows.Add(Row("effects of year and workplace", model => model.HasEffects ? "yes" : "no"));
        rows.Add(Row("R squared", model => model.Fit?.RSquared is { } share ? Number(share) : ""));
        if (models.Any(model => model.Note is not null))
            rows.Add(Row("why there is none", model => model.Note ?? ""));
        return new OutputTable(name, title, [new("term", ValueKind.Text), .. models.Select(model => new OutputColumn(model.Name, ValueKind.Text))], rows);

        Value[] Row(string label, Func<ShownModel, string> text) => [Value.Of(label), .. models.Select(model => Value.Of(text(model)))];

        static Coefficient? Find(ShownModel model, string term) => model.Fit?.Coefficients.FirstOrDefault(coefficient => coefficient.Term == term);
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
