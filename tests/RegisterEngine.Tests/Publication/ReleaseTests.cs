using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using RegisterEngine.Cells;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Publication;

/// <summary>A whole release of a small register: its manifest tells the truth, holds no person, and shows every change.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Person = "person-";
    private const string PanelFile = "panel.csv";

    private readonly TemporaryFolder _folder = new();

    private string Release => Path.Combine(_folder.Path, "release");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CountsOfTheManifestAddUpAndAreThoseOfTheRegister()
    {
        ManifestCounts counts = Make().Counts;

        Assert.Equal(counts.Read, counts.Accepted + counts.Rejected);
        Assert.Equal(counts.Accepted, counts.Duplicates + counts.Employments);
        Assert.Equal(counts.PersonYears, counts.Transitions.Values.Sum());
        Assert.Equal(counts.PersonYears, counts.NewHires.Values.Sum());
        // 40 persons in three years, of whom one has a second row like the first in 2021 and one a row without a workplace.
        Assert.Equal((121, 120, 1, 1, 119, 119), (counts.Read, counts.Accepted, counts.Rejected, counts.Duplicates, counts.Employments, counts.PersonYears));
    }

    [Fact]
    public void InputsOfTheManifestHaveTheirHashesAndTheirOwnCounts()
    {
        Manifest manifest = Make();

        Assert.All(manifest.Inputs, input => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(input.File.Name))), input.File.Sha256));
        Assert.All(manifest.Inputs, input => Assert.Equal(new FileInfo(input.File.Name).Length, input.File.Bytes));
        Assert.Equal(["a.csv", "b.csv"], manifest.Inputs.Select(input => Path.GetFileName(input.File.Name)));
        Assert.Equal(manifest.Counts.Read, manifest.Inputs.Sum(input => input.Read));
        Assert.Equal(manifest.Counts.Rejected, manifest.Inputs.Sum(input => input.Rejected.Values.Sum()));
        Assert.Equal(new Dictionary<string, long> { ["missing"] = 1 }, manifest.Inputs[1].Rejected);
    }

    [Fact]
    public void ManifestNamesEveryOptionEvenWhereItIsTheUsualOne()
    {
        _ = Make();
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Release, Manifest.FileName)));
        JsonElement options = document.RootElement.GetProperty("options");
        JsonElement panel = options.GetProperty("panel");

        Assert.Equal(["position_codes", "service_areas", "municipalities", "employment_forms"], Names(panel.GetProperty("universe")));
        Assert.Equal(["universe", "main_job", "new_hire", "coverage"], Names(panel));
        Assert.Equal(["level", "threshold", "missing"], Names(panel.GetProperty("coverage")));
        Assert.Equal(["layouts", "data_years", "panel", "tables", "ages", "max_rejects", "pseudonymised"], Names(options));
        Assert.Equal(["minimum_size", "new_hire", "years", "position_codes", "service_areas", "municipalities", "workplaces"], Names(options.GetProperty("tables")[0].GetProperty("cells").GetProperty("sample")));
        JsonElement layout = Assert.Single(options.GetProperty("layouts").EnumerateArray());
        Assert.Equal("generic-delimited", layout.GetProperty("name").GetString());
        Assert.Equal(typeof(LayoutField).GetProperties().Count(property => property.GetMethod!.IsStatic is false), Names(layout.GetProperty("fields")[0]).Count);

        static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
    }

    [Fact]
    public void ManifestThatIsReadIsTheOneThatWasWritten()
    {
        byte[] written = Manifest.Write(Make());

        Assert.Equal(written, Manifest.Write(Manifest.Read(written)));
    }

    [Fact]
    public void NoPersonIsInAnyFileButThePanelWhichOnlyItsOwnerCanRead()
    {
        _ = Make(panel: TableFileFormat.Csv);
        string[] files = Directory.GetFiles(Release, "*", SearchOption.AllDirectories);

        Assert.Equal([PanelFile], files.Where(file => File.ReadAllText(file).Contains(Person, StringComparison.Ordinal)).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Release, PanelFile)));
    }

    [Fact]
    public void EveryTableIsThereInEveryFormat()
    {
        _ = Make();
        string[] names = ["turnover/all", "turnover/by-year", "check/files", "check/years", "check/coverage"];

        Assert.Equal(
            names.SelectMany(name => Enum.GetValues<TableFormat>().Select(format => name + TableWriter.Extension(format))).Append(Manifest.FileName).Order(StringComparer.Ordinal),
            Directory.GetFiles(Release, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Release, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        foreach (string file in Directory.GetFiles(Release, "*.json", SearchOption.AllDirectories))
            JsonDocument.Parse(File.ReadAllBytes(file)).Dispose();
    }

    [Theory]
    [InlineData(TableFileFormat.Csv)]
    [InlineData(TableFileFormat.Parquet)]
    [InlineData(TableFileFormat.Arrow)]
    [InlineData(TableFileFormat.ArrowStream)]
    public void PanelOfAReleaseHasEveryPersonYearInAnyFormat(TableFileFormat format)
    {
        Manifest manifest = Make(panel: format);
        string path = Path.Combine(Release, ReleaseWriter.PanelFile(format));
        using ITable table = TableConversion.Open(ExtractInputs.Find([path])[0]);
        using var copy = new MemoryStream();
        using ITableWriter writer = TableConversion.NewWriter(TableFileFormat.Csv, copy, table.Schema, new ParquetWriteOptions());

        Assert.Equal(manifest.Counts.PersonYears, TableConversion.Copy(table, writer));
        Assert.Contains(Person, System.Text.Encoding.UTF8.GetString(copy.ToArray()), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData(TableFileFormat.Parquet)]
    [InlineData(TableFileFormat.Arrow)]
    [InlineData(TableFileFormat.ArrowStream)]
    public void PanelOfAReleaseCarriesTheHashOfItsManifest(TableFileFormat format)
    {
        _ = Make(panel: format);
        Manifest manifest = Manifest.Read(File.ReadAllBytes(Path.Combine(Release, Manifest.FileName)));
        using ITable panel = TableConversion.Open(ExtractInputs.Find([Path.Combine(Release, ReleaseWriter.PanelFile(format))])[0]);

        Assert.Contains(new KeyValuePair<string, string>(Manifest.OriginKey, Manifest.Origin(manifest)), panel.Metadata);
        Assert.NotEqual(Manifest.Origin(manifest), Manifest.Origin(manifest with { Options = manifest.Options with { MaxRejects = "2" } }));
    }

    [Fact]
    public void CheckFindsNothingInAnUntouchedRelease()
    {
        _ = Make(panel: TableFileFormat.Parquet);

        Assert.All(ManifestCheck.Run(Release), check => Assert.Equal(FileState.Unchanged, check.State));
    }

    [Theory]
    [InlineData("turnover/by-year.csv", "output")]
    [InlineData("../a.csv", "input")]
    public void CheckFindsOneChangedByte(string name, string role)
    {
        _ = Make();
        string path = Path.Combine(Release, name);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);

        FileCheck check = Assert.Single(ManifestCheck.Run(Release), check => check.State != FileState.Unchanged);
        Assert.Equal((FileState.Changed, role, Path.GetFileName(name)), (check.State, check.Role, Path.GetFileName(check.Name)));
    }

    [Theory]
    [InlineData("counts", "rejected", "7")]
    [InlineData("options", "max_rejects", "\"7\"")]
    [InlineData("timings", "read", "7")]
    public void CheckFindsWhatWasChangedInTheManifest(string part, string value, string changed)
    {
        _ = Make();
        Rewrite(manifest => manifest[part]![value] = JsonNode.Parse(changed));

        FileCheck check = Assert.Single(ManifestCheck.Run(Release), check => check.State != FileState.Unchanged);
        Assert.Equal((FileState.Changed, "manifest", Manifest.FileName), (check.State, check.Role, check.Name));
    }

    [Fact]
    public void SealIsOfTheContentWhateverItsForm()
    {
        _ = Make();
        Rewrite(_ => { });
        Assert.All(ManifestCheck.Run(Release), check => Assert.Equal(FileState.Unchanged, check.State));

        // What a later version of the engine may tell is sealed too.
        Rewrite(manifest => manifest["more"] = 1);
        Assert.Equal(FileState.Changed, ManifestCheck.Run(Release)[^1].State);
    }

    [Fact]
    public void ManifestOfAnEarlierVersionIsCheckedButForItsCountsAndOneThatLostItsSealIsChanged()
    {
        _ = Make();
        Rewrite(manifest => manifest.AsObject().Remove("seal"));
        Assert.Equal(FileState.Changed, ManifestCheck.Run(Release)[^1].State);

        Rewrite(manifest => manifest["manifest_version"] = 1);
        IReadOnlyList<FileCheck> checks = ManifestCheck.Run(Release);
        Assert.Equal(FileState.NotSealed, checks[^1].State);
        Assert.All(checks.SkipLast(1), check => Assert.Equal(FileState.Unchanged, check.State));
    }

    [Fact]
    public void CheckFindsFilesThatAreMissingAndFilesThatCameLater()
    {
        _ = Make();
        File.Delete(Path.Combine(Release, "check", "files.md"));
        File.Delete(Path.Combine(_folder.Path, "b.csv"));
        File.WriteAllText(Path.Combine(Release, "turnover", "more.csv"), "");

        Assert.Equal(
            [("b.csv", FileState.Missing), ("files.md", FileState.Missing), ("more.csv", FileState.Unknown)],
            ManifestCheck.Run(Release).Where(check => check.State != FileState.Unchanged).Select(check => (Path.GetFileName(check.Name), check.State)));
    }

    [Fact]
    public void FilesInAnArchiveAreCheckedByTheArchive()
    {
        string archive = Path.Combine(_folder.Path, "both.zip");
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Create))
            foreach ((string name, string text) in Register())
                using (var writer = new StreamWriter(zip.CreateEntry(name).Open()))
                    writer.Write(text);
        Manifest manifest = Make(archive);

        Assert.Equal(["a.csv", "b.csv"], manifest.Inputs.Select(input => input.Entry));
        Assert.All(manifest.Inputs, input => Assert.Equal(archive, input.File.Name));
        Assert.All(ManifestCheck.Run(Release), check => Assert.Equal(FileState.Unchanged, check.State));
    }

    [Fact]
    public void InputsThatWereNotHashedAreSaidSo()
    {
        _ = Make(hashInputs: false);

        Assert.Equal(2, ManifestCheck.Run(Release).Count(check => check is { Role: "input", State: FileState.NotHashed }));
    }

    [Fact]
    public void FolderWithoutManifestIsNoRelease()
    {
        Assert.Throws<FileNotFoundException>(() => ManifestCheck.Run(_folder.Path));
        _folder.Write(Manifest.FileName, "{}");
        Assert.Throws<JsonException>(() => ManifestCheck.Run(_folder.Path));
    }

    [Theory]
    [InlineData("inputs")]
    [InlineData("outputs")]
    public void ManifestWithNothingInItsListsIsNone(string list)
    {
        JsonNode manifest = JsonNode.Parse(Manifest.Write(Make()))!;
        foreach (JsonNode? nothing in (JsonNode?[])[null, new JsonArray(null, null)])
        {
            manifest[list] = nothing;
            Assert.Throws<JsonException>(() => Manifest.Read(System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString())));
        }
    }

    [Theory]
    [InlineData("treatments")]
    [InlineData("mentors")]
    public void ManifestWithAnInputWithoutANameIsNone(string table)
    {
        var file = new ManifestFile("a.csv", 1, null);
        JsonNode manifest = JsonNode.Parse(Manifest.Write(Make() with { Evaluation = new ManifestEvaluation(file, [], new()) { Mentors = file } }))!;
        Read();
        manifest["evaluation"]![table]!["name"] = null;
        Assert.Throws<JsonException>(Read);

        void Read() => Manifest.Read(System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    private void Rewrite(Action<JsonNode> change)
    {
        string path = Path.Combine(Release, Manifest.FileName);
        JsonNode manifest = JsonNode.Parse(File.ReadAllBytes(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private Manifest Make(string? input = null, TableFileFormat? panel = null, bool hashInputs = true)
    {
        string[] inputs = input is null ? [.. Register().Select(file => _folder.Write(file.Name, file.Text))] : [input];
        IReadOnlyList<TurnoverPlan> tables = [Plan("all"), Plan("by-year", Dimension.Year)];
        using RunResult result = Engine.Run(inputs, plan => plan with { MaxRejects = new RejectLimit(1, null), Tables = [.. tables.Select(table => table.Cells)] });
        using var folder = new ReleaseFolder(Release, replace: false);
        Manifest manifest = ManifestBuilder.Begin(result, tables, hashInputs);
        ReleaseWriter.Write(result, tables, Enum.GetValues<TableFormat>(), panel, Manifest.Origin(manifest), folder.Beside, default);
        manifest = ManifestBuilder.End(manifest, folder.Beside, result.Plan.Threads, new Dictionary<string, double> { ["read"] = 0.25 });
        File.WriteAllBytes(Path.Combine(folder.Beside, Manifest.FileName), Manifest.Write(manifest));
        folder.Commit();
        return manifest;

        static TurnoverPlan Plan(string name, params Dimension[] by) => new() { Cells = new CellPlan { Name = name, By = by } };
    }

    private static IEnumerable<(string Name, string Text)> Register()
    {
        List<Employment> rows = [.. from year in Enumerable.Range(2020, 3) from person in Enumerable.Range(0, 40) select new Employment(year, $"{Person}{person}", person % 3 == 0 ? "988077917" : "123456785")];
        yield return ("a.csv", Employment.ToCsv(rows.Where(row => row.Year < 2022).Append(rows.First(row => row.Year == 2021))));
        yield return ("b.csv", Employment.ToCsv(rows.Where(row => row.Year == 2022).Select((row, i) => i == 7 ? row with { Workplace = "" } : row)));
    }
}
