using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>The system's Zstandard library, libzstd 1.x; loaded when it is used first.</summary>
internal static partial class ZstdLibrary
{
    private const string Name = "zstd";

    private static readonly string[] FileNames = ["libzstd.so.1", "libzstd.1.dylib", "libzstd.dll", "zstd.dll", "libzstd"];

    static ZstdLibrary() => NativeLibrary.SetDllImportResolver(typeof(ZstdLibrary).Assembly, Resolve);

    /// <summary>Decompresses one or more frames; the result counts bytes, or is an error (see <see cref="IsError"/>).</summary>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static unsafe nuint Decompress(DecompressionContext context, Span<byte> target, ReadOnlySpan<byte> source)
    {
        fixed (byte* to = target, from = source)
            return ZSTD_decompressDCtx(context, to, (nuint)target.Length, from, (nuint)source.Length);
    }

    /// <summary>Compresses into one frame; the result counts bytes, or is an error.</summary>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static unsafe nuint Compress(CompressionContext context, Span<byte> target, ReadOnlySpan<byte> source, int level)
    {
        fixed (byte* to = target, from = source)
            return ZSTD_compressCCtx(context, to, (nuint)target.Length, from, (nuint)source.Length, level);
    }

    /// <summary>The most bytes that some bytes become.</summary>
    public static int MaxCompressed(int bytes) => checked((int)ZSTD_compressBound((nuint)bytes));

    /// <summary>Whether a result is an error.</summary>
    public static bool IsError(nuint result) => ZSTD_isError(result) != 0;

    /// <summary>A context to decompress with: for one thread.</summary>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static DecompressionContext NewDecompression() => ZSTD_createDCtx();

    /// <summary>A context to compress with: for one thread.</summary>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static CompressionContext NewCompression() => ZSTD_createCCtx();

    [LibraryImport(Name)]
    private static partial DecompressionContext ZSTD_createDCtx();

    [LibraryImport(Name)]
    private static partial CompressionContext ZSTD_createCCtx();

    [LibraryImport(Name)]
    private static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Name)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Name)]
    private static unsafe partial nuint ZSTD_decompressDCtx(DecompressionContext context, byte* target, nuint room, byte* source, nuint bytes);

    [LibraryImport(Name)]
    private static unsafe partial nuint ZSTD_compressCCtx(CompressionContext context, byte* target, nuint room, byte* source, nuint bytes, int level);

    [LibraryImport(Name)]
    private static partial nuint ZSTD_compressBound(nuint bytes);

    [LibraryImport(Name)]
    private static partial uint ZSTD_isError(nuint result);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Name)
            foreach (string fileName in FileNames)
                if (NativeLibrary.TryLoad(fileName, assembly, path, out nint library))
                    return library;
        return 0;
    }

    /// <summary>Frees the library's memory.</summary>
    internal sealed class DecompressionContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => !IsError(ZSTD_freeDCtx(handle));
    }

    /// <summary>Frees the library's memory.</summary>
    internal sealed class CompressionContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => !IsError(ZSTD_freeCCtx(handle));
    }
}
