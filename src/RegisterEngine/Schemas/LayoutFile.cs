using System.Text.Json.Serialization;

namespace RegisterEngine.Schemas;

/// <summary>A layout file as it is written: a Frictionless Table Schema whose extensions stand under <c>registerengine</c>.</summary>
internal sealed record LayoutFile
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public List<string>? MissingValues { get; init; }

    public List<LayoutFileField>? Fields { get; init; }

    [JsonPropertyName("registerengine")]
    public LayoutFileExtension? Extension { get; init; }
}

/// <summary>A field of the Table Schema.</summary>
internal sealed record LayoutFileField
{
    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Type { get; init; }

    public string? Format { get; init; }

    public string? DecimalChar { get; init; }

    public List<string>? MissingValues { get; init; }

    public LayoutFileConstraints? Constraints { get; init; }

    [JsonPropertyName("registerengine")]
    public LayoutFileFieldExtension? Extension { get; init; }
}

/// <summary>What the values of a field must be.</summary>
internal sealed record LayoutFileConstraints
{
    public bool? Required { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public string? Pattern { get; init; }

    public List<string>? Enum { get; init; }
}

/// <summary>What the Table Schema cannot say about the whole file; an unknown word is an error, since it would be a silent mistake.</summary>
internal sealed record LayoutFileExtension
{
    public string? Format { get; init; }

    public string? Delimiter { get; init; }

    public bool? Header { get; init; }

    public string? Encoding { get; init; }

    public int? RecordLength { get; init; }

    public LayoutFileYears? Years { get; init; }

    public string? YearInFileName { get; init; }
}

/// <summary>Years of validity.</summary>
internal sealed record LayoutFileYears
{
    public int? From { get; init; }

    public int? To { get; init; }
}

/// <summary>What the Table Schema cannot say about a field.</summary>
internal sealed record LayoutFileFieldExtension
{
    public string? Column { get; init; }

    public List<string>? Aliases { get; init; }

    public int? Start { get; init; }

    public int? Length { get; init; }

    public string? Unit { get; init; }

    public int? PadLeft { get; init; }

    public Dictionary<string, string>? Values { get; init; }

    public string? Check { get; init; }

    public List<string>? KnownCodes { get; init; }

    public string? KnownCodesFile { get; init; }
}

/// <summary>Writing without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(LayoutFile))]
internal sealed partial class LayoutFileContext : JsonSerializerContext;
