using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Schemas;

namespace RegisterEngine.Publication.Releases;

/// <summary>How a run came about: enough to repeat it, and to see that nothing was changed since.</summary>
public sealed record Manifest
{
    /// <summary>Name of the file in a release.</summary>
    public const string FileName = "manifest.json";

    // Leaves letters such as æ, ø and å as they are.
    private static readonly ManifestContext Readable =
        new(new JsonSerializerOptions(ManifestContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Version of the form of manifests.</summary>
    public int ManifestVersion { get; init; } = ManifestSeal.FirstVersion;

    /// <summary>Name and version of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The inputs, and what became of their rows.</summary>
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }

    /// <summary>Every option that has an effect on results.</summary>
    public required ManifestOptions Options { get; init; }

    /// <summary>The programme that was evaluated, and how; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestEvaluation? Evaluation { get; init; }

    /// <summary>Counts at each stage.</summary>
    public required ManifestCounts Counts { get; init; }

    /// <summary>Years with rows, and gaps.</summary>
    public required ManifestCoverage Coverage { get; init; }

    /// <summary>The files of the release.</summary>
    public required IReadOnlyList<ManifestFile> Outputs { get; init; }

    /// <summary>Seconds that each stage took.</summary>
    public required IReadOnlyDictionary<string, double> Timings { get; init; }

    /// <summary>SHA-256 of all that stands above, so that a change by hand is noticed; null in manifests of version 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Seal { get; init; }

    /// <summary>Writes a manifest, sealed.</summary>
    public static byte[] Write(Manifest manifest) => Unsealed(manifest with { Seal = ManifestSeal.Of(Unsealed(manifest with { Seal = null })) });

    /// <summary>
    /// What a panel of the release carries in its metadata under this name: the <see cref="Origin"/> of its manifest.
    /// </summary>
    public const string OriginKey = "registerengine.manifest";

    /// <summary>SHA-256 of what a manifest tells of how a run came about: of all of it but outputs, timings and evaluation.</summary>
    public static string Origin(Manifest manifest) =>
        Convert.ToHexStringLower(SHA256.HashData(Unsealed(manifest with { Outputs = [], Timings = new Dictionary<string, double>(), Evaluation = null, Seal = null })));

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Manifest Read(ReadOnlySpan<byte> json)
    {
        Manifest manifest = JsonSerializer.Deserialize(json, ManifestContext.Default.Manifest) ?? throw new JsonException("The manifest is empty.");
        // What is there may still be null.
        ManifestFile?[] files =
            [.. (manifest.Inputs ?? [null!]).Select(input => input?.File), .. manifest.Outputs ?? [null!], .. manifest.Evaluation is { } evaluation ? [evaluation.Treatments, .. evaluation.Mentors is { } mentors ? [mentors] : (ManifestFile[])[]] : (ManifestFile[])[]];
        return files.All(file => file?.Name is not null) ? manifest : throw new JsonException("An input or an output has no name.");
    }

    private static byte[] Unsealed(Manifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Readable.Manifest);
}

/// <summary>A file: its name, its size and its SHA-256 in hexadecimal digits.</summary>
/// <param name="Name">Path as the user gave it, or within the release.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Hash; null where it was not asked for.</param>
public sealed record ManifestFile(string Name, long Bytes, string? Sha256);

/// <summary>An input, and what became of its rows.</summary>
public sealed record ManifestInput
{
    /// <summary>The file; for a file inside an archive, the archive.</summary>
    public required ManifestFile File { get; init; }

    /// <summary>The file inside the archive.</summary>
    public string? Entry { get; init; }

    /// <summary>The layout that fits it.</summary>
    public required string Layout { get; init; }

    /// <summary>The year of all rows, where it was taken from the name of the file.</summary>
    public int? YearFromName { get; init; }

    /// <summary>Whether nothing but its beginning was read, since the year in its name is none of those wanted; it has no hash then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NotRead { get; init; }

    /// <summary>Canonical columns that it lacks.</summary>
    public required IReadOnlyList<string> Lacking { get; init; }

    /// <summary>Rows that were read.</summary>
    public required long Read { get; init; }

    /// <summary>Rows of other years than those wanted.</summary>
    public long OtherYears { get; init; }

    /// <summary>Those of them in row groups that were skipped by their statistics.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows that were rejected, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>Values that were repaired, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Repaired { get; init; }

    /// <summary>What was noticed without consequence.</summary>
    public required IReadOnlyDictionary<string, long> Findings { get; init; }

    /// <summary>Encodings that texts were found to be in, where the layout does not say.</summary>
    public IReadOnlyList<string> Encodings { get; init; } = [];
}

/// <summary>Every option that has an effect on results.</summary>
public sealed record ManifestOptions
{
    /// <summary>The layouts that inputs were read by, with all that they say.</summary>
    public required IReadOnlyList<Layout> Layouts { get; init; }

    /// <summary>The years that are data; null for all.</summary>
    public YearSpan? DataYears { get; init; }

    /// <summary>Canonical columns that were not read, whether inputs have them or not; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Without { get; init; }

    /// <summary>The rules of the panel.</summary>
    public required PanelOptions Panel { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<TurnoverPlan> Tables { get; init; }

    /// <summary>First ages of the groups.</summary>
    public required AgeGroups Ages { get; init; }

    /// <summary>How many rows may be rejected.</summary>
    public required string MaxRejects { get; init; }

    /// <summary>Whether person ids were replaced by a keyed hash.</summary>
    public required bool Pseudonymised { get; init; }
}

/// <summary>A programme that was evaluated, and how.</summary>
/// <param name="Treatments">The treatment table.</param>
/// <param name="Programme">What it says.</param>
/// <param name="Options">Every option that has an effect on the evaluation.</param>
public sealed record ManifestEvaluation(ManifestFile Treatments, IReadOnlyList<Treatment> Programme, EvaluationOptions Options)
{
    /// <summary>The mentor table; null where there is none. What it says is not told: it has person ids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestFile? Mentors { get; init; }
}

/// <summary>Counts at each stage: read = accepted + rejected + other years, and accepted = duplicates + employments.</summary>
public sealed record ManifestCounts
{
    /// <summary>Rows that were read.</summary>
    public required long Read { get; init; }

    /// <summary>Rows of other years than those wanted.</summary>
    public long OtherYears { get; init; }

    /// <summary>Rows that were rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rows that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Values that were repaired.</summary>
    public required long Repaired { get; init; }

    /// <summary>Rows equal to another in every column.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Employments: accepted rows without duplicates, within the universe or not.</summary>
    public required long Employments { get; init; }

    /// <summary>Person-years.</summary>
    public required long PersonYears { get; init; }

    /// <summary>Person-years by new hire.</summary>
    public required IReadOnlyDictionary<string, long> NewHires { get; init; }

    /// <summary>Person-years by transition.</summary>
    public required IReadOnlyDictionary<string, long> Transitions { get; init; }
}

/// <summary>Years with rows, and gaps.</summary>
/// <param name="Years">The years.</param>
/// <param name="Gaps">Municipalities that delivered nothing, or next to nothing, in a year.</param>
public sealed record ManifestCoverage(IReadOnlyList<int> Years, IReadOnlyList<MissingDelivery> Gaps);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestContext : JsonSerializerContext;
