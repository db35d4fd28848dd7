using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet.Encodings;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Columns whose values have one width, or are bits.</summary>
internal sealed class SlotDecoder : ColumnDecoder
{
    private readonly ColumnType _type;
    private readonly int _limit;
    private readonly EncodingReaders<SlotReader> _readers;
    private SlotReader? _reader;
    private BytesReader? _bytes;
    private BytesSink? _sink;
    private Column? _values;
    private byte[] _stored = [];
    private int[] _lengths = [];

    public SlotDecoder(ParquetLeaf leaf, int limit)
        : base(leaf)
    {
        _type = leaf.Field.Type;
        _limit = limit;
        _readers = new EncodingReaders<SlotReader>(NewReader);
    }

    /// <inheritdoc/>
    public override void ReadDictionary(ReadOnlyMemory<byte> values, int count)
    {
        if (Leaf.Conversion is Conversion.Bit or Conversion.Nothing)
            throw new MalformedException($"{Leaf.Physical} values have no dictionary");
        // Checked before anything is allocated for so many values.
        long least = (long)count * (Leaf.Physical == PhysicalType.ByteArray ? sizeof(int) : Leaf.Width);
        if (values.Length < least)
            throw new CutShortException($"a dictionary of {count} values is cut short");
        if (Leaf.Physical != PhysicalType.ByteArray && values.Span[(int)least..].ContainsAnyExcept((byte)0))
            throw new MalformedException($"a dictionary of {count} values of {Leaf.Width} bytes takes {values.Length} bytes");
        if (_values is null || _values.Capacity < count)
            _values = new Column(Leaf.Field with { Name = "" }, Arrays.Roomy(count));
        OpenPage(ParquetEncoding.Plain, values, count);
        Read(_values, 0, count);
        Dictionary = new DictionaryValues(_values, count);
    }

    /// <inheritdoc/>
    public override void OpenPage(ParquetEncoding encoding, ReadOnlyMemory<byte> values, int most)
    {
        if (Leaf.Physical == PhysicalType.ByteArray)
        {
            _bytes = NewBytes(encoding, Leaf.Physical, _limit);
            _bytes.Open(values, most);
            return;
        }
        _reader = _readers.Of(encoding);
        _reader.Open(values, most);
    }

    /// <inheritdoc/>
    public override void ReadValues(Column target, int at, int rows, int present)
    {
        if (Leaf.Conversion == Conversion.Nothing)
        {
            Bits.Fill(target.ValidityBits, at, rows, value: false);
            return;
        }
        if (Leaf.Conversion == Conversion.Bit)
        {
            Span<byte> flags = Stored(rows);
            _reader!.Read(flags[..present]);
            Slots.Spread(flags, 1, target.Validity.Span, at, rows, present);
            Bits.Pack(flags, target.Values.Span, at);
            return;
        }
        Read(target, at, present);
        Slots.Spread(target.Values.Span[(at * _type.Width)..], _type.Width, target.Validity.Span, at, rows, present);
    }

    /// <inheritdoc/>
    public override void WriteCoded(Column target, int at, int rows, ReadOnlySpan<int> codes)
    {
        Span<byte> slots = target.Values.Span[(at * _type.Width)..];
        Slots.Gather(Dictionary!.Values.Values.Span, codes, _type.Width, slots);
        Slots.Spread(slots, _type.Width, target.Validity.Span, at, rows, codes.Length);
    }

    /// <inheritdoc/>
    public override void EndPage() => _reader?.Close();

    // Values side by side, whatever rows they belong to.
    private void Read(Column target, int at, int count)
    {
        Span<byte> slots = target.Values.Span.Slice(at * _type.Width, count * _type.Width);
        if (Leaf.Physical == PhysicalType.ByteArray)
        {
            ReadBytes(slots, count);
            return;
        }
        if (Leaf.Conversion == Conversion.None)
        {
            _reader!.Read(slots);
            return;
        }
        Span<byte> stored = Stored(count * Leaf.Width);
        _reader!.Read(stored);
        SlotConversion.Convert(stored, Leaf, slots);
    }

    private void ReadBytes(Span<byte> slots, int count)
    {
        _sink ??= new BytesSink(new Column(new Field("", ColumnType.Binary), 0), _limit);
        if (_lengths.Length < count)
            _lengths = new int[Arrays.Roomy(count)];
        _sink.Clear();
        _bytes!.Read(_lengths.AsSpan(0, count), _sink);
        int from = 0;
        for (int i = 0; i < count; i++)
        {
            SlotConversion.BigEndian(_sink.Written.Slice(from, _lengths[i]), slots.Slice(i * _type.Width, _type.Width));
            from += _lengths[i];
        }
    }

    private Span<byte> Stored(int bytes)
    {
        if (_stored.Length < bytes)
            _stored = new byte[Arrays.Roomy(bytes)];
        return _stored.AsSpan(0, bytes);
    }

    private SlotReader NewReader(ParquetEncoding encoding) => (encoding, Leaf.Physical) switch
    {
        (ParquetEncoding.Plain, PhysicalType.Boolean) => new PlainBits(),
        (ParquetEncoding.Plain, _) => new PlainSlots(),
        (ParquetEncoding.Rle, PhysicalType.Boolean) => new RunBits(),
        (ParquetEncoding.DeltaBinaryPacked, PhysicalType.Int32 or PhysicalType.Int64) => new DeltaSlots(Leaf.Width),
        (ParquetEncoding.ByteStreamSplit, not (PhysicalType.Boolean or PhysicalType.Int96)) => new SplitSlots(Leaf.Width),
        (ParquetEncoding.DeltaByteArray, PhysicalType.FixedLenByteArray) => new SlotsOfBytes(new DeltaBytes(_limit), Leaf.Width, _limit),
        _ => throw Unknown(encoding, Leaf.Physical),
    };
}
