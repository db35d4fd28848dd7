using System.Globalization;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Cli.Configuration;

/// <summary>An evaluation as a file tells it; what is not said is as in <see cref="EvaluationOptions"/>.</summary>
/// <param name="Options">How the programme is evaluated.</param>
/// <param name="Mentors">The mentor table; null where none is named.</param>
internal sealed record EvaluationConfig(EvaluationOptions Options, string? Mentors)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It says something that cannot be; the message names the place.</exception>
    public static EvaluationConfig Read(string path)
    {
        YamlMap map = YamlMap.Read(path);
        var usual = new EvaluationOptions();
        SmallSample convention = ModelWords.Convention(map, usual.Errors[0].SmallSample);
        var options = new EvaluationOptions
        {
            Populations = map.Maps("populations") is { } populations ? [.. populations.Select(Population)] : usual.Populations,
            MinimumSize = map.Value("minimum-size", usual.MinimumSize, (text, place) => Words.Hundredths(text, place)),
            NewHiresOnly = map.Value("new-hires-only", usual.NewHiresOnly, YesOrNo),
            ServiceAreas = map.Texts("service-areas"),
            Years = map.Texts("years") is { } years ? Years(years, $"{path}, years") : null,
            After = [.. (map.Texts("after") ?? []).Select(years => Years([years], $"{path}, after"))],
            Measures = map.Texts("measures") is { } measures ? ConfigReader.Measures(measures, $"{path}, measures") : usual.Measures,
            Errors = map.Texts("errors") is { } errors ? [.. errors.Select(word => ModelWords.Errors(word, convention, $"{path}, errors"))]
                : [.. usual.Errors.Select(kind => kind with { SmallSample = convention })],
            Comparisons = [.. (map.Maps("comparisons") ?? []).Select(comparison => Comparison(comparison, path))],
            Draws = map.Number("draws") ?? usual.Draws,
            BootstrapDraws = map.Number("bootstrap-draws") ?? usual.BootstrapDraws,
            BootstrapWeights = map.Value("bootstrap-weights", usual.BootstrapWeights, ModelWords.Weights),
            Power = map.Value("power", usual.Power, Share),
            ExpectedEffect = map.Text("expected-effect") is null ? null : map.Value("expected-effect", 0.0, Share),
            WorkplaceMinimum = map.Number("workplace-minimum") ?? usual.WorkplaceMinimum,
            Seed = map.Value("seed", usual.Seed, (text, place) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
                : throw new UsageException($"{place}: '{text}' is no whole number.")),
        };
        string? mentors = map.Text("mentors");
        map.End();
        return options.Draws > 0 && options.BootstrapDraws > 0 && options.Populations.Count > 0 && options.Measures.Count > 0 && options.Errors.Count > 0
            ? new EvaluationConfig(options, mentors is null ? null : Path.Combine(Path.GetDirectoryName(path)!, mentors))
            : throw new UsageException($"{path}: an evaluation needs a population, a measure, a kind of errors and at least one draw.");
    }

    private static Population Population(YamlMap map)
    {
        var population = new Population(map.Text("name") ?? throw new UsageException("populations: each needs a name."), map.Texts("position-codes"));
        map.End();
        return population;
    }

    private static RegionComparison Comparison(YamlMap map, string path)
    {
        string name = map.Text("name") ?? throw new UsageException($"{path}, comparisons: each needs a name.");
        var comparison = new RegionComparison
        {
            Name = name,
            Treated = Required("treated"),
            Controls = Required("controls"),
            PositionCodes = map.Texts("position-codes"),
            ServiceAreas = map.Texts("service-areas"),
            Workplaces = map.Texts("workplaces"),
            Before = Years(Required("before"), $"{path}, {name}, before"),
            After = [.. Required("after").Select(years => Years([years], $"{path}, {name}, after"))],
        };
        map.End();
        return comparison;

        IReadOnlyList<string> Required(string of) => map.Texts(of) ?? throw new UsageException($"{path}, {name}: '{of}' is missing.");
    }

    // Single years, and spans such as 2020-2022.
    private static IReadOnlyList<int> Years(IReadOnlyList<string> texts, string place) => [.. texts.SelectMany(text =>
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        return ends.Length is 1 or 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int to) && from <= to && to - from < 200
                ? Enumerable.Range(from, to - from + 1)
                : throw new UsageException($"{place}: '{text}' is no year and no span of years such as 2020-2022.");
    })];

    private static double Share(string text, string place) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1
            ? share
            : throw new UsageException($"{place}: '{text}' is no number between 0 and 1.");

    private static bool YesOrNo(string text, string place) => text.ToLowerInvariant() switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => throw new UsageException($"{place}: '{text}' is neither yes nor no."),
    };
}
