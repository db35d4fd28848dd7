using RegisterEngine.Publication.Releases;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Commands;

/// <summary>Whether something may be written to a place. What a command reads is never replaced by what it makes of it, with <c>--force</c> neither.</summary>
internal static class OutputPlace
{
    /// <summary>Files that a command reads, as inputs; what is null or no file is none.</summary>
    public static IEnumerable<ExtractInput> Inputs(IEnumerable<string?> paths) => paths.OfType<string>().Where(File.Exists).Select(path => new ExtractInput { Name = path, Path = path });

    /// <summary>Refuses a file that is an input.</summary>
    /// <exception cref="UsageException">It is one.</exception>
    public static void CheckFile(string path, string option, IEnumerable<ExtractInput> inputs)
    {
        string place = Real(path);
        foreach (ExtractInput input in inputs)
            if (input.Path is { } read && Real(read) == place)
                throw new UsageException($"{option}: {path} is an input, and is not replaced; name another file.");
    }

    /// <summary>Refuses a file that is an input or a folder, or that exists already where that was not allowed.</summary>
    /// <exception cref="UsageException">It is an input, or a folder.</exception>
    /// <exception cref="OutputExistsException">It exists, and is not to be replaced.</exception>
    public static void CheckFile(string path, string option, IEnumerable<ExtractInput> inputs, bool force)
    {
        if (File.Exists(path) && !force)
            throw new OutputExistsException($"{path} exists already. Say --force to replace it, or name another place.");
        if (Directory.Exists(path))
            throw new UsageException($"{option}: {path} is a folder; name a file.");
        CheckFile(path, option, inputs);
    }

    /// <summary>Refuses a folder in which an input lies: a release that is replaced goes with all that is in it.</summary>
    /// <exception cref="UsageException">One does.</exception>
    public static void CheckFolder(string path, IEnumerable<ExtractInput> inputs)
    {
        string place = Path.TrimEndingDirectorySeparator(Real(path)) + Path.DirectorySeparatorChar;
        foreach (ExtractInput input in inputs)
            if (input.Path is { } read && Real(read).StartsWith(place, StringComparison.Ordinal))
                throw new UsageException($"--out: the input {input.Name} lies in {path}, which would be replaced; name another folder.");
    }

    private static string Real(string path)
    {
        path = Path.GetFullPath(path);
        return File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;
    }
}
