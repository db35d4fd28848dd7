using System.Globalization;
using System.Text.Json;

namespace RegisterEngine.Tests.Regression;

/// <summary>Reference values of <c>tests/data/regression</c>.</summary>
public static class Reference
{
    private static readonly Lazy<JsonElement> LazyGolden = new(() => Json("golden.json"));
    private static readonly Lazy<JsonElement> LazyExtra = new(() => Json("golden_extra.json"));
    private static readonly Lazy<JsonElement> LazyStaggered = new(() => Json("staggered.json"));
    private static readonly Lazy<JsonElement> LazyNist = new(() => Json("nist.json"));
    private static readonly Lazy<JsonElement> LazySeed = new(() => Json("seed_tables.json"));

    public static JsonElement Golden => LazyGolden.Value;

    public static JsonElement Extra => LazyExtra.Value;

    public static JsonElement Staggered => LazyStaggered.Value;

    public static JsonElement Nist => LazyNist.Value;

    public static JsonElement Seed => LazySeed.Value;

    public static string PathOf(string file)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RegisterEngine.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "tests", "data", "regression", file);
    }

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(number => number.GetDouble())];

    public static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Asserts that a number is another up to a share of it.</summary>
    public static void Near(double expected, double? actual, double relative, string what)
    {
        Assert.True(actual is not null, $"{what}: {expected} expected, but there is none.");
        double off = Math.Abs(actual.Value - expected) / Math.Max(Math.Abs(expected), 1e-300);
        Assert.True(off <= relative, $"{what}: {expected:R} expected, {actual:R} found: off by {off:E1} where {relative:E1} is allowed.");
    }

    private static JsonElement Json(string file)
    {
        using FileStream stream = File.OpenRead(PathOf(file));
        return JsonDocument.Parse(stream).RootElement;
    }
}
