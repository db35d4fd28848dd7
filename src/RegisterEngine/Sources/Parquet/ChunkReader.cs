using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet.Encodings;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Reads one column, row group after row group, into columns of memory that are used again for every batch: for one thread.</summary>
internal sealed class ChunkReader
{
    private readonly ParquetLeaf _leaf;
    private readonly PageStream _pages;
    private readonly ColumnDecoder _decoder;
    private readonly HybridReader _levels = new();
    private readonly HybridReader _codes = new();
    private readonly int _capacity;
    private readonly bool _allowsCodes;
    private readonly int[] _scratch;
    private Column? _plain;
    private Column? _coded;
    private long _rowsLeft;
    private int _pageRows;
    private bool _pageHasLevels;
    private bool _pageIsCoded;

    public ChunkReader(ParquetLeaf leaf, ByteStore store, CodecSet codecs, TableReadOptions options)
    {
        _leaf = leaf;
        _pages = new PageStream(store, codecs, options.Limit);
        _decoder = ColumnDecoder.New(leaf, options.Limit);
        _capacity = options.BatchRows;
        _allowsCodes = options.AllowsCodes;
        _scratch = new int[options.BatchRows];
    }

    /// <summary>Where it stands, for messages.</summary>
    public int PageNumber { get; private set; }

    /// <summary>Goes to the first row of a chunk.</summary>
    public void Open(ColumnChunk chunk, long rows, long fileEnd)
    {
        PageNumber = 0;
        if (chunk.Type != _leaf.Physical)
            throw new MalformedException($"the chunk holds {chunk.Type} and the schema says {_leaf.Physical}");
        if (chunk.Values != rows)
            throw new MalformedException($"the chunk has {chunk.Values} values and the row group {rows} rows");
        _decoder.OpenChunk();
        _rowsLeft = rows;
        _pageRows = 0;
        // Where there are no rows there need not be a page, nor a place for one.
        if (rows > 0)
            _pages.Open(chunk, fileEnd);
    }

    /// <summary>Reads the next rows; what is returned is good until the next are read.</summary>
    public Column Read(int rows)
    {
        if (_pageRows == 0)
            NextPage();
        Column target = Begin(_allowsCodes && _pageIsCoded);
        for (int done = 0; done < rows;)
        {
            if (_pageRows == 0)
                NextPage();
            if (target.Field.Type.IsCoded && !_pageIsCoded)
                target = Decode(target, done);
            int count = Math.Min(rows - done, _pageRows);
            int present = Present(target, done, count);
            if (!_pageIsCoded)
                _decoder.ReadValues(target, done, count, present);
            else
                ReadCodes(target, done, count, present);
            done += count;
            _pageRows -= count;
            _rowsLeft -= count;
            if (_pageRows == 0 && !_pageIsCoded)
                _decoder.EndPage();
        }
        target.Recount(rows);
        if (target == _plain)
            _decoder.EndBatch(target, rows);
        return target;
    }

    private Column Begin(bool isCoded)
    {
        Column target;
        if (isCoded)
        {
            target = _coded ??= new Column(_leaf.Field with { Type = ColumnType.Dictionary(_leaf.Field.Type) }, _capacity);
            target.UseCodes(_decoder.Dictionary!);
        }
        else
        {
            target = _plain ??= new Column(_leaf.Field, _capacity);
            _decoder.BeginBatch(target);
        }
        target.Clear();
        return target;
    }

    // The page stands after some that were coded: what they stand for takes the place of the codes.
    private Column Decode(Column coded, int rows)
    {
        Column plain = Begin(isCoded: false);
        int present = Bits.Copy(coded.Validity.Span, 0, plain.ValidityBits, 0, rows);
        ReadOnlySpan<int> codes = coded.As<int>()[..rows];
        int count = 0;
        for (int row = 0; row < rows; row++)
            if (present == rows || Bits.Get(coded.Validity.Span, row))
                _scratch[count++] = codes[row];
        _decoder.WriteCoded(plain, 0, rows, _scratch.AsSpan(0, count));
        return plain;
    }

    private int Present(Column target, int at, int count)
    {
        if (_pageHasLevels)
            return _levels.ReadBits(target.ValidityBits, at, count);
        Bits.Fill(target.ValidityBits, at, count, value: true);
        return count;
    }

    private void ReadCodes(Column target, int at, int rows, int present)
    {
        bool keeps = target == _coded;
        Span<int> codes = keeps ? target.As<int>().Slice(at, present) : _scratch.AsSpan(0, present);
        _codes.Read(codes);
        if (CodeScan.IndexOfOutside(codes, _decoder.Dictionary!.Count) is var wrong and >= 0)
            throw new MalformedException($"a value has the code {codes[wrong]}, and the dictionary has {_decoder.Dictionary.Count}");
        if (keeps)
            Slots.Spread(target.Values.Span[(at * sizeof(int))..], sizeof(int), target.Validity.Span, at, rows, present);
        else
            _decoder.WriteCoded(target, at, rows, codes);
    }

    private void NextPage()
    {
        while (_pageRows == 0)
        {
            PageNumber++;
            Page page = _pages.Next();
            switch ((PageType)page.Header.Type)
            {
                case PageType.Dictionary: ReadDictionary(page); break;
                case PageType.Data: OpenPage(page, LevelsV1(page, out ReadOnlyMemory<byte> values), values); break;
                case PageType.DataV2: OpenPage(page, page.Levels, page.Body); break;
                default: break;
            }
        }
    }

    private void ReadDictionary(Page page)
    {
        if (_decoder.Dictionary is not null)
            throw new MalformedException("there is a second dictionary, or one behind values");
        if (_leaf.Conversion == Conversion.Nothing)
            return;
        if ((ParquetEncoding)page.Header.Encoding is not (ParquetEncoding.Plain or ParquetEncoding.PlainDictionary))
            throw new MalformedException($"a dictionary cannot be encoded as {page.Header.Encoding}");
        _decoder.ReadDictionary(page.Body, page.Header.Values);
    }

    private void OpenPage(Page page, ReadOnlyMemory<byte> levels, ReadOnlyMemory<byte> values)
    {
        PageHeader header = page.Header;
        if (header.Values > _rowsLeft)
            throw new MalformedException($"a page has {header.Values} rows, and {_rowsLeft} are left of the row group");
        if (page.Header.Type == (int)PageType.DataV2 && (header.Rows != header.Values || (uint)header.Nulls > (uint)header.Values))
            throw new MalformedException("a page has other numbers of rows and values, or rows with several values");
        _pageRows = header.Values;
        _pageHasLevels = _leaf.Field.IsNullable && !(header.Type == (int)PageType.DataV2 && header.Nulls == 0 && levels.IsEmpty);
        if (_pageHasLevels)
            _levels.Open(levels, 1);
        var encoding = (ParquetEncoding)header.Encoding;
        _pageIsCoded = _leaf.Conversion != Conversion.Nothing && encoding is (ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary);
        if (_pageIsCoded)
        {
            // Where no row has a value there may be no dictionary either.
            if (_decoder.Dictionary is null)
                _decoder.ReadDictionary(default, 0);
            _codes.Open(values.IsEmpty ? values : values[1..], values.IsEmpty ? 0 : values.Span[0]);
        }
        else if (_leaf.Conversion != Conversion.Nothing)
            _decoder.OpenPage(encoding, values, header.Values);
    }

    // In version 1 the levels stand before the values, after their length; or, as old writers did, as bits from the highest down.
    private ReadOnlyMemory<byte> LevelsV1(Page page, out ReadOnlyMemory<byte> values)
    {
        values = page.Body;
        if (!_leaf.Field.IsNullable || page.Header.Values == 0)
            return default;
        int length;
        if ((ParquetEncoding)page.Header.LevelEncoding == ParquetEncoding.BitPacked)
        {
            length = (page.Header.Values + 7) / 8;
            if (length > values.Length)
                throw new CutShortException("the levels of a page are cut short");
            ReadOnlyMemory<byte> reversed = OldLevels.AsRun(values.Span[..length]);
            values = values[length..];
            return reversed;
        }
        if ((ParquetEncoding)page.Header.LevelEncoding != ParquetEncoding.Rle)
            throw new MalformedException($"levels cannot be encoded as {page.Header.LevelEncoding}");
        length = values.Length < sizeof(int) ? -1 : BitConverter.ToInt32(values.Span);
        if ((uint)length > (uint)(values.Length - sizeof(int)))
            throw new CutShortException("the levels of a page are cut short");
        ReadOnlyMemory<byte> levels = values.Slice(sizeof(int), length);
        values = values[(sizeof(int) + length)..];
        return levels;
    }
}
