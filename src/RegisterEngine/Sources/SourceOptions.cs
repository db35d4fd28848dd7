using RegisterEngine.Columns;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Sources.Text;

namespace RegisterEngine.Sources;

/// <summary>How extracts are read.</summary>
public sealed record SourceOptions
{
    /// <summary>Layouts to choose from for each extract.</summary>
    public IReadOnlyList<Layout> Layouts { get; init; } = LayoutLibrary.BuiltIn;

    /// <summary>The years that are data; rows of others are counted and left out, as if the extracts did not have them. Null for all.</summary>
    /// <remarks>
    /// The first and the last year of the data are then those of the span: new hires of the first and transitions of the last are unknown. Row groups of Parquet
    /// files that have no such row, by their statistics, are not read; nor are files whose year stands in their name alone. Any other row is read; one in error is
    /// rejected, unless its year is sound and none of these.
    /// </remarks>
    public YearSpan? Years { get; init; }

    /// <summary>Canonical columns that are not read, as if the extracts had none of them: less work where nobody needs them. None of <see cref="Indispensable"/>.</summary>
    /// <remarks>Nothing in them is checked, so no row is rejected for them; employments that differ in them alone are duplicates.</remarks>
    public IReadOnlyList<RegisterColumn> Without { get; init; } = [];

    /// <summary>Columns that no run can do without.</summary>
    public static IReadOnlyList<RegisterColumn> Indispensable { get; } = [RegisterColumn.Year, RegisterColumn.Person, RegisterColumn.Workplace];

    /// <summary>Replaces person ids; null where they are pseudonyms already.</summary>
    public Pseudonymiser? Pseudonymiser { get; init; }

    /// <summary>Bytes that one reader takes at a time; a record must fit. Never has an effect on results.</summary>
    public int BlockSize { get; init; } = TextBlock.UsualSize;

    /// <summary>Stops the waiting for streams that give nothing, such as standard input.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Where temporary files go.</summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();
}
