using System.Text.Json;

namespace RegisterEngine.Publication.Releases;

/// <summary>What became of a file since the manifest was written.</summary>
/// <param name="Name">The file.</param>
/// <param name="Role">Input, output, or manifest.</param>
/// <param name="State">What became of it.</param>
public sealed record FileCheck(string Name, string Role, FileState State);

/// <summary>The state of a file against its manifest.</summary>
public enum FileState
{
    /// <summary>Has the same bytes.</summary>
    Unchanged,

    /// <summary>Has other bytes.</summary>
    Changed,

    /// <summary>Is not there.</summary>
    Missing,

    /// <summary>The manifest has no hash of it.</summary>
    NotHashed,

    /// <summary>Is there, but not in the manifest.</summary>
    Unknown,

    /// <summary>Is a manifest of an earlier version, without a seal: whether counts in it were changed cannot be told.</summary>
    NotSealed,
}

/// <summary>Checks a release against its manifest.</summary>
public static class ManifestCheck
{
    /// <summary>Checks all outputs, all inputs that are files, and the manifest itself, last.</summary>
    /// <param name="release">The folder of the release.</param>
    /// <param name="inputs">Where inputs lie that the manifest names by a relative path: the folder that the run was started in.</param>
    /// <exception cref="FileNotFoundException">There is no manifest.</exception>
    /// <exception cref="JsonException">The manifest cannot be read.</exception>
    public static IReadOnlyList<FileCheck> Run(string release, string inputs = "")
    {
        string path = Path.Combine(release, Manifest.FileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{release} holds no {Manifest.FileName}, so it is no release of this engine.");
        byte[] json = File.ReadAllBytes(path);
        Manifest manifest = Manifest.Read(json);
        HashSet<string> known = [.. manifest.Outputs.Select(output => output.Name), Manifest.FileName];
        return
        [
            .. manifest.Inputs.Select(input => input.File).Concat(((ManifestFile?[])[manifest.Evaluation?.Treatments, manifest.Evaluation?.Mentors]).OfType<ManifestFile>())
                .Select(input => new FileCheck(input.Name, "input", StateOf(input, Path.Combine(inputs, input.Name)))),
            .. manifest.Outputs.Select(output => new FileCheck(output.Name, "output", StateOf(output, Path.Combine(release, output.Name)))),
            .. Directory.GetFiles(release, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(release, file).Replace('\\', '/')).Where(file => !known.Contains(file)).Order(StringComparer.Ordinal)
                .Select(file => new FileCheck(file, "output", FileState.Unknown)),
            new FileCheck(Manifest.FileName, "manifest", ManifestSeal.StateOf(json, manifest)),
        ];
    }

    private static FileState StateOf(ManifestFile file, string path) => file.Sha256 is null ? FileState.NotHashed
        : !File.Exists(path) ? FileState.Missing
        : new FileInfo(path).Length == file.Bytes && ManifestBuilder.HashOf(path) == file.Sha256 ? FileState.Unchanged
        : FileState.Changed;
}
