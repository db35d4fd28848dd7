using System.Reflection;
using System.Security.Cryptography;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Sources;

namespace RegisterEngine.Publication.Releases;

/// <summary>Makes the manifest of a run.</summary>
public static class ManifestBuilder
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Name and version of the engine.</summary>
    public static string Engine { get; } =
        $"RegisterEngine {typeof(Pipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    /// <summary>The manifest of a run before anything is written: without outputs and timings.</summary>
    /// <param name="result">The run.</param>
    /// <param name="tables">The turnover tables that are made of it.</param>
    /// <param name="hashInputs">Whether the inputs are hashed.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    public static Manifest Begin(RunResult result, IReadOnlyList<TurnoverPlan> tables, bool hashInputs, CancellationToken cancellation = default) => new()
    {
        Engine = Engine,
        Inputs = Inputs(result, hashInputs, cancellation),
        Options = new ManifestOptions
        {
            Layouts = [.. result.Plan.Sources.Layouts.Where(layout => result.Sources.Any(source => source.Layout == layout.Name))],
            DataYears = result.Plan.Sources.Years,
            Without = result.Plan.Sources.Without is { Count: > 0 } without ? [.. without.Select(RegisterColumns.NameOf)] : null,
            Panel = result.Plan.Panel,
            Tables = tables,
            Ages = result.Plan.Ages,
            MaxRejects = result.Plan.MaxRejects.ToString(),
            Pseudonymised = result.Plan.Sources.Pseudonymiser is not null,
        },
        Counts = Counts(result),
        Coverage = new ManifestCoverage(result.Coverage.Years, Gaps(result)),
        Outputs = [],
        Timings = new Dictionary<string, double>(),
    };

    /// <summary>The manifest of a release whose files are written.</summary>
    /// <param name="manifest">What it began as.</param>
    /// <param name="release">The folder with the files of the release.</param>
    /// <param name="threads">How many threads hash them.</param>
    /// <param name="timings">Seconds that each stage took.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    public static Manifest End(Manifest manifest, string release, int threads, IReadOnlyDictionary<string, double> timings, CancellationToken cancellation = default) =>
        manifest with { Outputs = Outputs(release, threads, cancellation), Timings = timings };

    /// <summary>What a manifest says of an evaluation.</summary>
    /// <param name="path">The treatment table.</param>
    /// <param name="programme">What it says.</param>
    /// <param name="options">How the programme was evaluated.</param>
    /// <param name="mentors">The mentor table; null where there is none.</param>
    public static ManifestEvaluation Evaluation(string path, Treatments programme, EvaluationOptions options, string? mentors = null) =>
        new(Hashed(path), programme.All, options) { Mentors = mentors is null ? null : Hashed(mentors) };

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    public static string HashOf(string path, CancellationToken cancellation = default)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[PieceBytes];
        for (int read; (read = stream.Read(piece)) > 0;)
        {
            hash.AppendData(piece, 0, read);
            cancellation.ThrowIfCancellationRequested();
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ManifestFile Hashed(string path) => FileOf(path, path, hash: true, CancellationToken.None);

    private static ManifestFile FileOf(string path, string name, bool hash, CancellationToken cancellation) =>
        new(name, new FileInfo(path).Length, hash ? HashOf(path, cancellation) : null);

    private static List<ManifestFile> Outputs(string release, int threads, CancellationToken cancellation)
    {
        string[] paths = Directory.GetFiles(release, "*", SearchOption.AllDirectories);
        return [.. Files(paths, path => Path.GetRelativePath(release, path).Replace('\\', '/'), hash: true, threads, cancellation).Values.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static Dictionary<string, ManifestFile> Files(
        IEnumerable<string> paths, Func<string, string> nameOf, bool hash, int threads, CancellationToken cancellation)
    {
        var files = new Dictionary<string, ManifestFile>(StringComparer.Ordinal);
        Workers.ForEach(threads, [.. paths.OrderByDescending(path => new FileInfo(path).Length)], (path, stop) =>
        {
            ManifestFile file = FileOf(path, nameOf(path), hash, stop);
            lock (files)
                files.Add(path, file);
        }, cancellation);
        return files;
    }

    private static List<ManifestInput> Inputs(RunResult result, bool hash, CancellationToken cancellation)
    {
        IReadOnlyList<SourceReport> sources = result.Sources;
        // What was not read for the figures is not read for a hash either. An archive is hashed once, however many files lie in it.
        IEnumerable<string> paths = sources.Where(source => !source.IsNotRead).Select(source => source.Input.Path).OfType<string>().Distinct(StringComparer.Ordinal);
        Dictionary<string, ManifestFile> files = Files(paths, path => path, hash, result.Plan.Threads, cancellation);
        return [.. sources.Select(source => Input(source, FileOf(source)))];

        ManifestFile FileOf(SourceReport source) => source.Input.Path is not { } path ? new ManifestFile(source.Input.Name, source.Bytes, null)
            : files.TryGetValue(path, out ManifestFile? file) ? file
            : ManifestBuilder.FileOf(path, path, hash: false, cancellation);
    }

    private static ManifestInput Input(SourceReport source, ManifestFile file) => new()
    {
        File = file,
        Entry = source.Input.Entry,
        Layout = source.Layout,
        YearFromName = source.YearFromName,
        NotRead = source.IsNotRead,
        Lacking = [.. source.Lacking.Select(RegisterColumns.NameOf)],
        Read = source.Counts.Read,
        OtherYears = source.Counts.OtherYears,
        Skipped = source.Counts.Skipped,
        Rejected = NotZero<RejectReason>(reason => source.Counts[reason]),
        Repaired = NotZero<Repair>(repair => source.Counts[repair]),
        Findings = NotZero<Finding>(finding => source.Counts[finding]),
        Encodings = [.. Enum.GetValues<FoundEncodings>().Where(encoding => encoding != FoundEncodings.None && source.Counts.Encodings.HasFlag(encoding)).Select(encoding => CheckOutput.NameOf(encoding))],
    };

    private static ManifestCounts Counts(RunResult result) => new()
    {
        Read = result.Sources.Sum(source => source.Counts.Read),
        OtherYears = result.Sources.Sum(source => source.Counts.OtherYears),
        Rejected = result.Sources.Sum(source => source.Counts.Rejected),
        Accepted = result.Sources.Sum(source => source.Counts.Accepted),
        Repaired = result.Sources.Sum(source => Enum.GetValues<Repair>().Sum(repair => source.Counts[repair])),
        Duplicates = result.Counts.DuplicateRows,
        Employments = result.Sources.Sum(source => source.Counts.Accepted) - result.Counts.DuplicateRows,
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
