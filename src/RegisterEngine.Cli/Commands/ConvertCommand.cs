using System.CommandLine;
using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>convert</c>: a table from one format into another.</summary>
internal static class ConvertCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine convert extract.csv extract.parquet
          registerengine convert panel.parquet panel.arrow --columns year,person,transition
          registerengine convert panel.parquet - --format arrow-stream | another-engine
        """;

    public static Command Create()
    {
        var input = new Argument<string>("in") { Description = "Parquet, Arrow (file or stream) or delimited text, .gz of text and Arrow streams too; - for an Arrow stream on standard input" };
        var output = new Argument<string>("out") { Description = "File to write: .parquet, .arrow, .arrows (a stream) or .csv; - for standard output" };
        Option<string[]> columns = CommonOptions.ListOf("--columns", "Columns to keep, in this order");
        var table = new TableFileOptions();
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No remarks" };
        var command = new Command("convert", "Writes a table in another format, value by value. The columns of text files are all texts.") { input, output };
        command.Add(columns);
        table.AddTo(command);
        command.Add(force);
        command.Add(quiet);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            string target = parsed.GetValue(output)!;
            bool toStandardOutput = target == ExtractInputs.StandardInput;
            TableFileFormat format = table.FormatOf(parsed, target);
            ExtractInput from = Input(parsed.GetValue(input)!);
            if (!toStandardOutput)
                OutputPlace.CheckFile(target, "out", [from], parsed.GetValue(force));
            using ITable source = TableConversion.Open(from, new TableReadOptions { Columns = CommonOptions.Given(parsed, columns) });
            try
            {
                long rows = Convert(source, target, format, table.Parquet(parsed) with { Metadata = source.Metadata }, toStandardOutput, cancellation);
                new Session(parsed.GetValue(quiet), cancellation).Remark($"{rows} rows of {source.Schema.Fields.Count} columns are {(toStandardOutput ? "written" : $"in {target}")}.");
            }
            catch (ArgumentException e) when (e is not ArgumentOutOfRangeException)
            {
                throw new UsageException($"{source.Name}: {e.Message}");
            }
            return ExitCode.Ok;
        }));
        return command;
    }

    private static long Convert(
        ITable source, string target, TableFileFormat format, Sources.Parquet.ParquetWriteOptions options, bool toStandardOutput, CancellationToken cancellation)
    {
        if (toStandardOutput)
        {
            using var stream = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            using ITableWriter piped = TableConversion.NewWriter(format, stream, source.Schema, options);
            return TableConversion.Copy(source, piped, cancellation);
        }
        using var file = new OutputFile(target, ownerOnly: true);
        using ITableWriter writer = TableConversion.NewWriter(format, file.Stream, source.Schema, options);
        long rows = TableConversion.Copy(source, writer, cancellation);
        file.Commit();
        return rows;
    }

    private static ExtractInput Input(string name)
    {
        IReadOnlyList<ExtractInput> inputs = ExtractInputs.Find([name]);
        if (inputs.Count != 1)
            throw new UsageException($"'{name}' names {inputs.Count} files; convert them one by one.");
        return name == ExtractInputs.StandardInput ? inputs[0] with { Kind = TableKind.Arrow } : inputs[0];
    }
}
