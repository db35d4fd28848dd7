using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;

namespace RegisterEngine.Publication.Releases;

/// <summary>Writes the files of a release.</summary>
public static class ReleaseWriter
{
    /// <summary>Name of the panel in a release, by its format.</summary>
    public static string PanelFile(TableFileFormat format) => "panel" + format switch
    {
        TableFileFormat.Parquet => ".parquet",
        TableFileFormat.Arrow => ".arrow",
        TableFileFormat.ArrowStream => ".arrows",
        _ => ".csv",
    };

    /// <summary>Writes all tables of a run, and the panel where it is wanted, into a folder.</summary>
    /// <param name="result">The run.</param>
    /// <param name="tables">The turnover tables, one for each table of cells.</param>
    /// <param name="formats">How tables are written.</param>
    /// <param name="panel">How the panel is written, if at all; it holds person ids, so only its owner can read it.</param>
    /// <param name="origin">What the panel says of how it came about (<see cref="Manifest.Origin"/>).</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static void Write(
        RunResult result, IReadOnlyList<TurnoverPlan> tables, IReadOnlyList<TableFormat> formats, TableFileFormat? panel, string origin, string folder, CancellationToken cancellation)
    {
        List<(TurnoverPlan Plan, CellTable Cells, TableFormat Format)> files =
            [.. tables.Zip(result.Tables).SelectMany(table => formats.Select(format => (table.First, table.Second, format))).OrderByDescending(file => file.Second.Count)];
        Workers.ForEach(result.Plan.Threads, files, (file, stop) =>
        {
            var turnover = new TurnoverTable(file.Cells, file.Plan.Measures, file.Plan.Denominator);
            OutputTable table = file.Format == TableFormat.Markdown
                ? TurnoverOutput.Wide(turnover, file.Plan.Label, result.Panel.Codes)
                : TurnoverOutput.Table(turnover, file.Plan.Label, result.Panel.Codes);
            Write(table, file.Format, Path.Combine(folder, "turnover"), stop);
        }, cancellation);
        foreach (OutputTable table in (OutputTable[])[CheckOutput.Files(result), CheckOutput.Years(result), CheckOutput.Coverage(result)])
            foreach (TableFormat format in formats)
                Write(table, format, Path.Combine(folder, "check"), cancellation);
        if (panel is not { } kind)
            return;
        using var file = new OutputFile(Path.Combine(folder, PanelFile(kind)), ownerOnly: true);
        PanelTable.Write(result.Panel, kind, file.Stream, result.Plan.Threads, new ParquetWriteOptions { Metadata = [new(Manifest.OriginKey, origin)] }, cancellation);
        file.Commit();
    }

    private static void Write(OutputTable table, TableFormat format, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using FileStream stream = File.Create(Path.Combine(folder, table.Name + TableWriter.Extension(format)));
        TableWriter.Write(table with { Rows = Until(table.Rows, cancellation) }, format, stream);
    }

    // A table by workplace has millions of rows: the user does not wait for the last of them.
    private static IEnumerable<Value[]> Until(IEnumerable<Value[]> rows, CancellationToken cancellation)
    {
        foreach (Value[] row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
