using System.CommandLine;
using System.Text.RegularExpressions;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Columns;

namespace RegisterEngine.Cli.Commands;

/// <summary>Options that say which turnover tables to make.</summary>
internal sealed partial class TableOptions
{
    private readonly Option<string[]> _by = new("--by") { HelpName = "GROUPS", Description = $"Groups of a table, such as year,sex; may be repeated for more tables. There are {string.Join(", ", Words.Dimensions.Keys)}" };
    private readonly Option<string[]> _measures = CommonOptions.ListOf("--measure", $"Measures: {string.Join(", ", Words.Measures.Keys)}");
    private readonly Option<string?> _minimumSize = new("--minimum-size") { HelpName = "PERCENT", Description = "Main jobs of so many percent of full time or more" };
    private readonly Option<string?> _newHires = new("--new-hires") { HelpName = "yes|no", Description = "New hires (yes) or others (no)" };
    private readonly Option<string[]> _years = CommonOptions.ListOf("--years", "Years or spans such as 2020-2022, the first of each pair; the years beside them still tell who is new and who leaves");
    private readonly Option<string[]> _positions = CommonOptions.ListOf("--positions", "Main jobs with these position codes");
    private readonly Option<string[]> _areas = CommonOptions.ListOf("--areas", "Main jobs in these service areas");
    private readonly Option<string[]> _municipalities = CommonOptions.ListOf("--municipalities", "Main jobs in these municipalities");
    private readonly Option<string[]> _workplaces = CommonOptions.ListOf("--workplaces", "Main jobs at these workplaces");
    private readonly Option<string[]> _ages = CommonOptions.ListOf("--ages", $"First ages of the age groups, of which one begins at 0 in any case [default: {string.Join(',', AgeGroups.TenYears.Starts)}]");
    private readonly Option<string?> _label = new("--label") { HelpName = "LABEL", Description = "How a pair of years is written: pair (2021-2022), start or end" };
    private readonly Option<string?> _denominator = new("--denominator") { HelpName = "KIND", Description = "known-transitions (default) or average-stock (NHS, LEHD)" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_by, _measures, _ages, _label, _denominator, _minimumSize, _newHires, _years, _positions, _areas, _municipalities, _workplaces])
            command.Add(option);
    }

    /// <summary>What was said on the command line, on top of the configuration.</summary>
    public RunConfig Over(ParseResult parsed, RunConfig config)
    {
        config = config with
        {
            Sample = Over(parsed, config.Sample),
            Ages = CommonOptions.Given(parsed, _ages) is { } ages ? ConfigReader.Ages(ages, "--ages") : config.Ages,
            Measures = Measures(parsed) ?? config.Measures,
            Label = Label(parsed) ?? config.Label,
            Denominator = Denominator(parsed) ?? config.Denominator,
        };
        return config with
        {
            Tables = config.Tables is { } tables ? [.. tables.Select(table => Over(parsed, table))] : null,
            MoreTables = [.. config.MoreTables.Select(table => Over(parsed, table)), .. (parsed.GetValue(_by) ?? []).Select(by => Table(by, config))],
        };
    }

    /// <summary>The tables, each once, if they can be made.</summary>
    /// <exception cref="UsageException">They cannot.</exception>
    public static IReadOnlyList<TurnoverPlan> Checked(IEnumerable<TurnoverPlan> tables)
    {
        List<TurnoverPlan> plans = [.. tables.DistinctBy(plan => (plan.Cells.Name, string.Join(',', plan.Cells.By), plan.Cells.Sample, string.Join(',', plan.Measures), plan.Denominator, plan.Label))];
        foreach (TurnoverPlan plan in plans)
        {
            if (plan.Cells.By.Distinct().Count() < plan.Cells.By.Count)
                throw new UsageException($"Table '{plan.Cells.Name}' is by the same twice.");
            if (!FileName().IsMatch(plan.Cells.Name))
                throw new UsageException($"'{plan.Cells.Name}' cannot be the name of a table, which is that of its file: use letters, digits and hyphens.");
            if (plan.Denominator == Cells.Denominator.AverageStock && !plan.Cells.By.Contains(Dimension.Year))
                throw new UsageException($"Table '{plan.Cells.Name}' is not by year: there is no average of the stocks of two years.");
        }
        return plans.GroupBy(plan => plan.Cells.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new UsageException($"Two tables are called '{twice.Key}'; give one of them another name in the configuration.")
            : plans;
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

    private TurnoverPlan Over(ParseResult parsed, TurnoverPlan table) => table with
    {
        Cells = table.Cells with { Sample = Over(parsed, table.Cells.Sample) },
        Measures = Measures(parsed) ?? table.Measures,
        Label = Label(parsed) ?? table.Label,
        Denominator = Denominator(parsed) ?? table.Denominator,
    };

    private Sample Over(ParseResult parsed, Sample sample) => sample with
    {
        MinimumSize = parsed.GetValue(_minimumSize) is { } size ? Words.Hundredths(size, "--minimum-size") : sample.MinimumSize,
        NewHire = parsed.GetValue(_newHires) is { } newHire ? Words.Find(Words.NewHires, newHire, "--new-hires") : sample.NewHire,
        Years = CommonOptions.Given(parsed, _years) is { } years ? [.. years.SelectMany(Years)] : sample.Years,
        PositionCodes = CommonOptions.Given(parsed, _positions) ?? sample.PositionCodes,
        ServiceAreas = CommonOptions.Given(parsed, _areas) ?? sample.ServiceAreas,
        Municipalities = CommonOptions.Given(parsed, _municipalities) ?? sample.Municipalities,
        Workplaces = CommonOptions.Given(parsed, _workplaces) ?? sample.Workplaces,
    };

    private IReadOnlyList<Measure>? Measures(ParseResult parsed) => CommonOptions.Given(parsed, _measures) is { } measures ? ConfigReader.Measures(measures, "--measure") : null;

    private YearLabel? Label(ParseResult parsed) => parsed.GetValue(_label) is { } label ? Words.Find(Words.YearLabels, label, "--label") : null;

    private Denominator? Denominator(ParseResult parsed) =>
        parsed.GetValue(_denominator) is { } denominator ? Words.Find(Words.Denominators, denominator, "--denominator") : null;

    private static TurnoverPlan Table(string by, RunConfig config) =>
        Table([.. by.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => Words.Find(Words.Dimensions, word, "--by"))], config);

    private static IEnumerable<int> Years(string text)
    {
        YearSpan years = Words.Years(text, "--years");
        return Enumerable.Range(years.From, years.To - years.From + 1);
    }

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N} ._-]*\z")]
    private static partial Regex FileName();
}
