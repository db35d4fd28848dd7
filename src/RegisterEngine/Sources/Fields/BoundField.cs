using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Fields;

/// <summary>A field of a layout, found in an extract.</summary>
/// <param name="Field">What the layout says of it.</param>
/// <param name="Name">What the extract calls it.</param>
/// <param name="Place">Its place among the columns of the extract, counted from 0.</param>
/// <param name="Bounds">Where its offsets stand in a table of fields.</param>
internal sealed record BoundField(LayoutField Field, string Name, int Place, FieldBounds Bounds)
{
    /// <summary>The canonical column that it holds.</summary>
    public RegisterColumn Column => Field.Column!.Value;
}
