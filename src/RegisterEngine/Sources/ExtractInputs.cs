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

    private static List<ExtractInput> FindOne(string name)
    {
        if (name == StandardInput)
            return [new ExtractInput { Name = "standard input" }];
        var inputs = new List<ExtractInput>();
        if (File.Exists(name))
            AddFile(name, inputs);
        else
            foreach (string path in FilesOf(name))
                AddFile(path, inputs);
        return inputs;
    }

    // The extracts of a folder, or the files that match a pattern; one at least.
    private static List<string> FilesOf(string name)
    {
        bool isFolder = Directory.Exists(name);
        List<string> files = isFolder ? Extracts(name) : Matching(name);
        return files.Count > 0 ? files : throw new ExtractException(name, isFolder
            ? $"the folder holds no extract ({string.Join(", ", Extensions)})."
            : "there is no such file or folder, and no file matches it as a pattern.");
    }

    private static void AddFile(string path, List<ExtractInput> inputs)
    {
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            inputs.AddRange(InArchive(path));
        else
            inputs.Add(new ExtractInput { Name = path, Path = path, Length = new FileInfo(path).Length });
    }

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

    private static List<string> Extracts(string folder)
    {
        var files = new List<string>();
        foreach (string path in Directory.GetFiles(folder))
            if (IsExtract(path))
                files.Add(path);
        return files;
    }

    // A pattern may have wildcards in any of its parts, not only the last.
    private static List<string> Matching(string pattern)
    {
        string[] parts = pattern.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        List<string> found = [Path.IsPathRooted(pattern) ? Path.GetPathRoot(pattern)! : ""];
        if (!IsPattern(parts[^1]))
            return [];
        for (int i = 0; i < parts.Length; i++)
            if (parts[i].Length > 0)
                found = Below(found, parts[i], isFolder: i < parts.Length - 1);
        return found;
    }

    private static List<string> Below(List<string> folders, string part, bool isFolder)
    {
        var found = new List<string>();
        foreach (string folder in folders)
        {
            if (IsPattern(part))
            {
                string within = folder.Length == 0 ? "." : folder;
                foreach (string path in isFolder ? Directory.GetDirectories(within) : Directory.GetFiles(within))
                    if (FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(path), ignoreCase: false))
                        found.Add(Path.Combine(folder, Path.GetFileName(path)));
            }
            else if (Directory.Exists(Path.Combine(folder, part)))
            {
                found.Add(Path.Combine(folder, part));
            }
        }
        return found;
    }

    private static bool IsPattern(string part) => part.AsSpan().ContainsAny('*', '?');

    private static bool IsExtract(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(path).StartsWith('.');
}
