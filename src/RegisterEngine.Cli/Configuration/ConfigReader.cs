using System.Globalization;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Configuration;

/// <summary>Reads configuration files.</summary>
internal static class ConfigReader
{
    /// <summary>Reads a configuration file.</summary>
    /// <exception cref="UsageException">It says something that cannot be; the message names the line.</exception>
    public static RunConfig Read(string path)
    {
        YamlMap map = YamlMap.Read(path);
        var usual = new RunConfig();
        var config = new RunConfig
        {
            Inputs = map.Texts("inputs") ?? [],
            Schemas = map.Texts("schemas") ?? [],
            DataYears = map.Value("data-years", (YearSpan?)null, (text, place) => Words.Years(text, place)),
            Without = map.Texts("without") is { } without ? Without(without, $"{path}, without") : usual.Without,
            PseudonymiseKey = map.Text("pseudonymise-key"),
            MaxRejects = map.Value("max-rejects", usual.MaxRejects, Rejects),
            Panel = Panel(map.Map("panel")),
            Ages = map.Texts("ages") is { } ages ? Ages(ages, $"{path}, ages") : usual.Ages,
            Sample = Sample(map.Map("sample")),
            Measures = map.Texts("measures") is { } measures ? Measures(measures, $"{path}, measures") : usual.Measures,
            Denominator = map.Value("denominator", usual.Denominator, (word, place) => Words.Find(Words.Denominators, word, place)),
            Label = map.Value("label", usual.Label, (word, place) => Words.Find(Words.YearLabels, word, place)),
            Threads = map.Number("threads"),
            Memory = map.Value("memory", (long?)null, (text, place) => Words.Bytes(text, place)),
            ScratchFolder = map.Text("scratch-folder") ?? usual.ScratchFolder,
        };
        config = config with
        {
            Tables = map.Maps("tables") is { } tables ? [.. tables.Select(table => Table(table, config))] : null,
            MoreTables = [.. (map.Maps("more-tables") ?? []).Select(table => Table(table, config))],
        };
        map.End();
        return config;
    }

    /// <summary>First ages of groups; who is younger than all of them is in a group too.</summary>
    /// <exception cref="UsageException">They are no ages in order.</exception>
    public static AgeGroups Ages(IReadOnlyList<string> texts, string place)
    {
        List<int> starts = [.. texts.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int age) ? age : -1)];
        bool rising = starts.Count > 0 && starts.Zip(starts.Skip(1)).All(pair => pair.First < pair.Second);
        return rising && starts[0] >= 0 && starts[^1] <= 150
            ? new AgeGroups(starts[0] == 0 ? starts : [0, .. starts])
            : throw new UsageException($"{place}: '{string.Join(", ", texts)}' are not the first ages of groups in rising order.");
    }

    /// <summary>Measures.</summary>
    public static IReadOnlyList<Measure> Measures(IReadOnlyList<string> texts, string place) => [.. texts.Select(text => Words.Find(Words.Measures, text, place)).Distinct()];

    /// <summary>Columns that are not read.</summary>
    /// <exception cref="UsageException">One is unknown, or no run can do without it.</exception>
    public static IReadOnlyList<RegisterColumn> Without(IReadOnlyList<string> names, string place)
    {
        string known = string.Join(", ", Enum.GetValues<RegisterColumn>().Except(SourceOptions.Indispensable).Select(RegisterColumns.NameOf));
        return
        [
            .. names.Select(name => RegisterColumns.Find(name) switch
            {
                null => throw new UsageException($"{place}: '{name}' is no column; any of these can be left unread: {known}."),
                { } column when SourceOptions.Indispensable.Contains(column) => throw new UsageException($"{place}: no run can do without '{name}'; any of these can be left unread: {known}."),
                { } column => column,
            }).Distinct(),
        ];
    }

    /// <summary>A limit of rejected rows.</summary>
    public static RejectLimit Rejects(string text, string place) => RejectLimit.TryParse(text, out RejectLimit limit)
        ? limit
        : throw new UsageException($"{place}: '{text}' is neither a number of rows nor a percentage of them; say for instance 100 or 0.5%.");

    /// <summary>The name of a table that is called nothing else.</summary>
    public static string NameOf(IReadOnlyList<Dimension> by) =>
        by.Count == 0 ? "all" : $"by-{string.Join("-", by.Select(dimension => Words.Dimensions.First(word => word.Value == dimension).Key))}";

    private static TurnoverPlan Table(YamlMap map, RunConfig config)
    {
        IReadOnlyList<Dimension> by = [.. (map.Texts("by") ?? []).Select(word => Words.Find(Words.Dimensions, word, "by"))];
        var plan = new TurnoverPlan
        {
            Cells = new CellPlan { Name = map.Text("name") ?? NameOf(by), By = by, Sample = Sample(map.Map("sample"), config.Sample) },
            Measures = map.Texts("measures") is { } measures ? Measures(measures, "measures") : config.Measures,
            Denominator = map.Value("denominator", config.Denominator, (word, place) => Words.Find(Words.Denominators, word, place)),
            Label = map.Value("label", config.Label, (word, place) => Words.Find(Words.YearLabels, word, place)),
        };
        map.End();
        return plan;
    }

    private static PanelOptions Panel(YamlMap map)
    {
        var usual = new PanelOptions();
        YamlMap universe = map.Map("universe");
        YamlMap coverage = map.Map("coverage");
        var options = new PanelOptions
        {
            Universe = new Universe
            {
                PositionCodes = universe.Texts("position-codes"),
                ServiceAreas = universe.Texts("service-areas"),
                Municipalities = universe.Texts("municipalities"),
                EmploymentForms = universe.Texts("employment-forms"),
            },
            MainJob = map.Value("main-job", usual.MainJob, (word, place) => Words.Find(Words.MainJobRules, word, place)),
            NewHire = map.Value("new-hire", usual.NewHire, (word, place) => Words.Find(Words.NewHireRules, word, place)),
            Coverage = new CoverageOptions
            {
                Level = coverage.Value("level", usual.Coverage.Level, (word, place) => Words.Find(Words.CoverageLevels, word, place)),
                Threshold = coverage.Value("threshold", usual.Coverage.Threshold, Words.Share),
                Missing = [.. (coverage.Maps("missing") ?? []).Select(Missing)],
            },
        };
        universe.End();
        coverage.End();
        map.End();
        return options;
    }

    /// <summary>Which person-years count.</summary>
    internal static Sample Sample(YamlMap map, Sample? otherwise = null)
    {
        otherwise ??= new Sample();
        var sample = new Sample
        {
            MinimumSize = map.Value("minimum-size", otherwise.MinimumSize, (text, place) => Words.Hundredths(text, place)),
            NewHire = map.Value("new-hire", otherwise.NewHire, (word, place) => Words.Find(Words.NewHires, word, place)),
            Years = map.Texts("years") is { } years ? [.. years.Select(year => Words.Year(year, "years"))] : otherwise.Years,
            PositionCodes = map.Texts("position-codes") ?? otherwise.PositionCodes,
            ServiceAreas = map.Texts("service-areas") ?? otherwise.ServiceAreas,
            Municipalities = map.Texts("municipalities") ?? otherwise.Municipalities,
            Workplaces = map.Texts("workplaces") ?? otherwise.Workplaces,
        };
        map.End();
        return sample;
    }

    private static MissingDelivery Missing(YamlMap map)
    {
        string unit = map.Text("municipality") ?? map.Text("workplace") ?? throw new UsageException("coverage.missing: name a municipality or a workplace.");
        var missing = new MissingDelivery(unit, Words.Year(map.Text("year") ?? throw new UsageException("coverage.missing: name the year."), "coverage.missing"));
        map.End();
        return missing;
    }
}
