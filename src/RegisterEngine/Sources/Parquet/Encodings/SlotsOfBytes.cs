using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Values of fixed width in an encoding for values of any length.</summary>
internal sealed class SlotsOfBytes(BytesReader reader, int width, int limit) : SlotReader
{
    private readonly BytesSink _sink = new(new Column(new Field("", ColumnType.Binary), 0), limit);
    private int[] _lengths = [];

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most) => reader.Open(bytes, most);

    /// <inheritdoc/>
    public override void Read(Span<byte> target)
    {
        int count = width == 0 ? 0 : target.Length / width;
        if (_lengths.Length < count)
            _lengths = new int[count];
        Span<int> lengths = _lengths.AsSpan(0, count);
        _sink.Clear();
        reader.Read(lengths, _sink);
        if (lengths.ContainsAnyExcept(width))
            throw new MalformedException($"a value has not {width} bytes");
        _sink.Written.CopyTo(target);
    }
}
