using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>The columns of a stream or file, and what it says about itself.</summary>
internal sealed record ArrowSchema(IReadOnlyList<ArrowField> Fields, IReadOnlyList<KeyValuePair<string, string>> Metadata);

/// <summary>Reads the message that tells the columns.</summary>
/// <remarks>Apache Arrow, format/Schema.fbs and format/Message.fbs, version 1.5.</remarks>
internal static class SchemaMessage
{
    /// <summary>The oldest version that is read: version 4.</summary>
    public const int OldestVersion = 3;

    private const int Deepest = 64;
    private const int VersionOfNewUnions = 4;

    /// <summary>Reads a schema.</summary>
    /// <exception cref="MalformedException">It is damaged.</exception>
    public static ArrowSchema Read(FlatTable schema, int version, int bytes)
    {
        if (version is < OldestVersion or > VersionOfNewUnions)
            throw new MalformedException($"it is of version {version + 1} of the Arrow format; versions 4 and 5 are read");
        if (schema.Int16(0) != 0)
            throw new MalformedException("its numbers have the highest byte first, which is not read; write it again on another machine");
        FlatSequence items = schema.Sequence(1, 4);
        var fields = new ArrowField[items.Count];
        // A damaged schema may lead to the same field again and again; there are never more fields than bytes.
        int budget = bytes;
        for (int i = 0; i < fields.Length; i++)
            fields[i] = Read(items.Table(i), version, 0, ref budget);
        return new ArrowSchema(fields, Metadata(schema.Sequence(2, 4)));
    }

    /// <summary>Reads pairs of texts.</summary>
    public static List<KeyValuePair<string, string>> Metadata(FlatSequence pairs)
    {
        var metadata = new List<KeyValuePair<string, string>>();
        for (int i = 0; i < pairs.Count; i++)
        {
            FlatTable pair = pairs.Table(i);
            metadata.Add(new(pair.Text(0) ?? "", pair.Text(1) ?? ""));
        }
        return metadata;
    }

    private static ArrowField Read(FlatTable field, int version, int depth, ref int budget)
    {
        if (depth > Deepest || --budget < 0)
            throw new MalformedException("the columns of the schema are nested too deep");
        string name = field.Text(0) ?? "";
        bool isNullable = field.Bool(1);
        int kind = field.Byte(2);
        field.TryTable(3, out FlatTable type);
        FlatSequence children = field.Sequence(5, 4);
        var inner = new List<ArrowField>();
        for (int i = 0; i < children.Count; i++)
            inner.Add(Read(children.Table(i), version, depth + 1, ref budget));
        ArrowField read = Plain(name, isNullable, kind, type, inner, version);
        if (!field.TryTable(4, out FlatTable encoding))
            return read;
        ColumnType index = encoding.TryTable(1, out FlatTable number) ? ArrowTypes.Integer(number) : ColumnType.Int32;
        ColumnType values = read.Field.Type;
        return new ArrowField
        {
            Field = new Field(name, ColumnType.Dictionary(values, encoding.Bool(2)), isNullable),
            DictionaryId = encoding.Int64(0),
            Index = index,
            IsView = read.IsView,
            Nodes = 1,
            Buffers = 2,
            Refusal = read.Refusal is { } why ? $"has a dictionary whose column {why}" : null,
        };
    }

    private static ArrowField Plain(string name, bool isNullable, int kind, FlatTable type, List<ArrowField> inner, int version)
    {
        int own = ArrowTypes.BuffersOf(kind, type, version);
        ColumnType target = ColumnType.Null;
        string? refusal = own < 0 ? $"is of a type that is not read, number {kind}" : ArrowTypes.RefusalOf(kind);
        if (refusal is null)
            try
            {
                target = ArrowTypes.Read(kind, type);
                if (inner.Count > 0)
                    refusal = "has columns of its own";
            }
            catch (Exception e) when (e is MalformedException or ArgumentException)
            {
                refusal = $"cannot be read: {e.Message}";
            }
        return new ArrowField
        {
            Field = new Field(name, target, isNullable),
            IsView = ArrowTypes.IsView(kind),
            Nodes = 1 + inner.Sum(child => child.Nodes),
            Buffers = Math.Max(0, own) + inner.Sum(child => child.Buffers),
            Views = (ArrowTypes.IsView(kind) ? 1 : 0) + inner.Sum(child => child.Views),
            Refusal = refusal,
        };
    }
}
