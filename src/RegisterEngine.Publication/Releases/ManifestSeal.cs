using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace RegisterEngine.Publication.Releases;

/// <summary>
/// The seal of a manifest: a SHA-256 of all that it tells, counts and options too, which no other file of a release repeats. It finds what was changed by hand or by
/// accident; whoever means to deceive can make a new one, unless the seal was put down elsewhere.
/// </summary>
internal static class ManifestSeal
{
    /// <summary>The first version of manifests that are sealed.</summary>
    public const int FirstVersion = 2;

    private const string Name = "seal";

    /// <summary>The seal that belongs to a manifest.</summary>
    /// <param name="json">The manifest, sealed or not. Blanks between its parts have no effect, nor how letters are escaped; everything else has, known to this version of the engine or not.</param>
    /// <exception cref="JsonException">It is no object of JSON.</exception>
    public static string Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The manifest is no object.");
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
                if (!property.NameEquals(Name))
                    property.WriteTo(writer);
            writer.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(content.WrittenSpan));
    }

    /// <summary>Whether a manifest is as it was sealed. One of a sealed version that has no seal has lost it.</summary>
    /// <param name="json">The manifest.</param>
    /// <param name="manifest">What it says.</param>
    public static FileState StateOf(ReadOnlyMemory<byte> json, Manifest manifest) => manifest.Seal is { } seal
        ? seal == Of(json) ? FileState.Unchanged : FileState.Changed
        : manifest.ManifestVersion < FirstVersion ? FileState.NotSealed : FileState.Changed;
}
