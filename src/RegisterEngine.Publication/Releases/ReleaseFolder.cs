namespace RegisterEngine.Publication.Releases;

/// <summary>
/// A folder of output that appears whole or not at all: it is filled beside its place under another name and renamed when all is there. An older release stays until
/// then; if the run ends otherwise, nothing is left.
/// </summary>
public sealed class ReleaseFolder : IDisposable
{
    private readonly string _path;
    private bool _isWhole;

    /// <summary>Begins a release.</summary>
    /// <param name="path">Where it is to appear.</param>
    /// <param name="replace">Whether it may take the place of an older one.</param>
    /// <param name="mark">A file by which an older one is known: a folder without it is never replaced.</param>
    /// <exception cref="OutputExistsException">Something stands there, and must not be replaced.</exception>
    public ReleaseFolder(string path, bool replace, string mark = Manifest.FileName)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(_path) || (Directory.Exists(_path) && Directory.EnumerateFileSystemEntries(_path).Any()))
        {
            if (!replace)
                throw new OutputExistsException($"{path} exists already. Say --force to replace it, or name another place with --out.");
            if (!File.Exists(Path.Combine(_path, mark)))
                throw new OutputExistsException($"{path} holds no {mark}, so it is nothing that was written here, and --force does not replace it. Name another place with --out, or remove it.");
        }
        Beside = $"{Path.Combine(Path.GetDirectoryName(_path)!, "." + Path.GetFileName(_path))}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(Beside);
    }

    /// <summary>The folder to write into.</summary>
    public string Beside { get; }

    /// <summary>Says that all is written: the release appears.</summary>
    public void Commit()
    {
        string old = Beside + ".old";
        bool hasOld = Directory.Exists(_path);
        if (hasOld)
            Directory.Move(_path, old);
        try
        {
            Directory.Move(Beside, _path);
        }
        catch when (hasOld)
        {
            Directory.Move(old, _path);
            throw;
        }
        _isWhole = true;
        if (hasOld)
            Directory.Delete(old, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isWhole && Directory.Exists(Beside))
            Directory.Delete(Beside, recursive: true);
    }
}

/// <summary>Something stands in the place of the output already, and must not be replaced; the message says what to do.</summary>
public sealed class OutputExistsException(string message) : Exception(message);
