using RegisterEngine.Columns;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Writes what stands at the end of a file: the schema, and where each column of each row group lies.</summary>
/// <remarks>Apache Parquet, parquet.thrift, version 2.10.</remarks>
internal static class FooterWriter
{
    private const int FormatVersion = 2;

    /// <summary>Who wrote the file. No version: the same rows give the same bytes.</summary>
    public const string CreatedBy = "RegisterEngine";

    /// <summary>Appends the footer.</summary>
    public static void Write(BatchSchema schema, IReadOnlyList<EncodedGroup> groups, ParquetWriteOptions options, ByteBuffer target)
    {
        var thrift = new ThriftWriter(target);
        thrift.Item(() =>
        {
            thrift.Int(1, FormatVersion);
            thrift.List(2, [null, .. schema.Fields], field => Node(thrift, field, schema.Fields.Count));
            thrift.Int(3, groups.Sum(group => group.Rows), ThriftType.Int64);
            thrift.List(4, [.. groups.Index()], group => Group(thrift, group.Item, group.Index, options.CodecNumber));
            if (options.Metadata.Count > 0)
                thrift.List(5, [.. options.Metadata], pair =>
                {
                    thrift.Text(1, pair.Key);
                    thrift.Text(2, pair.Value);
                });
            thrift.Text(6, CreatedBy);
            // Without it nobody may trust the smallest and largest values.
            thrift.List(7, [.. schema.Fields], _ => thrift.Struct(1, () => { }));
        });
    }

    private static void Node(ThriftWriter thrift, Field? field, int children)
    {
        if (field is null)
        {
            thrift.Text(4, "schema");
            thrift.Int(5, children);
            return;
        }
        StoredType type = StoredType.Of(field);
        thrift.Int(1, (int)type.Physical);
        if (type.Width > 0)
            thrift.Int(2, type.Width);
        thrift.Int(3, (int)(field.IsNullable ? Repetition.Optional : Repetition.Required));
        thrift.Text(4, field.Name);
        if (type.Converted is { } converted)
            thrift.Int(6, converted);
        if (type.Logical.Kind == LogicalKind.Decimal)
        {
            thrift.Int(7, type.Logical.Scale);
            thrift.Int(8, type.Logical.Precision);
        }
        if (type.Logical.Kind != LogicalKind.None)
            thrift.Struct(10, () => Logical(thrift, type.Logical));
    }

    private static void Logical(ThriftWriter thrift, LogicalType type)
    {
        switch (type.Kind)
        {
            case LogicalKind.Text: thrift.Struct(1, () => { }); break;
            case LogicalKind.Date: thrift.Struct(6, () => { }); break;
            case LogicalKind.Null: thrift.Struct(11, () => { }); break;
            case LogicalKind.Half: thrift.Struct(15, () => { }); break;
            case LogicalKind.Time or LogicalKind.Timestamp:
                thrift.Struct(type.Kind == LogicalKind.Time ? 7 : 8, () =>
                {
                    thrift.Bool(1, type.IsUtc);
                    thrift.Struct(2, () => thrift.Struct((int)type.Unit, () => { }));
                });
                break;
            case LogicalKind.Decimal:
                thrift.Struct(5, () =>
                {
                    thrift.Int(1, type.Scale);
                    thrift.Int(2, type.Precision);
                });
                break;
            case LogicalKind.Integer:
                thrift.Struct(10, () =>
                {
                    thrift.Byte(1, (byte)type.Bits);
                    thrift.Bool(2, type.IsSigned);
                });
                break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "This meaning is not written.");
        }
    }

    private static void Group(ThriftWriter thrift, EncodedGroup group, int place, int codec)
    {
        thrift.List(1, [.. group.Chunks], chunk =>
        {
            thrift.Int(2, 0, ThriftType.Int64);
            thrift.Struct(3, () => Chunk(thrift, chunk, group.At, codec));
        });
        thrift.Int(2, group.Chunks.Sum(chunk => chunk.UncompressedSize), ThriftType.Int64);
        thrift.Int(3, group.Rows, ThriftType.Int64);
        thrift.Int(5, group.At, ThriftType.Int64);
        thrift.Int(6, group.Chunks.Sum(chunk => (long)chunk.End - chunk.Start), ThriftType.Int64);
        if (place <= short.MaxValue)
            thrift.Int(7, place, ThriftType.Int16);
    }

    private static void Chunk(ThriftWriter thrift, EncodedChunk chunk, long at, int codec)
    {
        thrift.Int(1, (int)chunk.Type.Physical);
        thrift.List(2, [.. chunk.Encodings.Select(encoding => (int)encoding)]);
        thrift.List(3, [chunk.Name]);
        thrift.Int(4, codec);
        thrift.Int(5, chunk.Values, ThriftType.Int64);
        thrift.Int(6, chunk.UncompressedSize, ThriftType.Int64);
        thrift.Int(7, chunk.End - chunk.Start, ThriftType.Int64);
        thrift.Int(9, at + chunk.DataAt, ThriftType.Int64);
        if (chunk.DictionaryAt is { } dictionary)
            thrift.Int(11, at + dictionary, ThriftType.Int64);
        thrift.Struct(12, () =>
        {
            thrift.Int(3, chunk.NullCount, ThriftType.Int64);
            if (chunk.Statistics is not { } statistics)
                return;
            thrift.Binary(5, statistics.Max);
            thrift.Binary(6, statistics.Min);
        });
    }
}
