using RegisterEngine.Regression;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Cli.Configuration;

/// <summary>The words by which models name errors and corrections.</summary>
internal static class ModelWords
{
    private static readonly Dictionary<string, ErrorKind> Kinds = Enum.GetValues<ErrorKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, SmallSample> Conventions = new(StringComparer.Ordinal)
    {
        ["sandwich"] = SmallSample.Sandwich,
        ["areg"] = SmallSample.Areg,
        ["fixest"] = SmallSample.Fixest,
        ["reghdfe"] = SmallSample.Reghdfe,
        ["clusters-only"] = SmallSample.ClustersOnly,
    };

    private static readonly Dictionary<string, WildWeights> WildWords = Enum.GetValues<WildWeights>().ToDictionary(weights => weights.ToString().ToLowerInvariant());

    /// <summary>Weights of a wild bootstrap.</summary>
    public static WildWeights Weights(string word, string place) => Words.Find(WildWords, word, place);

    /// <summary>Errors of a word: <c>classical</c>, <c>hc1</c>, <c>cr1</c>.</summary>
    public static OlsOptions Errors(string word, SmallSample convention, string place) => new() { Errors = Words.Find(Kinds, word, place), SmallSample = convention };

    /// <summary>The convention that a file names.</summary>
    public static SmallSample Convention(YamlMap map, SmallSample usual) => map.Value("small-sample", usual, (word, place) => Words.Find(Conventions, word, place));
}
