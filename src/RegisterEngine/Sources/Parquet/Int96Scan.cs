using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Finds the unit in which all 96-bit timestamps of a column can be told: nothing but the values themselves tells it.</summary>
internal sealed class Int96Scan(ByteStore store, IReadOnlyList<RowGroup> groups, TableReadOptions options, long dataEnd)
{
    /// <summary>The column in nanoseconds where only they hold all its values; else as it is.</summary>
    public ParquetLeaf InItsUnit(ParquetLeaf leaf)
    {
        ParquetLeaf fine = leaf with { Field = leaf.Field with { Type = ColumnType.Timestamp(TimeUnit.Nanosecond) } };
        return !HoldsAll(leaf) && HoldsAll(fine) ? fine : leaf;
    }

    // A damaged column cannot be told in any unit; whoever reads it will find where the damage is, and say so.
    private bool HoldsAll(ParquetLeaf leaf)
    {
        using var codecs = new CodecSet();
        var reader = new ChunkReader(leaf, store, codecs, options);
        try
        {
            foreach (RowGroup group in groups)
            {
                ColumnChunk chunk = group.Columns[leaf.Place];
                if (chunk.IsElsewhere || chunk.IsEncrypted)
                    return false;
                reader.Open(chunk, group.Rows, dataEnd);
                for (long left = group.Rows; left > 0; left -= options.BatchRows)
                    reader.Read((int)Math.Min(left, options.BatchRows));
            }
            return true;
        }
        catch (Exception e) when (e is MalformedException or MissingLibraryException)
        {
            return false;
        }
    }
}
