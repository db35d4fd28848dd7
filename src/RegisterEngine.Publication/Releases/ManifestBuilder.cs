using System.Reflection;
using System.Security.Cryptography;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;

namespace RegisterEngine.Publication.Releases;

/// <summary>Makes the manifest of a run.</summary>
public static class ManifestBuilder
{
    /// <summary>Name and version of the engine.</summary>
    public static string Engine { get; } =
        $"RegisterEngine {typeof(Pipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    /// <summary>The manifest of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="tables">The turnover tables that were made of it.</param>
    /// <param name="release">The folder with the files of the release.</param>
    /// <param name="hashInputs">Whether the inputs are hashed.</param>
    /// <param name="timings">Seconds that each stage took.</param>
    public static Manifest Build(
        RunResult result, IReadOnlyList<TurnoverPlan> tables, string release, bool hashInputs, IReadOnlyDictionary<string, double> timings) => new()
        {
            Engine = Engine,
            Inputs = [.. result.Sources.Select(source => Input(source, hashInputs))],
            Options = new ManifestOptions
            {
                Panel = result.Plan.Panel,
                Tables = tables,
                Ages = result.Plan.Ages,
                MaxRejects = result.Plan.MaxRejects.ToString(),
                Pseudonymised = result.Plan.Sources.Pseudonymiser is not null,
            },
            Counts = Counts(result),
            Coverage = new ManifestCoverage(result.Coverage.Years, Gaps(result)),
            Outputs = [.. Directory.GetFiles(release, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => FileOf(path, Path.GetRelativePath(release, path).Replace('\\', '/'), hash: true))],
            Timings = timings,
        };

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static ManifestFile FileOf(string path, string name, bool hash) => new(name, new FileInfo(path).Length, hash ? HashOf(path) : null);

    private static ManifestInput Input(SourceReport source, bool hash) => new()
    {
        File = source.Input.Path is { } path ? FileOf(path, source.Input.Name, hash) : new ManifestFile(source.Input.Name, source.Bytes, null),
        Layout = source.Layout,
        YearFromName = source.YearFromName,
        Lacking = [.. source.Lacking.Select(RegisterColumns.NameOf)],
        Read = source.Counts.Read,
        Rejected = NotZero<RejectReason>(reason => source.Counts[reason]),
        Repaired = NotZero<Repair>(repair => source.Counts[repair]),
        Findings = NotZero<Finding>(finding => source.Counts[finding]),
    };

    private static ManifestCounts Counts(RunResult result) => new()
    {
        Read = result.Sources.Sum(source => source.Counts.Read),
        Rejected = result.Sources.Sum(source => source.Counts.Rejected),
        Repaired = result.Sources.Sum(source => Enum.GetValues<Repair>().Sum(repair => source.Counts[repair])),
        Duplicates = result.Counts.DuplicateRows,
        PersonYears = result.Counts.PersonYears,
        NewHires = Enum.GetValues<NewHire>().ToDictionary(CheckOutput.NameOf, newHire => result.Counts[newHire]),
        Transitions = Enum.GetValues<Transition>().ToDictionary(CheckOutput.NameOf, transition => result.Counts[transition]),
    };

    private static List<MissingDelivery> Gaps(RunResult result)
    {
        CodeBook book = result.Panel.Codes.Books[RegisterColumn.Municipality];
        return
        [
            .. from municipality in book.Order()
               from year in Enumerable.Range(0, result.Coverage.YearCount)
               where result.Coverage.IsMunicipalityGap(municipality, year)
               select new MissingDelivery(book.Text(municipality), result.Coverage.Years[year]),
        ];
    }

    private static Dictionary<string, long> NotZero<T>(Func<T, long> count)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => count(value) > 0).ToDictionary(CheckOutput.NameOf, count);
}
