using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>How Parquet files are written. The same rows and options give the same bytes, always.</summary>
public sealed record ParquetWriteOptions
{
    /// <summary>The most rows of a row group.</summary>
    public int RowGroupRows { get; init; } = 256 << 10;

    /// <summary>The most rows of a page.</summary>
    public int PageRows { get; init; } = 32 << 10;

    /// <summary>How pages are compressed: not at all, or by Snappy or Zstandard.</summary>
    public CompressionKind Compression { get; init; } = CompressionKind.Snappy;

    /// <summary>What the file says about itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The number that the format gives to the compression.</summary>
    internal int CodecNumber => Compression switch
    {
        CompressionKind.None => 0,
        CompressionKind.Snappy => 1,
        CompressionKind.Zstandard => 6,
        _ => throw new ArgumentException($"Parquet files are written uncompressed, or compressed by Snappy or Zstandard, not by {Compression}.", nameof(Compression)),
    };
}
