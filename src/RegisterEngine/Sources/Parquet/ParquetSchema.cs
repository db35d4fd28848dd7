using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Finds the columns of a file in its schema, and what they become.</summary>
/// <remarks>Apache Parquet, "Logical types"; where a column has none, the older converted type counts.</remarks>
internal static class ParquetSchema
{
    private const int Deepest = 64;

    /// <summary>All columns, those in groups too, in the order of their chunks.</summary>
    /// <exception cref="MalformedException">The schema is no tree.</exception>
    public static List<ParquetLeaf> Leaves(IReadOnlyList<SchemaNode> nodes, TimeUnit int96)
    {
        var leaves = new List<ParquetLeaf>();
        int next = 1;
        Group(nodes, ref next, nodes[0].Children, "", null, 0, int96, leaves);
        return next == nodes.Count ? leaves : throw new MalformedException($"the schema has {nodes.Count} nodes, and only {next} have a place");
    }

    private static void Group(
        IReadOnlyList<SchemaNode> nodes, ref int next, int children, string path, string? refusal, int depth, TimeUnit int96, List<ParquetLeaf> leaves)
    {
        if (depth > Deepest || children < 0)
            throw new MalformedException("the groups of the schema are nested too deep");
        for (int i = 0; i < children; i++)
        {
            if (next >= nodes.Count)
                throw new MalformedException("the schema ends early");
            SchemaNode node = nodes[next++];
            string name = path + node.Name;
            string? why = refusal ?? (node.Repetition == Repetition.Repeated ? "is repeated: a row has several values" : null);
            if (node.Type is null)
                Group(nodes, ref next, node.Children, name + ".", why ?? "is nested: it lies in a group", depth + 1, int96, leaves);
            else if (node.Children > 0)
                throw new MalformedException($"the column '{name}' has columns of its own");
            else
                leaves.Add(Leaf(node, name, leaves.Count, why, int96));
        }
    }

    private static ParquetLeaf Leaf(SchemaNode node, string name, int place, string? refusal, TimeUnit int96)
    {
        PhysicalType physical = node.Type!.Value;
        int width = physical switch
        {
            PhysicalType.Boolean => 1,
            PhysicalType.Int32 or PhysicalType.Float => 4,
            PhysicalType.Int64 or PhysicalType.Double => 8,
            PhysicalType.Int96 => 12,
            PhysicalType.FixedLenByteArray => node.TypeLength,
            _ => 0,
        };
        (ColumnType Type, Conversion Conversion) target = (ColumnType.Binary, Conversion.None);
        try
        {
            if (width < 0)
                refusal = $"has values of {width} bytes";
            else
                target = ParquetTypes.Target(physical, width, node.Logical ?? ParquetTypes.OfConverted(node), int96);
        }
        catch (Exception e) when (e is MalformedException or ArgumentException)
        {
            refusal ??= $"cannot be read: {e.Message}";
        }
        return new ParquetLeaf
        {
            Place = place,
            Field = new Field(name, target.Type, node.Repetition != Repetition.Required),
            Physical = physical,
            Width = width,
            Conversion = target.Conversion,
            Refusal = refusal,
        };
    }
}
