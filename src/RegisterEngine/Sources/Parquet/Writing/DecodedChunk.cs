using RegisterEngine.Columns;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Codes that stand for numbers: they are written as the numbers.</summary>
internal sealed class DecodedChunk(Field field, StoredType type, ChunkWriter values) : ChunkWriter(field, type)
{
    /// <inheritdoc/>
    public override int Present => values.Present;

    /// <inheritdoc/>
    public override int UsualBytes => values.UsualBytes;

    /// <inheritdoc/>
    public override int DictionaryCount => values.DictionaryCount;

    /// <inheritdoc/>
    public override void Prepare()
    {
        values.Prepare();
        Encoding = values.Encoding;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ByteBuffer target) => values.WriteDictionary(target);

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer target) => values.WriteValues(from, count, target);

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max)? Statistics() => values.Statistics();

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        values.Clear();
    }

    /// <inheritdoc/>
    protected override void AddValues(Column column, int from, int count, Span<byte> validity, int first)
    {
        Column plain = PlainColumn.Of(column, from, count);
        values.Add(plain, 0, count);
        // What a code stands for may be missing too.
        for (int row = 0; row < count; row++)
            if (plain.IsNull(row))
                Kernels.Bits.Clear(validity, first + row);
    }
}
