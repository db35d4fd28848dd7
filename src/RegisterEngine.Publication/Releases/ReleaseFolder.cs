using RegisterEngine.Kernels;

namespace RegisterEngine.Publication.Releases;

/// <summary>
/// A folder of output that appears whole or not at all: it is filled beside its place under another name and renamed when all is there. An older release stays until
/// then, and changes places with the new one at once where the system can do that; elsewhere two renames follow each other. If the run ends otherwise, nothing is left.
/// </summary>
public sealed class ReleaseFolder : IDisposable
{
    private readonly string _path;
    private readonly List<string> _made = [];
    private string? _old;
    private bool _isInPlace;
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
        for (string? parent = Path.GetDirectoryName(_path); parent is not null && !Directory.Exists(parent); parent = Path.GetDirectoryName(parent))
            _made.Add(parent);
        Beside = $"{Path.Combine(Path.GetDirectoryName(_path)!, "." + Path.GetFileName(_path))}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(Beside);
    }

    /// <summary>The folder to write into.</summary>
    public string Beside { get; }

    /// <summary>Lets two folders change places at once; false where the system cannot.</summary>
    internal Func<string, string, bool> TryExchange { get; init; } = PathExchange.TryExchange;

    /// <summary>Puts the folder in its place before the run is over; an older one is kept until <see cref="Commit"/>, and comes back where the run ends otherwise.</summary>
    /// <exception cref="IOException">It cannot be put in its place; an older one is still there.</exception>
    public void Appear()
    {
        if (!Directory.Exists(_path))
            Directory.Move(Beside, _path);
        else if (TryExchange(Beside, _path))
            _old = Beside;
        else
            MoveTwice(_old = Beside + ".old");
        _isInPlace = true;
    }

    /// <summary>Says that all is written: the release appears, and an older one goes.</summary>
    /// <exception cref="IOException">It cannot be put in its place; an older one is still there.</exception>
    public void Commit()
    {
        if (!_isInPlace)
            Appear();
        _isWhole = true;
        if (_old is not null)
            Directory.Delete(_old, recursive: true);
    }

    // Two renames, whatever the system has: what stands in the place is not to stay.
    private void TakeBack()
    {
        string taken = Beside + ".new";
        Directory.Move(_path, taken);
        if (_old is not null)
            Directory.Move(_old, _path);
        Directory.Delete(taken, recursive: true);
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
        if (_isWhole)
            return;
        if (_isInPlace)
            TakeBack();
        if (Directory.Exists(Beside))
            Directory.Delete(Beside, recursive: true);
        foreach (string parent in _made.Where(parent => Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any()))
            Directory.Delete(parent);
    }
}

/// <summary>Something stands in the place of the output already, and must not be replaced; the message says what to do.</summary>
public sealed class OutputExistsException(string message) : Exception(message);
