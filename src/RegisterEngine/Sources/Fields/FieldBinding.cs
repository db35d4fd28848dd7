using RegisterEngine.Columns;
using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Fields;

/// <summary>A layout that was found to fit an extract, and where its columns are.</summary>
internal record FieldBinding
{
    /// <summary>The layout.</summary>
    public required Layout Layout { get; init; }

    /// <summary>The fields that are read, in the order of the extract.</summary>
    public required IReadOnlyList<BoundField> Fields { get; init; }

    /// <summary>The quote; 0 where the format has none.</summary>
    public byte Quote { get; init; }

    /// <summary>How bytes spell text.</summary>
    public required TextEncoding Encoding { get; init; }

    /// <summary>The year of all records, where no column has it.</summary>
    public int? Year { get; init; }

    /// <summary>Columns that are not read, whether the extract has them or not.</summary>
    public IReadOnlyList<RegisterColumn> LeftOut { get; init; } = [];

    /// <summary>The field that holds a canonical column; null where none does.</summary>
    public BoundField? FieldOf(RegisterColumn column)
    {
        foreach (BoundField field in Fields)
            if (field.Column == column)
                return field;
        return null;
    }

    /// <summary>Canonical columns that the extract lacks, as far as they would be read.</summary>
    public IReadOnlyList<RegisterColumn> Lacking => [.. Enum.GetValues<RegisterColumn>().Where(Lacks)];

    /// <summary>Whether a field stands behind another without anything between but what ends fields, so that both can be looked up as one.</summary>
    public virtual bool Follows(BoundField before, BoundField field) => false;

    /// <summary>Whether another extract differs in nothing but the year, as far as it is read.</summary>
    public bool IsReadLike(FieldBinding other)
    {
        bool isAlike = ReferenceEquals(Layout, other.Layout) && Encoding == other.Encoding && Quote == other.Quote && Year is null == other.Year is null && Fields.Count == other.Fields.Count;
        for (int i = 0; isAlike && i < Fields.Count; i++)
            isAlike = Fields[i].Place == other.Fields[i].Place && Fields[i].Column == other.Fields[i].Column && Fields[i].Name == other.Fields[i].Name;
        return isAlike;
    }

    private bool Lacks(RegisterColumn column) => column switch
    {
        RegisterColumn.Year when Year is not null => false,
        _ => FieldOf(column) is null && RegisterColumns.PlaceOf(column, LeftOut) < 0,
    };
}
