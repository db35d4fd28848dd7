namespace RegisterEngine.Columns;

/// <summary>
/// A temporary file that only its owner can read, and that is gone when the process is, however it ends: on Unix it has no name from the start, on Windows
/// the system deletes it with the last handle.
/// </summary>
public sealed class ScratchFile : IDisposable
{
    private readonly FileStream _file;
    private long _length;

    /// <summary>Makes an empty file in a folder.</summary>
    /// <param name="folder">The folder; it should be on a disk with room for what spills.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public ScratchFile(string folder)
    {
        string path = Path.Combine(folder, $".registerengine-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    /// <summary>Bytes written.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>Appends bytes and returns where they begin. May be called from any thread.</summary>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long at = Interlocked.Add(ref _length, bytes.Length) - bytes.Length;
        RandomAccess.Write(_file.SafeFileHandle, bytes, at);
        return at;
    }

    /// <summary>Reads bytes back. May be called from any thread.</summary>
    /// <exception cref="EndOfStreamException">Fewer bytes were written.</exception>
    public void Read(long at, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(_file.SafeFileHandle, target, at);
            if (read == 0)
                throw new EndOfStreamException("A temporary file is shorter than what was written to it.");
            at += read;
            target = target[read..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
