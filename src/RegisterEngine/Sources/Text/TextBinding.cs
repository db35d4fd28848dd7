using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>A layout that was found to fit an extract, with all that the extract decides itself.</summary>
internal sealed record TextBinding : FieldBinding
{
    /// <summary>What ends fields and lines.</summary>
    public required Separators Separators { get; init; }

    /// <summary>Lines end in a carriage return and a line feed.</summary>
    public bool TwoByteLineEnds { get; init; }

    /// <summary>Fields of every record.</summary>
    public required int FieldCount { get; init; }

    /// <summary>Bytes before the first record.</summary>
    public int HeaderBytes { get; init; }

    /// <summary>Lines before the first record.</summary>
    public int HeaderLines { get; init; }

    /// <inheritdoc/>
    public override bool Follows(BoundField before, BoundField field) => Layout.Format == LayoutFormat.Delimited
        ? field.Place == before.Place + 1
        : field.Field.Start == before.Field.Start + before.Field.Length;
}
