using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Cli.Configuration;

/// <summary>A model as a file tells it.</summary>
/// <param name="Title">What the tables of results are called.</param>
/// <param name="Formula">The model.</param>
/// <param name="Errors">Kinds of errors; the first is the one of the table side by side.</param>
internal sealed record ModelConfig(string Title, Formula Formula, IReadOnlyList<OlsOptions> Errors)
{
    /// <summary>Terms whose coefficients are tested to be zero together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Tests { get; init; } = [];

    /// <summary>The treatment table; null where there is none.</summary>
    public string? TreatmentsPath { get; init; }

    /// <summary>Whether the distinct person-years are needed, for leverages.</summary>
    public bool NeedsRows => Errors.Any(errors => errors.Errors is ErrorKind.HC2 or ErrorKind.HC3);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It says something that cannot be; the message names the place.</exception>
    public static ModelConfig Read(string path)
    {
        YamlMap map = YamlMap.Read(path);
        SmallSample convention = ModelWords.Convention(map, new OlsOptions().SmallSample);
        bool dropSingletons = map.Value("drop-singletons", false, (text, place) => bool.TryParse(text, out bool value) ? value : throw new UsageException($"{place}: '{text}' is neither true nor false."));
        string? treatments = map.Text("treatments") is { } table ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, table) : null;
        var formula = new Formula
        {
            Outcomes = map.Texts("outcomes") is { Count: > 0 } outcomes ? ConfigReader.Measures(outcomes, $"{path}, outcomes")
                : throw new UsageException($"{path}: name the outcomes of the model, such as: outcomes: [total]."),
            Terms = map.Texts("terms") is { } terms ? [.. terms.SelectMany(Added)] : [],
            Effects = Dimensions(map, "effects"),
            Clusters = Dimensions(map, "clusters"),
            Sample = ConfigReader.Sample(map.Map("sample")),
            Treatments = treatments is null ? null : TreatmentFile.Read(treatments),
            Dimensions = Words.Dimensions,
        };
        IReadOnlyList<string> words = map.Texts("errors") ?? (formula.Clusters.Count > 0 ? ["cr1"] : ["hc1"]);
        var config = new ModelConfig(
            map.Text("title") ?? "Model", formula, [.. words.Select(word => ModelWords.Errors(word, convention, $"{path}, errors") with { DropSingletons = dropSingletons })])
        {
            TreatmentsPath = treatments,
            Tests = [.. (map.Texts("tests") ?? []).Select(Added)],
        };
        map.End();
        return config;
    }

    private static string[] Added(string terms) => terms.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Dimension[] Dimensions(YamlMap map, string name) => [.. (map.Texts(name) ?? []).Select(word => Words.Find(Words.Dimensions, word, name))];
}
