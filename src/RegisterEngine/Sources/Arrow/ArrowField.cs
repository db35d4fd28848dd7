using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Arrow;

/// <summary>A column of a file: what it becomes, and how many parts of a batch belong to it.</summary>
internal sealed record ArrowField
{
    /// <summary>Name and type of what it becomes.</summary>
    public required Field Field { get; init; }

    /// <summary>The dictionary of its codes; null where it has none.</summary>
    public long? DictionaryId { get; init; }

    /// <summary>The type of its codes.</summary>
    public ColumnType? Index { get; init; }

    /// <summary>Whether values, or those of the dictionary, are views: 16 bytes that hold a short text or tell where it stands.</summary>
    public bool IsView { get; init; }

    /// <summary>Nodes of a batch that belong to it and to what lies in it.</summary>
    public required int Nodes { get; init; }

    /// <summary>Buffers that belong to it and to what lies in it, without those that views add.</summary>
    public required int Buffers { get; init; }

    /// <summary>Columns of views in it: each adds as many buffers as the batch says.</summary>
    public int Views { get; init; }

    /// <summary>Why it cannot be read; null where it can.</summary>
    public string? Refusal { get; init; }
}
