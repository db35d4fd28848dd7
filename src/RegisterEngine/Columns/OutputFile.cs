namespace RegisterEngine.Columns;

/// <summary>
/// A file that appears whole or not at all: it is written beside its place under another name and renamed when all is there. Whatever stood in its place stays until
/// then; if the writing ends otherwise, nothing is left.
/// </summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _beside;
    private readonly FileStream _stream;
    private bool _isWhole;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it is to appear.</param>
    /// <param name="ownerOnly">Whether only its owner may read it.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public OutputFile(string path, bool ownerOnly = false)
    {
        _path = path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        _beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (ownerOnly && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _stream = new FileStream(_beside, options);
    }

    /// <summary>Where its bytes go.</summary>
    public Stream Stream => _stream;

    /// <summary>Says that all is written: the file appears.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_beside, _path, overwrite: true);
        _isWhole = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (!_isWhole && e is IOException or ArgumentOutOfRangeException)
        {
            // A full disk does not take the rest of what was to be written; whoever wrote has been told so already.
        }
        finally
        {
            if (!_isWhole)
                File.Delete(_beside);
        }
    }
}
