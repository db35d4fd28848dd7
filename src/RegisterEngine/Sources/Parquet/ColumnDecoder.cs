using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet.Encodings;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Turns stored values into those of a column, page after page.</summary>
internal abstract class ColumnDecoder(ParquetLeaf leaf)
{
    /// <summary>The column.</summary>
    public ParquetLeaf Leaf { get; } = leaf;

    /// <summary>What the codes of the chunk mean; null where it has no dictionary.</summary>
    public DictionaryValues? Dictionary { get; protected set; }

    /// <summary>Forgets the dictionary of the chunk before.</summary>
    public void OpenChunk() => Dictionary = null;

    /// <summary>Reads the dictionary of a chunk.</summary>
    public abstract void ReadDictionary(ReadOnlyMemory<byte> values, int count);

    /// <summary>Begins a page whose values do not stand in a dictionary.</summary>
    public abstract void OpenPage(ParquetEncoding encoding, ReadOnlyMemory<byte> values, int most);

    /// <summary>Begins a batch.</summary>
    public virtual void BeginBatch(Column target)
    {
    }

    /// <summary>Reads values of the page.</summary>
    /// <param name="target">Whose bitmap tells already which rows have one.</param>
    /// <param name="at">The first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="present">How many of them have a value.</param>
    public abstract void ReadValues(Column target, int at, int rows, int present);

    /// <summary>Writes the values that codes stand for, one code for each row that has a value.</summary>
    public abstract void WriteCoded(Column target, int at, int rows, ReadOnlySpan<int> codes);

    /// <summary>Ends a page whose values do not stand in a dictionary.</summary>
    /// <exception cref="MalformedException">It holds more than the values of its rows.</exception>
    public virtual void EndPage()
    {
    }

    /// <summary>Ends a batch.</summary>
    /// <exception cref="MalformedException">The values are not what they are declared to be.</exception>
    public virtual void EndBatch(Column target, int rows)
    {
    }

    /// <summary>A decoder for a column.</summary>
    public static ColumnDecoder New(ParquetLeaf leaf, int limit) =>
        leaf.Field.Type.HasOffsets ? new BytesDecoder(leaf, limit) : new SlotDecoder(leaf, limit);

    private protected static MalformedException Unknown(ParquetEncoding encoding, PhysicalType type) =>
        new(Enum.IsDefined(encoding) ? $"{type} values cannot be encoded as {encoding}" : $"there is no encoding {(int)encoding}");

    private protected static BytesReader NewBytes(ParquetEncoding encoding, PhysicalType type, int limit) => encoding switch
    {
        ParquetEncoding.Plain => new PlainBytes(),
        ParquetEncoding.DeltaLengthByteArray => new DeltaLengthBytes(limit),
        ParquetEncoding.DeltaByteArray => new DeltaBytes(limit),
        _ => throw Unknown(encoding, type),
    };
}
