using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Truth values: bits.</summary>
internal sealed class BitChunk(Field field, StoredType type) : ChunkWriter(field, type)
{
    private readonly Growing<byte> _values = new();

    /// <inheritdoc/>
    public override int Present => _values.Count;

    /// <inheritdoc/>
    public override int UsualBytes => 1;

    /// <inheritdoc/>
    public override void Prepare() => Encoding = ParquetEncoding.Plain;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer target)
    {
        int bytes = (count + 7) / 8;
        Span<byte> bits = target.Reserve(bytes)[..bytes];
        bits.Clear();
        Bits.Pack(_values.Items.Slice(from, count), bits, 0);
        target.Advance(bytes);
    }

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max)? Statistics() => Present == 0
        ? null
        : ([_values.Items.Contains((byte)0) ? (byte)0 : (byte)1], [_values.Items.Contains((byte)1) ? (byte)1 : (byte)0]);

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    /// <inheritdoc/>
    protected override void AddValues(Column column, int from, int count, Span<byte> validity, int first)
    {
        ReadOnlySpan<byte> bits = column.Values.Span;
        for (int row = 0; row < count; row++)
            if (Bits.Get(validity, first + row))
                _values.Add(Bits.Get(bits, from + row) ? (byte)1 : (byte)0);
    }
}
