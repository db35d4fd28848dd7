using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Reads the footer of a file.</summary>
/// <remarks>Apache Parquet, parquet.thrift (format 2.11).</remarks>
internal static class MetadataReader
{
    /// <exception cref="MalformedException">The bytes are no footer.</exception>
    public static ParquetMetadata Read(ReadOnlySpan<byte> footer)
    {
        var reader = new ThriftReader(footer);
        List<SchemaNode> schema = [];
        List<RowGroup> groups = [];
        List<KeyValuePair<string, string>> keyValues = [];
        long? rows = null;
        string createdBy = "";
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 2: schema = List(ref reader, scope.Type, Node); break;
                case 3: rows = reader.Int(scope.Type); break;
                case 4: groups = List(ref reader, scope.Type, Group); break;
                case 5: keyValues = List(ref reader, scope.Type, KeyValue); break;
                case 6: createdBy = reader.Text(scope.Type); break;
                default: reader.Skip(scope.Type); break;
            }
        if (schema.Count == 0 || rows is null)
            throw new MalformedException("the footer has no schema");
        return new ParquetMetadata(schema, rows.Value, groups, keyValues, createdBy);
    }

    private delegate T ItemReader<T>(ref ThriftReader reader);

    private static List<T> List<T>(ref ThriftReader reader, ThriftType type, ItemReader<T> item)
    {
        if (type != ThriftType.List)
            throw new MalformedException($"a {type} stands where a list should");
        (int count, ThriftType of) = reader.List();
        if (of != ThriftType.Struct && count > 0)
            throw new MalformedException($"a list of {of} stands where one of structures should");
        var items = new List<T>(Math.Min(count, 1024));
        for (int i = 0; i < count; i++)
            items.Add(item(ref reader));
        return items;
    }

    private static SchemaNode Node(ref ThriftReader reader)
    {
        var node = new SchemaNode();
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: node = node with { Type = Known<PhysicalType>(reader.Int32(scope.Type)) }; break;
                case 2: node = node with { TypeLength = reader.Int32(scope.Type) }; break;
                case 3: node = node with { Repetition = Known<Repetition>(reader.Int32(scope.Type)) }; break;
                case 4: node = node with { Name = reader.Text(scope.Type) }; break;
                case 5: node = node with { Children = reader.Int32(scope.Type) }; break;
                case 6: node = node with { ConvertedType = reader.Int32(scope.Type) }; break;
                case 7: node = node with { Scale = reader.Int32(scope.Type) }; break;
                case 8: node = node with { Precision = reader.Int32(scope.Type) }; break;
                case 10: node = node with { Logical = Logical(ref reader, scope.Type) }; break;
                default: reader.Skip(scope.Type); break;
            }
        return node;
    }

    private static LogicalType? Logical(ref ThriftReader reader, ThriftType type)
    {
        Expect(type, ThriftType.Struct);
        LogicalType? logical = null;
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
        {
            LogicalKind kind = scope.Field switch
            {
                1 or 4 or 12 => LogicalKind.Text,
                2 or 3 => LogicalKind.Group,
                5 => LogicalKind.Decimal,
                6 => LogicalKind.Date,
                7 => LogicalKind.Time,
                8 => LogicalKind.Timestamp,
                10 => LogicalKind.Integer,
                11 => LogicalKind.Null,
                14 => LogicalKind.Uuid,
                15 => LogicalKind.Half,
                _ => LogicalKind.None,
            };
            Expect(scope.Type, ThriftType.Struct);
            logical = Parameters(ref reader, new LogicalType(kind));
        }
        return logical;
    }

    private static LogicalType Parameters(ref ThriftReader reader, LogicalType logical)
    {
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (logical.Kind, scope.Field)
            {
                case (LogicalKind.Decimal, 1): logical = logical with { Scale = reader.Int32(scope.Type) }; break;
                case (LogicalKind.Decimal, 2): logical = logical with { Precision = reader.Int32(scope.Type) }; break;
                case (LogicalKind.Time or LogicalKind.Timestamp, 1): logical = logical with { IsUtc = ThriftReader.Bool(scope.Type) }; break;
                case (LogicalKind.Time or LogicalKind.Timestamp, 2): logical = logical with { Unit = Unit(ref reader, scope.Type) }; break;
                case (LogicalKind.Integer, 1): logical = logical with { Bits = reader.Int32(scope.Type) }; break;
                case (LogicalKind.Integer, 2): logical = logical with { IsSigned = ThriftReader.Bool(scope.Type) }; break;
                default: reader.Skip(scope.Type); break;
            }
        return logical;
    }

    private static TimeUnit Unit(ref ThriftReader reader, ThriftType type)
    {
        Expect(type, ThriftType.Struct);
        TimeUnit? unit = null;
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
        {
            unit = scope.Field is >= 1 and <= 3 ? (TimeUnit)scope.Field : throw new MalformedException("a time has an unknown unit");
            reader.Skip(scope.Type);
        }
        return unit ?? throw new MalformedException("a time has no unit");
    }

    private static RowGroup Group(ref ThriftReader reader)
    {
        List<ColumnChunk> columns = [];
        long rows = -1;
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: columns = List(ref reader, scope.Type, Chunk); break;
                case 3: rows = reader.Int(scope.Type); break;
                default: reader.Skip(scope.Type); break;
            }
        return new RowGroup(columns, rows);
    }

    private static ColumnChunk Chunk(ref ThriftReader reader)
    {
        ColumnChunk? chunk = null;
        bool isElsewhere = false, isEncrypted = false;
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: isElsewhere = !reader.Binary(scope.Type).IsEmpty; break;
                case 3: chunk = ChunkMetadata(ref reader, scope.Type); break;
                case 8 or 9:
                    isEncrypted = true;
                    reader.Skip(scope.Type);
                    break;
                default: reader.Skip(scope.Type); break;
            }
        return (chunk ?? (isEncrypted ? new ColumnChunk() : throw new MalformedException("a column chunk has no metadata")))
            with
        { IsElsewhere = isElsewhere, IsEncrypted = isEncrypted };
    }

    private static ColumnChunk ChunkMetadata(ref ThriftReader reader, ThriftType type)
    {
        Expect(type, ThriftType.Struct);
        var chunk = new ColumnChunk();
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: chunk = chunk with { Type = Known<PhysicalType>(reader.Int32(scope.Type)) }; break;
                case 4: chunk = chunk with { Codec = reader.Int32(scope.Type) }; break;
                case 5: chunk = chunk with { Values = reader.Int(scope.Type) }; break;
                case 7: chunk = chunk with { CompressedSize = reader.Int(scope.Type) }; break;
                case 9: chunk = chunk with { DataPageOffset = reader.Int(scope.Type) }; break;
                case 11: chunk = chunk with { DictionaryPageOffset = reader.Int(scope.Type) }; break;
                case 12: chunk = chunk with { Statistics = Statistics(ref reader, scope.Type) }; break;
                default: reader.Skip(scope.Type); break;
            }
        return chunk;
    }

    private static ParquetStatistics Statistics(ref ThriftReader reader, ThriftType type)
    {
        Expect(type, ThriftType.Struct);
        byte[]? oldMin = null, oldMax = null, min = null, max = null;
        long? nulls = null;
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: oldMax = reader.Binary(scope.Type).ToArray(); break;
                case 2: oldMin = reader.Binary(scope.Type).ToArray(); break;
                case 3: nulls = reader.Int(scope.Type); break;
                case 5: max = reader.Binary(scope.Type).ToArray(); break;
                case 6: min = reader.Binary(scope.Type).ToArray(); break;
                default: reader.Skip(scope.Type); break;
            }
        bool isOld = min is null && max is null;
        return new ParquetStatistics { Min = isOld ? oldMin : min, Max = isOld ? oldMax : max, NullCount = nulls, IsOld = isOld };
    }

    private static KeyValuePair<string, string> KeyValue(ref ThriftReader reader)
    {
        string key = "", value = "";
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: key = reader.Text(scope.Type); break;
                case 2: value = reader.Text(scope.Type); break;
                default: reader.Skip(scope.Type); break;
            }
        return new(key, value);
    }

    private static void Expect(ThriftType type, ThriftType expected)
    {
        if (type != expected)
            throw new MalformedException($"a {type} stands where a {expected} should");
    }

    private static T Known<T>(int number)
        where T : struct, Enum => Enum.IsDefined((T)(object)number) ? (T)(object)number : throw new MalformedException($"there is no {typeof(T).Name} {number}");
}
