using System.Text.RegularExpressions;

namespace RegisterEngine.Tests.Architecture;

/// <summary>What the sources themselves must keep true; a failure names the file and the line or word.</summary>
public sealed class ArchitectureTests
{
    private const string Library = "src/RegisterEngine";
    private const int MostLines = 300;

    // A folder of the library, and the folders that it may use.
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Kernels"] = [],
        ["Columns"] = ["Kernels"],
        ["Schemas"] = ["Kernels", "Columns"],
        ["Sources"] = ["Kernels", "Columns", "Schemas"],
        ["Synthetic"] = ["Kernels", "Columns", "Schemas"],
        ["Panel"] = ["Kernels", "Columns"],
        ["Cells"] = ["Kernels", "Columns", "Panel"],
        ["Regression"] = ["Kernels", "Columns", "Panel", "Cells"],
    };

    [Fact]
    public void EveryFolderOfTheLibraryHasItsPlaceInTheOrder() =>
        Assert.Empty(SourceFile.Under(Library).Select(Room).Where(room => room.Length > 0 && !MayUse.ContainsKey(room)).Distinct());

    [Fact]
    public void FoldersUseOnlyFoldersBeforeThem() => Assert.Empty(
        from file in SourceFile.Under(Library)
        where MayUse.ContainsKey(Room(file))
        from used in RoomsNamedIn(file)
        where used != Room(file) && !MayUse[Room(file)].Contains(used)
        select $"{file} uses {used}");

    [Fact]
    public void OnlyFilesAtTheRootCompose() => Assert.Empty(
        from file in SourceFile.Under(Library)
        where Room(file).Length > 0
        from Match named in Regex.Matches(file.Code, @"\b(Pipeline|RunPlan|RunResult)\b")
        select $"{file} uses {named.Value}");

    [Theory]
    [InlineData("src/RegisterEngine")]
    [InlineData("src/RegisterEngine.Publication", "RegisterEngine", "RegisterEngine.Publication")]
    [InlineData("src/RegisterEngine.Cli", "RegisterEngine", "RegisterEngine.Publication", "RegisterEngine.Cli")]
    public void AssembliesReferenceOnlyThoseBelowThem(string project, params string[] allowed)
    {
        string file = Directory.GetFiles(Path.Combine(Support.Repository.Root, project), "*.csproj").Single();
        IEnumerable<string> references = Regex.Matches(File.ReadAllText(file), "<ProjectReference Include=\"[^\"]*?([^/\"]+)\\.csproj\"").Select(match => match.Groups[1].Value);

        Assert.All(references, reference => Assert.Contains(reference, allowed));
    }

    [Fact]
    public void VectorsAndUnsafeCodeAreInKernelsOnly() => Assert.Empty(
        from file in SourceFile.Under("src")
        where !file.Path.StartsWith($"{Library}/Kernels/", StringComparison.Ordinal)
        from Match named in Regex.Matches(file.Code, @"\b(Vector(64|128|256|512)?|MemoryMarshal|CollectionsMarshal|Unsafe|NativeMemory|Intrinsics|unsafe|fixed\s*\()(?!\w)")
        select $"{file} names {named.Value}");

    [Fact]
    public void NoFileIsLongerThanOneIdea() => Assert.Empty(
        from file in Everything()
        where file.Lines.Length > MostLines
        select $"{file} has {file.Lines.Length} lines, more than {MostLines}");

    [Fact]
    public void NoCodeIsConditionalOrFoldedAway() => Assert.Empty(
        from file in Everything()
        from line in file.Lines.Index()
        where Regex.IsMatch(line.Item, @"^\s*#\s*(if|elif|else|region|endregion)\b")
        select $"{file}, line {line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void NamespacesAreFoldersAndFileScoped() => Assert.Empty(
        from file in SourceFile.Under("src")
        let wanted = file.Folder["src/".Length..].Replace('/', '.')
        where Path.GetFileName(file.Path) != "Program.cs" && !file.Lines.Contains($"namespace {wanted};")
        select $"{file} is not in namespace {wanted};");

    [Fact]
    public void NothingIsLeftToBeDoneLater() => Assert.Empty(
        from file in Everything()
        where !file.Path.EndsWith("/ArchitectureTests.cs", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where Regex.IsMatch(line.Item, @"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|NotImplemented" + @"Exception|Skip\s*=\s*""")
        select $"{file}, line {line.Index + 1}: {line.Item.Trim()}");

    private static List<SourceFile> Everything() =>
        [.. ((string[])["src", "tests", "benchmarks"]).Where(folder => Directory.Exists(Path.Combine(Support.Repository.Root, folder))).SelectMany(SourceFile.Under)];

    // The folder of the library that a file lies in, empty at its root.
    private static string Room(SourceFile file) => file.Folder.Length > Library.Length ? file.Folder[(Library.Length + 1)..].Split('/')[0] : "";

    // By a using directive, by its full name, or by a name that begins with the folder, as in Sources.RejectReason.
    private static IEnumerable<string> RoomsNamedIn(SourceFile file) =>
        Regex.Matches(file.Code, $@"(?<![\w.])(?:RegisterEngine\.(?<room>{string.Join('|', MayUse.Keys)})\b|(?<room>{string.Join('|', MayUse.Keys)})\.[A-Z])")
            .Select(match => match.Groups["room"].Value).Distinct();
}
