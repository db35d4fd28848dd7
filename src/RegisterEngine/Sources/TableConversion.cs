using RegisterEngine.Columns;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Sources.Text;

namespace RegisterEngine.Sources;

/// <summary>Formats in which tables are written.</summary>
public enum TableFileFormat
{
    /// <summary>CSV: UTF-8, comma.</summary>
    Csv,

    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>Arrow IPC file.</summary>
    Arrow,

    /// <summary>Arrow IPC stream.</summary>
    ArrowStream,
}

/// <summary>Reads tables of any format, and writes them in any.</summary>
public static class TableConversion
{
    /// <summary>The format that the name of a file tells; null where it tells none.</summary>
    public static TableFileFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => TableFileFormat.Csv,
        ".parquet" => TableFileFormat.Parquet,
        ".arrow" or ".feather" or ".ipc" => TableFileFormat.Arrow,
        ".arrows" => TableFileFormat.ArrowStream,
        _ => null,
    };

    /// <summary>Opens a table of any format that is read: Parquet, Arrow, or delimited text, whose columns are all texts.</summary>
    /// <exception cref="ExtractException">It cannot be read.</exception>
    public static ITable Open(ExtractInput input, TableReadOptions? options = null)
    {
        options ??= new TableReadOptions();
        return ExtractFormats.IsTable(input) ? ExtractFormats.Open(input, options) : new DelimitedTable(input, options);
    }

    /// <summary>A writer of a format.</summary>
    /// <exception cref="ArgumentException">A column has no place in the format.</exception>
    public static ITableWriter NewWriter(TableFileFormat format, Stream target, BatchSchema schema, ParquetWriteOptions options) => format switch
    {
        TableFileFormat.Csv => new CsvTableWriter(target, schema),
        TableFileFormat.Parquet => new ParquetWriter(target, schema, options),
        _ => new ArrowWriter(target, schema, format == TableFileFormat.Arrow, options.Metadata),
    };

    /// <summary>Copies all rows of a table, in their order.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="ExtractException">The table is damaged.</exception>
    public static long Copy(ITable table, ITableWriter writer, CancellationToken cancellation = default)
    {
        long rows = 0;
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is { } batch)
            {
                writer.Add(batch);
                rows += batch.Rows;
                cancellation.ThrowIfCancellationRequested();
            }
        writer.Finish();
        return rows;
    }
}
