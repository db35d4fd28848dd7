using System.CommandLine;
using RegisterEngine.Cells;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Panel;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Cli.Commands;

/// <summary>Options of all commands that read extracts: what to read, by which rules, with which means.</summary>
internal sealed class CommonOptions
{
    private readonly Argument<string[]> _inputs = new("inputs")
    {
        Description = "Files (text, Parquet, Arrow), folders, patterns (\"data/pai_*.csv\"), .gz and .zip, or - for standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _config = new("--config") { HelpName = "FILE", Description = "Configuration file (YAML; see: registerengine run --help); options on the command line have the last word" };
    private readonly Option<string[]> _schema = new("--schema") { HelpName = "LAYOUT", Description = "Layout: a file, a folder of files, or the name of a built-in one (see: registerengine schema list); may be repeated" };
    private readonly Option<string?> _stdin = new("--stdin") { HelpName = "FORMAT", Description = "Reads standard input, as text or as arrow (a stream)" };
    private readonly Option<string?> _dataYears = new("--data-years") { HelpName = "FROM-TO", Description = "Years that are data, as if the extracts had no others: the first has no new hires, the last no transitions [default: all]" };
    private readonly Option<string[]> _without = ListOf("--without", "Columns that are not read, as if the extracts had none, such as pay,workplace_name: less work, and nothing in them is checked");
    private readonly Option<string?> _key = new("--pseudonymise-key") { HelpName = "FILE", Description = "File with the key by which person ids are replaced (HMAC-SHA-256) before anything else sees them" };
    private readonly Option<string?> _maxRejects = new("--max-rejects") { HelpName = "LIMIT", Description = "Rows that may be rejected before the run fails: a number or a percentage [default: 1%]" };
    private readonly Option<string?> _quarantine = new("--quarantine") { HelpName = "FILE", Description = "Where rejected rows are written, readable by you alone" };
    private readonly Option<string?> _mainJob = new("--main-job") { HelpName = "RULE", Description = "Main job: largest-employment (default) or sum-by-workplace" };
    private readonly Option<string?> _newHire = new("--new-hire-rule") { HelpName = "RULE", Description = "New hire: main-job (default) or any-job" };
    private readonly Option<string[]> _universePositions = ListOf("--universe-positions", "Position codes of employments that count at all; who has none of these next year has left");
    private readonly Option<string[]> _universeAreas = ListOf("--universe-areas", "Service areas of employments that count at all");
    private readonly Option<string[]> _universeMunicipalities = ListOf("--universe-municipalities", "Municipalities of employments that count at all");
    private readonly Option<string[]> _universeForms = ListOf("--universe-forms", "Forms of employment that count at all, such as Fast");
    private readonly Option<string[]> _missing = new("--missing") { HelpName = "UNIT:YEAR", Description = "A municipality that delivered nothing, or too little, in a year, such as 0301:2020; may be repeated" };
    private readonly Option<int?> _threads = new("--threads") { HelpName = "N", Description = "Threads [default: all processors]" };
    private readonly Option<string?> _memory = new("--memory") { HelpName = "SIZE", Description = "Memory to use, such as 2GB; what does not fit goes to disk [default: three quarters of what there is]" };
    private readonly Option<string?> _scratch = new("--scratch") { HelpName = "FOLDER", Description = "Folder for temporary files" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress and no remarks" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_inputs);
        foreach (Option option in (Option[])[_config, _schema, _stdin, _dataYears, _without, _key, _maxRejects, _quarantine, _mainJob, _newHire, _universePositions, _universeAreas,
            _universeMunicipalities, _universeForms, _missing, _threads, _memory, _scratch, _quiet])
            command.Add(option);
    }

    /// <summary>Whether the user wants to hear nothing.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>What was said, in the file and on the command line.</summary>
    public RunConfig Config(ParseResult parsed)
    {
        if (parsed.GetValue(_inputs)?.FirstOrDefault(IsOption) is { } unknown)
            throw new UsageException($"There is no option {unknown}. See: registerengine {parsed.CommandResult.Command.Name} --help");
        RunConfig config = parsed.GetValue(_config) is { } path ? ConfigReader.Read(path) : new RunConfig();
        Universe universe = config.Panel.Universe;
        return config with
        {
            Inputs = parsed.GetValue(_inputs) is { Length: > 0 } inputs ? inputs : config.Inputs,
            Schemas = parsed.GetValue(_schema) is { Length: > 0 } schemas ? schemas : config.Schemas,
            DataYears = parsed.GetValue(_dataYears) is { } years ? Words.Years(years, "--data-years") : config.DataYears,
            Without = Given(parsed, _without) is { } without ? ConfigReader.Without(without, "--without") : config.Without,
            PseudonymiseKey = parsed.GetValue(_key) ?? config.PseudonymiseKey,
            MaxRejects = parsed.GetValue(_maxRejects) is { } limit ? ConfigReader.Rejects(limit, "--max-rejects") : config.MaxRejects,
            Panel = config.Panel with
            {
                MainJob = parsed.GetValue(_mainJob) is { } mainJob ? Words.Find(Words.MainJobRules, mainJob, "--main-job") : config.Panel.MainJob,
                NewHire = parsed.GetValue(_newHire) is { } newHire ? Words.Find(Words.NewHireRules, newHire, "--new-hire-rule") : config.Panel.NewHire,
                Universe = universe with
                {
                    PositionCodes = Given(parsed, _universePositions) ?? universe.PositionCodes,
                    ServiceAreas = Given(parsed, _universeAreas) ?? universe.ServiceAreas,
                    Municipalities = Given(parsed, _universeMunicipalities) ?? universe.Municipalities,
                    EmploymentForms = Given(parsed, _universeForms) ?? universe.EmploymentForms,
                },
                Coverage = config.Panel.Coverage with
                {
                    Missing = [.. config.Panel.Coverage.Missing, .. (parsed.GetValue(_missing) ?? []).Select(Missing)],
                },
            },
            Threads = parsed.GetValue(_threads) ?? config.Threads,
            Memory = parsed.GetValue(_memory) is { } memory ? Words.Bytes(memory, "--memory") : config.Memory,
            ScratchFolder = parsed.GetValue(_scratch) ?? config.ScratchFolder,
        };
    }

    /// <summary>The plan of a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="config">What was said.</param>
    /// <param name="tables">The tables to make.</param>
    /// <param name="quarantine">Where rejected rows go where the user does not say.</param>
    /// <param name="others">Files that the command reads beside those of these options.</param>
    public RunPlan Plan(ParseResult parsed, RunConfig config, IReadOnlyList<TurnoverPlan> tables, string? quarantine, IEnumerable<string?>? others = null)
    {
        if (config.Inputs.Count == 0 && parsed.GetValue(_stdin) is null)
            throw new UsageException("Name the extracts to read: files, folders, patterns, or - for standard input.");
        if (config.Threads is < 1 or > 1024)
            throw new UsageException($"--threads: {config.Threads} is no number of threads from 1 to 1024.");
        LeftOut.Check(config.Without, config.Panel.Universe, tables.Select(table => table.Cells));
        if (config.Memory is { } memory)
            MemoryBudget.Enforce(memory);
        List<ExtractInput> inputs = Inputs(parsed, config);
        quarantine = parsed.GetValue(_quarantine) ?? quarantine;
        if (quarantine is not null)
            OutputPlace.CheckFile(quarantine, "--quarantine", [.. inputs, .. Beside(parsed, config), .. OutputPlace.Inputs(others ?? [])]);
        return new RunPlan
        {
            Inputs = inputs,
            Sources = new SourceOptions
            {
                Layouts = config.Schemas.Count > 0 ? LayoutLibrary.Find(config.Schemas) : LayoutLibrary.BuiltIn,
                Years = config.DataYears,
                Without = config.Without,
                Pseudonymiser = config.PseudonymiseKey is { } key ? ReadKey(key) : null,
                ScratchFolder = config.ScratchFolder,
            },
            MaxRejects = config.MaxRejects,
            Quarantine = quarantine,
            Panel = config.Panel,
            Shards = new ShardOptions { RowBudget = MemoryBudget.RowsOf(config.Memory), ScratchFolder = config.ScratchFolder },
            Tables = [.. tables.Select(table => table.Counted)],
            Ages = config.Ages,
            Threads = config.Threads ?? Environment.ProcessorCount,
        };
    }

    /// <summary>The files of these options that are read beside the extracts: configuration, layouts, key.</summary>
    public IEnumerable<ExtractInput> Beside(ParseResult parsed, RunConfig config) => OutputPlace.Inputs(
        [parsed.GetValue(_config), config.PseudonymiseKey, .. config.Schemas.SelectMany(name => Directory.Exists(name) ? Directory.EnumerateFiles(name) : [name])]);

    // Standard input is text unless it is said to be a stream of Arrow.
    private List<ExtractInput> Inputs(ParseResult parsed, RunConfig config)
    {
        string? format = parsed.GetValue(_stdin);
        if (format is not (null or "text" or "arrow"))
            throw new UsageException($"--stdin: '{format}' is none of text and arrow.");
        IEnumerable<string> names = format is null ? config.Inputs : config.Inputs.Append(ExtractInputs.StandardInput);
        return [.. ExtractInputs.Find(names).Select(input => input.Path is null && format == "arrow" ? input with { Kind = TableKind.Arrow } : input)];
    }

    /// <summary>An option whose values are separated by commas; it may be repeated. What stands after a blank is an input, not another value.</summary>
    internal static Option<string[]> ListOf(string name, string description) => new(name) { HelpName = "A,B,...", Description = description };

    /// <summary>The values of such an option; null where it was not given.</summary>
    internal static IReadOnlyList<string>? Given(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 } values
        ? [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : null;

    private static bool IsOption(string input) => input.StartsWith('-') && input != ExtractInputs.StandardInput && !File.Exists(input);

    private static MissingDelivery Missing(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0
            ? new MissingDelivery(text[..colon], Words.Year(text[(colon + 1)..], "--missing"))
            : throw new UsageException($"--missing: '{text}' is not a unit and a year, such as 0301:2020.");
    }

    private static Pseudonymiser ReadKey(string path)
    {
        try
        {
            return new Pseudonymiser(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--pseudonymise-key: {path} cannot be used as a key: {e.Message}");
        }
    }
}
