using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Values of one length that are no machine numbers: bytes as they are, and large decimals, highest byte first.</summary>
internal sealed class FixedChunk(Field field, StoredType type) : ChunkWriter(field, type)
{
    private readonly ByteBuffer _values = new();

    /// <inheritdoc/>
    public override int Present => _values.Length / Type.Width;

    /// <inheritdoc/>
    public override int UsualBytes => Type.Width;

    /// <inheritdoc/>
    public override void Prepare() => Encoding = ParquetEncoding.Plain;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer target) => target.Append(_values.Written.Slice(from * Type.Width, count * Type.Width));

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    /// <inheritdoc/>
    protected override void AddValues(Column column, int from, int count, Span<byte> validity, int first)
    {
        bool reverses = column.Field.Type.Kind == TypeKind.Decimal;
        for (int row = 0; row < count; row++)
        {
            if (!Bits.Get(validity, first + row))
                continue;
            int at = _values.Length;
            _values.Append(column.TextAt(from + row));
            if (reverses)
                _values.Written[at..].Reverse();
        }
    }
}
