using System.CommandLine;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Commands;

/// <summary>What goes into a release, and where it goes.</summary>
internal sealed record ReleaseSettings(string Folder, bool Force, IReadOnlyList<TableFormat> Formats, TableFileFormat? Panel, bool HashInputs);

/// <summary>Options of commands that write a release.</summary>
internal sealed class ReleaseOptions
{
    private readonly Option<string> _output = new("--out", "-o") { HelpName = "FOLDER", Description = "Folder to write", DefaultValueFactory = _ => "release" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the folder if it exists" };
    private readonly Option<string[]> _formats = CommonOptions.ListOf("--tables-as", "Formats of the tables: csv, csv-no, json, markdown [default: csv,markdown]");
    private readonly Option<bool> _panel = new("--panel") { Description = "Write the panel too: it holds person ids" };
    private readonly Option<string?> _panelFormat = new("--panel-as") { HelpName = "FORMAT", Description = "Write the panel as csv, parquet, arrow (a file) or arrow-stream [default: csv]" };
    private readonly Option<bool> _noHash = new("--no-input-hash") { Description = "Do not hash the inputs for the manifest: faster, but verify cannot tell whether they have changed" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_output, _force, _formats, _panel, _panelFormat, _noHash])
            command.Add(option);
    }

    /// <summary>What was said.</summary>
    public ReleaseSettings Of(ParseResult parsed) => new(
        parsed.GetValue(_output)!,
        parsed.GetValue(_force),
        CommonOptions.Given(parsed, _formats) is { } formats
            ? [.. formats.Select(word => TableView.FormatOf(word) ?? throw new UsageException($"--tables-as: '{word}' is no format of files."))]
            : [TableFormat.Csv, TableFormat.Markdown],
        parsed.GetValue(_panelFormat) is { } word ? TableFileOptions.FormatOf(word, "--panel-as", isPiped: false) : parsed.GetValue(_panel) ? TableFileFormat.Csv : null,
        !parsed.GetValue(_noHash));

    /// <summary>Where rejected rows go: beside the folder, not into it, since releases are passed on.</summary>
    public string QuarantineBeside(ParseResult parsed) => Path.TrimEndingDirectorySeparator(parsed.GetValue(_output)!) + ".rejected.csv";
}
