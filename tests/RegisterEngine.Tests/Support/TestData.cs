namespace RegisterEngine.Tests.Support;

/// <summary>The files of <c>tests/data</c>.</summary>
internal static class TestData
{
    public static string Folder { get; } = Find();

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static IEnumerable<string> In(string folder, string pattern = "*") =>
        Directory.GetFiles(PathOf(folder), pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RegisterEngine.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new InvalidOperationException("The tests run outside the repository."), "tests", "data");
    }
}
