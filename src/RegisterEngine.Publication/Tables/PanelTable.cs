using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Parquet;

namespace RegisterEngine.Publication.Tables;

/// <summary>Writes the panel in any format; the same panel gives the same bytes, whatever number of threads.</summary>
public static class PanelTable
{
    /// <summary>Writes all person-years, in the order of the panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="format">The format.</param>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="threads">How many threads work.</param>
    /// <param name="options">How Parquet is written, and what the file says about itself.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static void Write(
        PersonYears panel, TableFileFormat format, Stream target, int threads, ParquetWriteOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ParquetWriteOptions();
        if (format == TableFileFormat.Csv)
            PanelCsv.Write(panel, target, threads, cancellation);
        else if (format == TableFileFormat.Parquet)
            WriteParquet(panel, target, threads, options, cancellation);
        else
            WriteArrow(panel, target, format == TableFileFormat.Arrow, options, cancellation);
    }

    // As many shards to a row group as give it about the usual number of rows.
    private static void WriteParquet(PersonYears panel, Stream target, int threads, ParquetWriteOptions options, CancellationToken cancellation)
    {
        var texts = new PanelTexts(panel.Codes);
        int groups = (int)Math.Clamp((panel.Count + options.RowGroupRows - 1) / options.RowGroupRows, 1, PersonYears.ShardCount);
        using var columns = new ThreadLocal<PanelColumns>(() => new PanelColumns(texts, codesPersons: true));
        using var writer = new ParquetWriter(target, PanelColumns.Schema(codesPersons: true), options);
        writer.AddGroups(
            groups, threads, (group, add) =>
            {
                int to = (int)((group + 1L) * PersonYears.ShardCount / groups);
                for (int shard = (int)((long)group * PersonYears.ShardCount / groups); shard < to; shard++)
                    add(columns.Value!.Read(panel, shard));
            },
            cancellation);
        writer.Finish();
    }

    private static void WriteArrow(PersonYears panel, Stream target, bool isFile, ParquetWriteOptions options, CancellationToken cancellation)
    {
        var columns = new PanelColumns(new PanelTexts(panel.Codes), codesPersons: false);
        using var writer = new ArrowWriter(target, PanelColumns.Schema(codesPersons: false), isFile, options.Metadata);
        for (int shard = 0; shard < PersonYears.ShardCount; shard++)
        {
            ColumnBatch batch = columns.Read(panel, shard);
            if (batch.Rows > 0)
                writer.Add(batch);
            cancellation.ThrowIfCancellationRequested();
        }
        writer.Finish();
    }
}
