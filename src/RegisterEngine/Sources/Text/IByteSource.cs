using Microsoft.Win32.SafeHandles;

namespace RegisterEngine.Sources.Text;

/// <summary>The bytes of an input, from the first to the last, once.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>Reads some bytes; 0 at the end.</summary>
    int Read(Span<byte> target);
}

/// <summary>A file on disk, read in large pieces without buffering or read-ahead of our own.</summary>
internal sealed class FileBytes(string path) : IByteSource
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
    private long _offset;

    public int Read(Span<byte> target)
    {
        int read = RandomAccess.Read(_handle, target, _offset);
        _offset += read;
        return read;
    }

    public void Dispose() => _handle.Dispose();
}
