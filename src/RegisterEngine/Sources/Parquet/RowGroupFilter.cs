using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Tells from statistics that a row group can be skipped. Where statistics are missing or may not be what they seem, it cannot.</summary>
/// <remarks>Apache Parquet, parquet.thrift: the older fields compare bytes as signed numbers, so that for texts they mean nothing.</remarks>
internal static class RowGroupFilter
{
    /// <summary>Whether a row group may hold a row in all ranges.</summary>
    public static bool MayHold(RowGroup group, IReadOnlyList<ParquetLeaf> leaves, IReadOnlyList<ColumnRange> ranges)
    {
        foreach (ColumnRange range in ranges)
            foreach (ParquetLeaf leaf in leaves)
                if (leaf.Field.Name == range.Column && leaf.Refusal is null && group.Columns[leaf.Place] is { Statistics: { } statistics } chunk && !MayHold(statistics, chunk, leaf, range))
                    return false;
        return true;
    }

    /// <summary>Whether all rows of a row group lie in one of the ranges; a row without a value lies in none.</summary>
    public static bool LiesIn(RowGroup group, IReadOnlyList<ParquetLeaf> leaves, IReadOnlyList<ColumnRange> ranges)
    {
        foreach (ColumnRange range in ranges)
            foreach (ParquetLeaf leaf in leaves)
                if (leaf.Field.Name == range.Column && leaf.Refusal is null && group.Columns[leaf.Place] is { Statistics: { } statistics } && LiesIn(statistics, leaf, range))
                    return true;
        return false;
    }

    private static bool LiesIn(ParquetStatistics statistics, ParquetLeaf leaf, ColumnRange range)
    {
        if ((statistics.NullCount != 0 && leaf.Field.IsNullable) || statistics.Min is not { } min || statistics.Max is not { } max)
            return false;
        return (range.From, range.To) switch
        {
            (long from, long to) => Number(min, leaf) >= from && Number(max, leaf) <= to,
            (string from, string to) when leaf.Field.Type.IsText && !statistics.IsOld =>
                min.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(from)) >= 0 && max.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(to)) <= 0,
            _ => false,
        };
    }

    private static bool MayHold(ParquetStatistics statistics, ColumnChunk chunk, ParquetLeaf leaf, ColumnRange range)
    {
        if (statistics.NullCount == chunk.Values && chunk.Values > 0)
            return false;
        if (statistics.Min is not { } min || statistics.Max is not { } max)
            return true;
        return (range.From, range.To) switch
        {
            (long from, long to) => Number(min, leaf) is not { } least || Number(max, leaf) is not { } most || (most >= from && least <= to),
            (string from, string to) when leaf.Field.Type.IsText && !statistics.IsOld =>
                max.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(from)) >= 0 && min.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(to)) <= 0,
            _ => true,
        };
    }

    private static long? Number(byte[] value, ParquetLeaf leaf) => (leaf.Field.Type.Kind, value.Length) switch
    {
        (TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Date32 or TypeKind.UInt8 or TypeKind.UInt16, sizeof(int)) => BitConverter.ToInt32(value),
        (TypeKind.Int64, sizeof(long)) => BitConverter.ToInt64(value),
        _ => null,
    };
}
