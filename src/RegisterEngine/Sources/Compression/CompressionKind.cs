namespace RegisterEngine.Sources.Compression;

/// <summary>How bytes of a table are compressed.</summary>
public enum CompressionKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Snappy, as one block.</summary>
    Snappy,

    /// <summary>Gzip, one or more members.</summary>
    Gzip,

    /// <summary>Brotli.</summary>
    Brotli,

    /// <summary>LZ4, as one block.</summary>
    Lz4Block,

    /// <summary>LZ4 frames: blocks that may be linked, with checksums.</summary>
    Lz4Frame,

    /// <summary>LZ4 as Hadoop wrote it: blocks, each after its two lengths; or, by older writers, a block or a frame.</summary>
    Lz4Hadoop,

    /// <summary>Zstandard, by the library that the system has installed.</summary>
    Zstandard,
}
