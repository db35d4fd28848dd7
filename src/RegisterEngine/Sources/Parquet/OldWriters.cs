using System.Globalization;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Corrects what old writers are known to say wrongly.</summary>
/// <remarks>PARQUET-816: parquet-mr before 1.2.9 left the header of the dictionary out of the size of a column.</remarks>
internal static class OldWriters
{
    private const string Application = "parquet-mr";
    private const int LongestHeader = 100;

    private static readonly Version Corrected816 = new(1, 2, 9);

    /// <summary>The footer as it should be.</summary>
    /// <param name="metadata">The footer as it stands in the file.</param>
    /// <param name="dataEnd">Where it begins.</param>
    public static ParquetMetadata Corrected(ParquetMetadata metadata, long dataEnd) => LeavesHeadersOut(metadata.CreatedBy)
        ? metadata with { RowGroups = [.. metadata.RowGroups.Select(group => group with { Columns = [.. group.Columns.Select(chunk => Longer(chunk, dataEnd))] })] }
        : metadata;

    private static ColumnChunk Longer(ColumnChunk chunk, long dataEnd)
    {
        // How long the header is, nobody says. What stands behind the last page is never read.
        long room = dataEnd - chunk.Start - chunk.CompressedSize;
        return chunk.Start > 0 && chunk.CompressedSize >= 0 && room > 0 ? chunk with { CompressedSize = chunk.CompressedSize + Math.Min(room, LongestHeader) } : chunk;
    }

    // "parquet-mr", "parquet-mr version 1.2.8 (build ...)"; where there is no version, it is older than versions were written.
    private static bool LeavesHeadersOut(string createdBy)
    {
        string[] words = createdBy.Split([' ', '('], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !words[0].Equals(Application, StringComparison.OrdinalIgnoreCase))
            return false;
        string[] numbers = words.Length > 2 && words[1] == "version" ? words[2].Split('.', '-', '+') : [];
        return numbers.Length < 3 || !Numbers(numbers, out Version? version) || version < Corrected816;
    }

    private static bool Numbers(string[] parts, out Version? version)
    {
        version = null;
        Span<int> numbers = stackalloc int[3];
        for (int i = 0; i < numbers.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        version = new Version(numbers[0], numbers[1], numbers[2]);
        return true;
    }
}
