namespace RegisterEngine.Sources.Compression;

/// <summary>The codecs that one thread uses, each made when it is needed first.</summary>
internal sealed class CodecSet : IDisposable
{
    private readonly Codec?[] _codecs = new Codec?[Enum.GetValues<CompressionKind>().Length];

    /// <summary>The codec of a kind; there is none for <see cref="CompressionKind.None"/>.</summary>
    public Codec this[CompressionKind kind] => _codecs[(int)kind] ??= New(kind);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Codec? codec in _codecs)
            codec?.Dispose();
    }

    private static Codec New(CompressionKind kind) => kind switch
    {
        CompressionKind.Snappy => new SnappyCodec(),
        CompressionKind.Gzip or CompressionKind.Brotli => new StreamCodec(kind),
        CompressionKind.Lz4Block or CompressionKind.Lz4Frame or CompressionKind.Lz4Hadoop => new Lz4Codec(kind),
        CompressionKind.Zstandard => new ZstandardCodec(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no codec of this kind."),
    };
}
