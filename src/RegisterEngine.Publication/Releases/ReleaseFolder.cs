using RegisterEngine.Kernels;

namespace RegisterEngine.Publication.Releases;

/// <summary>
/// A folder of output that appears whole or not at all: it is filled beside its place under another name and renamed when all is there. An older release stays until
/// then, and changes places with the new one at once where the system can do that; elsewhere two renames follow each other. If the run ends otherwise, nothing is left.
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

    /// <summary>Lets two folders change places at once; false where the system cannot.</summary>
    internal Func<string, string, bool> TryExchange { get; init; } = PathExchange.TryExchange;

    /// <summary>Says that all is written: the release appears.</summary>
    /// <exception cref="IOException">It cannot be put in its place; an older one is still there.</exception>
    public void Commit()
    {
        string? old = null;
        if (!Directory.Exists(_path))
            Directory.Move(Beside, _path);
        else if (TryExchange(Beside, _path))
            old = Beside;
        else
            MoveTwice(old = Beside + ".old");
        _isWhole = true;
        if (old is not null)
            Directory.Delete(old, recursive: true);
    }

    private void MoveTwice(string old)
    {
        Directory.Move(_path, old);
        try
        {
            Directory.Move(Beside, _path);
        }
        catch
        {
            Directory.Move(old, _path);
            throw;
        }
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
