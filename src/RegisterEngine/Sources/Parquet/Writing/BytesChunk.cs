using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Parquet.Encodings;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Values of any length: by a dictionary where that saves space, else their lengths as packed differences and their bytes. Codes stay codes.</summary>
internal sealed class BytesChunk(Field field, StoredType type) : ChunkWriter(field, type)
{
    private const int NoValue = -1;
    private const int Known = 2;

    private readonly TextDictionary _texts = new();
    private readonly Growing<int> _codes = new();
    private readonly Growing<int> _lengths = new();

    // For each code of the column's dictionary its own code, 2 more so that 0 means that it is not known yet, and 1 that it stands for no value.
    private int[] _map = [];
    private ICodes? _mapped;
    private int _mappedCount;

    /// <inheritdoc/>
    public override int Present => _codes.Count;

    /// <inheritdoc/>
    public override int DictionaryCount => Encoding == ParquetEncoding.RleDictionary ? _texts.Count : 0;

    /// <inheritdoc/>
    public override int UsualBytes => (_texts.Bytes / Math.Max(1, _texts.Count)) + sizeof(int);

    /// <inheritdoc/>
    public override void Prepare()
    {
        int width = BitPack.WidthOf((ulong)Math.Max(0, _texts.Count - 1));
        long coded = _texts.Bytes + ((long)_texts.Count * sizeof(int)) + ((long)Present * width / 8);
        bool pays = Present > 0 && _texts.Bytes <= MostDictionaryBytes && coded < (long)(UsualBytes - sizeof(int) + 1) * Present * 9 / 10;
        Encoding = pays ? ParquetEncoding.RleDictionary : ParquetEncoding.DeltaLengthByteArray;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ByteBuffer target)
    {
        for (int code = 0; code < _texts.Count; code++)
        {
            target.Append(_texts[code].Length);
            target.Append(_texts[code]);
        }
    }

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer target)
    {
        ReadOnlySpan<int> codes = _codes.Items.Slice(from, count);
        if (Encoding == ParquetEncoding.RleDictionary)
        {
            CodedPage.Write(codes, _texts.Count, target);
            return;
        }
        _lengths.Clear();
        foreach (int code in codes)
            _lengths.Add(_texts[code].Length);
        DeltaWriter.Write<int>(_lengths.Items, target);
        foreach (int code in codes)
            target.Append(_texts[code]);
    }

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max)? Statistics()
    {
        const int longest = 64;
        (int least, int most) = (0, 0);
        for (int code = 1; code < _texts.Count; code++)
        {
            if (_texts[code].SequenceCompareTo(_texts[least]) < 0)
                least = code;
            if (_texts[code].SequenceCompareTo(_texts[most]) > 0)
                most = code;
        }
        bool isShort = _texts.Count > 0 && _texts[least].Length <= longest && _texts[most].Length <= longest;
        return isShort ? (_texts[least].ToArray(), _texts[most].ToArray()) : null;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _texts.Clear();
        _codes.Clear();
        Array.Clear(_map, 0, _mappedCount);
        (_mapped, _mappedCount) = (null, 0);
    }

    /// <inheritdoc/>
    protected override void AddValues(Column column, int from, int count, Span<byte> validity, int first)
    {
        if (column.Field.Type.IsCoded)
            AddCodes(column, from, count, validity, first);
        else
            AddTexts(column, from, count, validity, first);
    }

    private void AddTexts(Column column, int from, int count, ReadOnlySpan<byte> validity, int first)
    {
        ReadOnlySpan<byte> last = default;
        int code = NoValue;
        for (int row = 0; row < count; row++)
        {
            if (!Bits.Get(validity, first + row))
                continue;
            ReadOnlySpan<byte> text = column.TextAt(from + row);
            if (code == NoValue || !text.SequenceEqual(last))
                code = _texts.CodeOf(text);
            last = text;
            _codes.Add(code);
        }
    }

    private void AddCodes(Column column, int from, int count, Span<byte> validity, int first)
    {
        ICodes codes = column.Codes!;
        if (_map.Length < codes.Count)
            Array.Resize(ref _map, Math.Max(codes.Count, _map.Length * 2));
        if (!ReferenceEquals(codes, _mapped))
            Array.Clear(_map, 0, _mappedCount);
        (_mapped, _mappedCount) = (codes, codes.Count);
        ReadOnlySpan<int> values = column.As<int>().Slice(from, count);
        Span<int> target = _codes.Room(count);
        _codes.Advance(column.NullCount == 0 && MapAll(codes, values, target) ? count : MapPresent(codes, values, target, validity, first));
    }

    // Where every row has a value; false, and nothing learnt is lost, where one stands for none.
    private bool MapAll(ICodes codes, ReadOnlySpan<int> values, Span<int> target)
    {
        int[] map = _map;
        target = target[..values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            int value = values[row];
            int mapped = (uint)value < (uint)map.Length ? map[value] - Known : NoValue;
            if (mapped < NoValue)
                map[value] = (mapped = Learn(codes, value)) + Known;
            if (mapped == NoValue)
                return false;
            target[row] = mapped;
        }
        return true;
    }

    private int MapPresent(ICodes codes, ReadOnlySpan<int> values, Span<int> target, Span<byte> validity, int first)
    {
        int[] map = _map;
        int present = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (!Bits.Get(validity, first + row))
                continue;
            int value = values[row];
            int mapped = value < 0 ? NoValue : map[value] - Known;
            if (mapped < NoValue)
                map[value] = (mapped = Learn(codes, value)) + Known;
            target[present] = mapped;
            if (mapped == NoValue)
                Bits.Clear(validity, first + row);
            else
                present++;
        }
        return present;
    }

    private int Learn(ICodes codes, int value) => codes switch
    {
        CodeBook book => _texts.CodeOf(book.Utf8(value)),
        DictionaryValues { Values: var values } when values.IsNull(value) => NoValue,
        DictionaryValues { AreDistinct: true, Values: var values } when !_texts.IsSearched => _texts.Add(values.TextAt(value)),
        DictionaryValues { Values: var values } => _texts.CodeOf(values.TextAt(value)),
        _ => throw new ArgumentException($"The codes of column '{Field.Name}' stand for no texts."),
    };
}
