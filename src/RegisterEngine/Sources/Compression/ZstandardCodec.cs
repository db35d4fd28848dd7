using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Compression;

/// <summary>Zstandard, by the system's library.</summary>
internal sealed class ZstandardCodec(int level = ZstandardCodec.UsualLevel) : Codec
{
    /// <summary>The level that the library itself takes as its usual one.</summary>
    public const int UsualLevel = 3;

    private ZstdLibrary.DecompressionContext? _decompression;
    private ZstdLibrary.CompressionContext? _compression;

    /// <inheritdoc/>
    public override void Decompress(ReadOnlyMemory<byte> source, Span<byte> target)
    {
        _decompression ??= Load(ZstdLibrary.NewDecompression);
        nuint result = ZstdLibrary.Decompress(_decompression, target, source.Span);
        if (ZstdLibrary.IsError(result))
            throw Damaged("Zstandard");
        if (result != (nuint)target.Length)
            throw new MalformedException($"the Zstandard data holds {result} bytes, and {target.Length} were announced");
    }

    /// <inheritdoc/>
    public override int MaxCompressed(int bytes)
    {
        _compression ??= Load(ZstdLibrary.NewCompression);
        return ZstdLibrary.MaxCompressed(bytes);
    }

    /// <inheritdoc/>
    public override int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        _compression ??= Load(ZstdLibrary.NewCompression);
        nuint result = ZstdLibrary.Compress(_compression, target, source, level);
        return !ZstdLibrary.IsError(result) ? (int)result : throw new InvalidOperationException("Zstandard could not compress.");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _decompression?.Dispose();
        _compression?.Dispose();
        base.Dispose();
    }

    private static T Load<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new MissingLibraryException(
                "Zstandard needs the library libzstd, version 1, which this system has not installed. On Debian and Ubuntu: apt-get install libzstd1; on Fedora and Red Hat: "
                + "dnf install libzstd; on macOS: brew install zstd; on Windows: put libzstd.dll beside the program.", e);
        }
    }
}
