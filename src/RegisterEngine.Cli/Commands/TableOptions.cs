using System.CommandLine;
using System.Globalization;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;

namespace RegisterEngine.Cli.Commands;

/// <summary>Options that say which turnover tables to make.</summary>
internal sealed class TableOptions
{
    private readonly Option<string[]> _by = new("--by") { HelpName = "GROUPS", Description = "Groups of a table, such as year,position-code; may be repeated for more tables" };
    private readonly Option<string[]> _measures = CommonOptions.ListOf("--measure", $"Measures: {string.Join(", ", Words.Measures.Keys)}");
    private readonly Option<string?> _minimumSize = new("--minimum-size") { HelpName = "PERCENT", Description = "Main jobs of so many percent of full time or more" };
    private readonly Option<string?> _newHires = new("--new-hires") { HelpName = "yes|no", Description = "Only new hires (yes) or others (no)" };
    private readonly Option<string[]> _years = CommonOptions.ListOf("--years", "Years (the first of each pair)");
    private readonly Option<string[]> _positions = CommonOptions.ListOf("--positions", "Position codes");
    private readonly Option<string[]> _areas = CommonOptions.ListOf("--areas", "Service areas");
    private readonly Option<string[]> _municipalities = CommonOptions.ListOf("--municipalities", "Municipalities");
    private readonly Option<string[]> _workplaces = CommonOptions.ListOf("--workplaces", "Workplaces");
    private readonly Option<string[]> _ages = CommonOptions.ListOf("--ages", "First ages of the age groups");
    private readonly Option<string?> _label = new("--label") { HelpName = "LABEL", Description = "How a pair of years is written: pair (2021-2022), start or end" };
    private readonly Option<string?> _denominator = new("--denominator") { HelpName = "KIND", Description = "known-transitions (default) or average-stock (NHS, LEHD)" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_by, _measures, _minimumSize, _newHires, _years, _positions, _areas, _municipalities, _workplaces, _ages, _label, _denominator])
            command.Add(option);
    }

    /// <summary>What was said on the command line, on top of the configuration.</summary>
    public RunConfig Over(ParseResult parsed, RunConfig config)
    {
        Sample sample = config.Sample with
        {
            MinimumSize = parsed.GetValue(_minimumSize) is { } size ? Words.Hundredths(size, "--minimum-size") : config.Sample.MinimumSize,
            NewHire = parsed.GetValue(_newHires) is { } newHire ? Words.Find(Words.NewHires, newHire, "--new-hires") : config.Sample.NewHire,
            Years = CommonOptions.Given(parsed, _years) is { } years ? [.. years.SelectMany(Years)] : config.Sample.Years,
            PositionCodes = CommonOptions.Given(parsed, _positions) ?? config.Sample.PositionCodes,
            ServiceAreas = CommonOptions.Given(parsed, _areas) ?? config.Sample.ServiceAreas,
            Municipalities = CommonOptions.Given(parsed, _municipalities) ?? config.Sample.Municipalities,
            Workplaces = CommonOptions.Given(parsed, _workplaces) ?? config.Sample.Workplaces,
        };
        config = config with
        {
            Sample = sample,
            Ages = CommonOptions.Given(parsed, _ages) is { } ages ? ConfigReader.Ages(ages, "--ages") : config.Ages,
            Measures = CommonOptions.Given(parsed, _measures) is { } measures ? ConfigReader.Measures(measures, "--measure") : config.Measures,
            Label = parsed.GetValue(_label) is { } label ? Words.Find(Words.YearLabels, label, "--label") : config.Label,
            Denominator = parsed.GetValue(_denominator) is { } denominator ? Words.Find(Words.Denominators, denominator, "--denominator") : config.Denominator,
        };
        return config with { MoreTables = [.. config.MoreTables, .. (parsed.GetValue(_by) ?? []).Select(by => Table(by, config))] };
    }

    /// <summary>A table by some dimensions, as the configuration wants tables.</summary>
    public static TurnoverPlan Table(IReadOnlyList<Dimension> by, RunConfig config) => new()
    {
        Cells = new CellPlan { Name = ConfigReader.NameOf(by), By = by, Sample = config.Sample },
        Measures = config.Measures,
        Denominator = config.Denominator,
        Label = config.Label,
    };

    /// <summary>The usual tables: nationally, and by every breakdown.</summary>
    public static IReadOnlyList<TurnoverPlan> Usual(RunConfig config) =>
    [
        Table([Dimension.Year], config),
        .. ((Dimension[])[Dimension.NewHire, Dimension.PositionCode, Dimension.ServiceArea, Dimension.AgeGroup, Dimension.Sex, Dimension.County, Dimension.Municipality,
            Dimension.Workplace]).Select(dimension => Table([Dimension.Year, dimension], config)),
    ];

    private static TurnoverPlan Table(string by, RunConfig config) =>
        Table([.. by.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => Words.Find(Words.Dimensions, word, "--by"))], config);

    private static IEnumerable<int> Years(string text)
    {
        string[] ends = text.Split('-');
        if (ends.Length is 1 or 2 && int.TryParse(ends[0], CultureInfo.InvariantCulture, out int from) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int to) && from <= to)
            return Enumerable.Range(from, to - from + 1);
        throw new UsageException($"--years: '{text}' is neither a year nor a span such as 2020-2022.");
    }
}
