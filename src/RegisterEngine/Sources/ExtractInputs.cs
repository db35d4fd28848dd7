using System.IO.Compression;
using System.IO.Enumeration;

namespace RegisterEngine.Sources;

/// <summary>Finds the inputs that a user names: files, folders, patterns with <c>*</c> and <c>?</c>, archives, and <c>-</c> for standard input.</summary>
public static class ExtractInputs
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".csv", ".txt", ".tsv", ".dat", ".gz", ".zip", .. ExtractFormats.Extensions];

    /// <summary>All inputs, in the ordinal order of their names, each once, however its path is written.</summary>
    /// <exception cref="ExtractException">Nothing is found under a name.</exception>
    public static IReadOnlyList<ExtractInput> Find(IEnumerable<string> names)
    {
        var known = new HashSet<(string Path, string? Entry)>();
        var inputs = new List<ExtractInput>();
        foreach (string name in names)
            foreach (ExtractInput input in FindOne(name))
                if (known.Add((input.Path is { } path ? Path.GetFullPath(path) : input.Name, input.Entry)))
                    inputs.Add(input);
        inputs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return inputs;
    }

    private static IEnumerable<ExtractInput> FindOne(string name)
    {
        if (name == StandardInput)
            return [new ExtractInput { Name = "standard input" }];
        if (File.Exists(name))
            return InFile(name);
        List<string> files = Directory.Exists(name)
            ? [.. Directory.EnumerateFiles(name).Where(IsExtract)]
            : [.. Matching(name)];
        if (files.Count == 0)
            throw new ExtractException(name, Directory.Exists(name)
                ? $"the folder holds no extract ({string.Join(", ", Extensions)})."
                : "there is no such file or folder, and no file matches it as a pattern.");
        return files.SelectMany(InFile);
    }

    private static IEnumerable<ExtractInput> InFile(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
        ? InArchive(path)
        : [new ExtractInput { Name = path, Path = path, Length = new FileInfo(path).Length }];

    private static List<ExtractInput> InArchive(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            List<ExtractInput> entries =
            [
                .. archive.Entries.Where(IsFile)
                    .Select(entry => new ExtractInput { Name = $"{path}/{entry.FullName}", Path = path, Entry = entry.FullName, Length = entry.CompressedLength }),
            ];
            if (entries.GroupBy(entry => entry.Entry).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new ExtractException(path, $"the archive holds two files that are called '{twice.Key}', of which only one could be read. Pack them under two names.");
            return entries.Count > 0 ? entries : throw new ExtractException(path, "the archive holds no file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ExtractException(path, $"is no readable zip archive: {e.Message}", e);
        }
    }

    // Neither folders nor what a Mac packs beside the files; hidden ones are left out of folders too.
    private static bool IsFile(ZipArchiveEntry entry) => entry.Name.Length > 0 && !entry.Name.StartsWith('.');

    // A pattern may have wildcards in any of its parts, not only the last.
    private static IEnumerable<string> Matching(string pattern)
    {
        string[] parts = pattern.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        IEnumerable<string> folders = [Path.IsPathRooted(pattern) ? Path.GetPathRoot(pattern)! : ""];
        foreach (string part in parts[..^1].Where(part => part.Length > 0))
            folders = folders.SelectMany(folder => IsPattern(part)
                ? Directory.EnumerateDirectories(OrCurrent(folder)).Where(path => Matches(part, path)).Select(path => Path.Combine(folder, Path.GetFileName(path)))
                : Directory.Exists(Path.Combine(folder, part)) ? [Path.Combine(folder, part)] : []).ToList();
        string last = parts[^1];
        return !IsPattern(last)
            ? []
            : folders.SelectMany(folder => Directory.EnumerateFiles(OrCurrent(folder)).Where(path => Matches(last, path)).Select(path => Path.Combine(folder, Path.GetFileName(path))));
    }

    private static bool IsPattern(string part) => part.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string part, string path) => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(path), ignoreCase: false);

    private static string OrCurrent(string folder) => folder.Length == 0 ? "." : folder;

    private static bool IsExtract(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(path).StartsWith('.');
}
