using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Kinds of pages, by the number that the format gives.</summary>
internal enum PageType
{
    Data,
    Index,
    Dictionary,
    DataV2,
}

/// <summary>What stands before a page.</summary>
internal readonly record struct PageHeader
{
    public int Type { get; private init; }

    public int UncompressedSize { get; private init; }

    public int CompressedSize { get; private init; }

    public uint? Crc { get; private init; }

    public int Values { get; private init; }

    public int Nulls { get; private init; }

    public int Rows { get; private init; }

    public int Encoding { get; private init; }

    public int LevelEncoding { get; private init; }

    public int DefinitionBytes { get; private init; }

    public int RepetitionBytes { get; private init; }

    public bool IsCompressed { get; private init; }

    /// <summary>Reads a header and tells how many bytes it takes.</summary>
    /// <exception cref="CutShortException">It goes on beyond the bytes.</exception>
    /// <exception cref="MalformedException">It is no header.</exception>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var reader = new ThriftReader(bytes);
        var header = new PageHeader { Type = -1, IsCompressed = true };
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (scope.Field)
            {
                case 1: header = header with { Type = reader.Int32(scope.Type) }; break;
                case 2: header = header with { UncompressedSize = reader.Int32(scope.Type) }; break;
                case 3: header = header with { CompressedSize = reader.Int32(scope.Type) }; break;
                case 4: header = header with { Crc = (uint)reader.Int32(scope.Type) }; break;
                case 5 or 7 or 8 when scope.Type == ThriftType.Struct: header = Details(ref reader, header, scope.Field); break;
                default: reader.Skip(scope.Type); break;
            }
        length = reader.Position;
        if (header.UncompressedSize < 0 || header.CompressedSize < 0 || header.Values < 0)
            throw new MalformedException("the header of a page has a negative size");
        return header;
    }

    private static PageHeader Details(ref ThriftReader reader, PageHeader header, int kind)
    {
        ThriftReader.StructScope scope = reader.Enter();
        while (reader.Next(ref scope))
            switch (kind, scope.Field)
            {
                case (_, 1): header = header with { Values = reader.Int32(scope.Type) }; break;
                case (5 or 7, 2): header = header with { Encoding = reader.Int32(scope.Type) }; break;
                case (5, 3): header = header with { LevelEncoding = reader.Int32(scope.Type) }; break;
                case (8, 2): header = header with { Nulls = reader.Int32(scope.Type) }; break;
                case (8, 3): header = header with { Rows = reader.Int32(scope.Type) }; break;
                case (8, 4): header = header with { Encoding = reader.Int32(scope.Type) }; break;
                case (8, 5): header = header with { DefinitionBytes = reader.Int32(scope.Type) }; break;
                case (8, 6): header = header with { RepetitionBytes = reader.Int32(scope.Type) }; break;
                case (8, 7): header = header with { IsCompressed = ThriftReader.Bool(scope.Type) }; break;
                default: reader.Skip(scope.Type); break;
            }
        return header;
    }
}
