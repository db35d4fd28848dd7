using System.CommandLine;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet;

namespace RegisterEngine.Cli.Commands;

/// <summary>Options of commands that write a table to a file.</summary>
internal sealed class TableFileOptions
{
    private readonly Option<string?> _format = new("--format") { HelpName = "FORMAT", Description = "csv, parquet, arrow (a file) or arrow-stream [default: as the name of the file says, or csv]" };
    private readonly Option<string> _compression = new("--compression") { HelpName = "KIND", Description = "Compression of Parquet: snappy, zstd or none", DefaultValueFactory = _ => "snappy" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_compression);
    }

    /// <summary>The format of a file.</summary>
    public TableFileFormat FormatOf(ParseResult parsed, string path) => parsed.GetValue(_format) is { } word
        ? FormatOf(word, "--format", isPiped: false)
        : TableConversion.FormatOf(path) ?? TableFileFormat.Csv;

    /// <summary>How Parquet is written.</summary>
    public ParquetWriteOptions Parquet(ParseResult parsed) => new()
    {
        Compression = parsed.GetValue(_compression) switch
        {
            "snappy" => CompressionKind.Snappy,
            "zstd" => CompressionKind.Zstandard,
            "none" => CompressionKind.None,
            string other => throw new UsageException($"--compression: '{other}' is none of snappy, zstd and none."),
            null => CompressionKind.Snappy,
        },
    };

    /// <summary>The format of a word.</summary>
    public static TableFileFormat FormatOf(string word, string option, bool isPiped) => word switch
    {
        "csv" => TableFileFormat.Csv,
        "parquet" => TableFileFormat.Parquet,
        "arrow" => isPiped ? TableFileFormat.ArrowStream : TableFileFormat.Arrow,
        "arrow-stream" => TableFileFormat.ArrowStream,
        _ => throw new UsageException($"{option}: '{word}' is none of csv, parquet, arrow and arrow-stream."),
    };
}
