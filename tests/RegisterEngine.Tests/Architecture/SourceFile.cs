using System.Text.RegularExpressions;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Architecture;

/// <summary>A C# file of the checkout.</summary>
/// <param name="Path">Path from the root of the checkout, with slashes.</param>
/// <param name="Lines">Its lines.</param>
public sealed partial record SourceFile(string Path, string[] Lines)
{
    /// <summary>The code without comments; documentation may name what code must not.</summary>
    public string Code { get; } = Comment().Replace(string.Join('\n', Lines), "");

    /// <summary>The folder that it lies in.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>All files under a folder, without what the build makes.</summary>
    public static List<SourceFile> Under(string folder)
    {
        string root = System.IO.Path.Combine(Repository.Root, folder);
        List<SourceFile> files =
        [
            .. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
                .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(path => new SourceFile(path, File.ReadAllLines(System.IO.Path.Combine(Repository.Root, path)))),
        ];
        Assert.NotEmpty(files);
        return files;
    }

    public override string ToString() => Path;

    [GeneratedRegex(@"^\s*//.*$|(?<=\s)// .*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
