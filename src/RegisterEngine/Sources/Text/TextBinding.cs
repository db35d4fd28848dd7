using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>A layout that was found to fit an extract, with all that the extract decides itself.</summary>
internal sealed record TextBinding
{
    /// <summary>The layout.</summary>
    public required Layout Layout { get; init; }

    /// <summary>What ends fields and lines.</summary>
    public required Separators Separators { get; init; }

    /// <summary>The quote; 0 where the format has none.</summary>
    public byte Quote { get; init; }

    /// <summary>Lines end in a carriage return and a line feed.</summary>
    public bool TwoByteLineEnds { get; init; }

    /// <summary>Fields of every record.</summary>
    public required int FieldCount { get; init; }

    /// <summary>The fields that are read, in the order of the extract.</summary>
    public required IReadOnlyList<BoundField> Fields { get; init; }

    /// <summary>Bytes before the first record.</summary>
    public int HeaderBytes { get; init; }

    /// <summary>Lines before the first record.</summary>
    public int HeaderLines { get; init; }

    /// <summary>The year of all records, where no column has it.</summary>
    public int? Year { get; init; }

    /// <summary>Canonical columns that the extract lacks.</summary>
    public IReadOnlyList<RegisterColumn> Lacking => [.. Enum.GetValues<RegisterColumn>().Where(Lacks)];

    private bool Lacks(RegisterColumn column) => column switch
    {
        RegisterColumn.Year when Year is not null => false,
        _ => Fields.All(bound => bound.Column != column),
    };
}
