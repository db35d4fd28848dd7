using System.Globalization;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Cli.Configuration;

/// <summary>The words by which the configuration and the command line name things.</summary>
internal static class Words
{
    public static readonly IReadOnlyDictionary<string, Dimension> Dimensions = Of<Dimension>();

    public static readonly IReadOnlyDictionary<string, Measure> Measures = Of<Measure>();

    public static readonly IReadOnlyDictionary<string, Denominator> Denominators = Of<Denominator>();

    public static readonly IReadOnlyDictionary<string, YearLabel> YearLabels = Of<YearLabel>();

    public static readonly IReadOnlyDictionary<string, MainJobRule> MainJobRules = Of<MainJobRule>();

    public static readonly IReadOnlyDictionary<string, NewHireRule> NewHireRules = Of<NewHireRule>();

    public static readonly IReadOnlyDictionary<string, CoverageLevel> CoverageLevels = Of<CoverageLevel>();

    public static readonly IReadOnlyDictionary<string, NewHire> NewHires = Of<NewHire>();

    public static readonly IReadOnlyDictionary<string, Traps> Traps = Of<Traps>();

    public static readonly IReadOnlyDictionary<string, ExtractFormat> ExtractFormats = Of<ExtractFormat>();

    /// <summary>The value of a word; underscores and hyphens are the same.</summary>
    /// <exception cref="UsageException">There is no such word.</exception>
    public static T Find<T>(IReadOnlyDictionary<string, T> words, string word, string place) =>
        words.TryGetValue(word.Trim().Replace('_', '-').ToLowerInvariant(), out T? value)
            ? value
            : throw new UsageException($"{place}: '{word}' is not one of {string.Join(", ", words.Keys)}.");

    /// <summary>Bytes: <c>2GB</c>, <c>500 MB</c>.</summary>
    /// <exception cref="UsageException">It is no size.</exception>
    public static long Bytes(string text, string place)
    {
        string number = text.Trim().ToUpperInvariant();
        (string Unit, int Shift)[] units = [("KB", 10), ("MB", 20), ("GB", 30), ("TB", 40), ("K", 10), ("M", 20), ("G", 30), ("T", 40), ("B", 0), ("", 0)];
        (string unit, int shift) = units.First(candidate => number.EndsWith(candidate.Unit, StringComparison.Ordinal));
        return TryNumber(number[..^unit.Length], out decimal value) && value > 0 && value <= (decimal)(long.MaxValue >> shift)
            ? (long)(value * (1L << shift))
            : throw new UsageException($"{place}: '{text}' is no size; say for instance 2GB.");
    }

    /// <summary>A percentage as hundredths of a percent: <c>60</c>, <c>60%</c>, <c>37.5</c>.</summary>
    /// <exception cref="UsageException">It is no percentage.</exception>
    public static int Hundredths(string text, string place) =>
        TryNumber(text.Trim().TrimEnd('%'), out decimal value) && value <= 10_000 && value * 100 == decimal.Truncate(value * 100)
            ? (int)(value * 100)
            : throw new UsageException($"{place}: '{text}' is no percentage of full time with at most two decimals; say for instance 60.");

    /// <summary>A share from 0 up to but not including 1: <c>0.1</c>.</summary>
    /// <exception cref="UsageException">It is no such share.</exception>
    public static double Share(string text, string place) =>
        TryNumber(text, out decimal share) && share < 1 ? (double)share : throw new UsageException($"{place}: '{text}' is no share from 0 to 1; say for instance 0.1.");

    /// <summary>A year of the data.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static int Year(string text, string place) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && RegisterLimits.Years.Contains(year)
            ? year
            : throw new UsageException($"{place}: '{text}' is no year in {RegisterLimits.Years}.");

    /// <summary>A span of years of the data, such as <c>2015-2024</c>, or one year.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static YearSpan Years(string text, string place)
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        var years = new YearSpan(Year(ends[0], place), Year(ends[^1], place));
        return ends.Length <= 2 && years.From <= years.To ? years : throw new UsageException($"{place}: '{text}' is neither a year nor a span such as 2020-2022.");
    }

    // A comma is the decimal sign too, never one that groups digits: 37,5 must not be 375.
    private static bool TryNumber(string text, out decimal value) =>
        decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static Dictionary<string, T> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => Hyphenated(value.ToString()));

    private static string Hyphenated(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}"));
}
