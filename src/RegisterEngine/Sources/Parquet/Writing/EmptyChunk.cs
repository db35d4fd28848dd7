using RegisterEngine.Columns;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>A column in which no row has a value.</summary>
internal sealed class EmptyChunk(Field field, StoredType type) : ChunkWriter(field, type)
{
    /// <inheritdoc/>
    public override int Present => 0;

    /// <inheritdoc/>
    public override void Prepare() => Encoding = ParquetEncoding.Plain;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer target)
    {
    }

    /// <inheritdoc/>
    protected override void AddValues(Column column, int from, int count, Span<byte> validity, int first)
    {
    }
}
