using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Reads numbers of which only the differences are stored, in packed blocks.</summary>
/// <remarks>Apache Parquet, "Parquet encoding definitions": DELTA_BINARY_PACKED. D. Lemire and L. Boytsov, "Decoding billions of integers per second" (2015).</remarks>
internal sealed class DeltaReader
{
    private const int LargestBlock = 1 << 16;

    private long[] _deltas = [];
    private byte[] _widths = [];
    private ReadOnlyMemory<byte> _bytes;
    private int _at;
    private int _miniSize;
    private int _minis;
    private int _mini;
    private long _least;
    private long _last;
    private bool _isFirst;

    // Of the miniblock: differences that were unpacked, and how many of them have been read.
    private int _unpacked;
    private int _used;
    private int _leftToUnpack;

    /// <summary>How many numbers there are.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers that have not been read.</summary>
    public int Left { get; private set; }

    /// <summary>Bytes up to the end of the last block; right once all numbers have been read.</summary>
    public int Position => _at;

    /// <summary>Begins to read.</summary>
    /// <exception cref="MalformedException">The header cannot be.</exception>
    public void Open(ReadOnlyMemory<byte> bytes, int most)
    {
        _bytes = bytes;
        _at = 0;
        ulong block = Varint(), minis = Varint(), count = Varint();
        _last = Zigzag(Varint());
        if (block is 0 or > LargestBlock || minis == 0 || minis > LargestBlock / 8 || block % minis != 0 || block / minis % 8 != 0)
            throw new MalformedException($"differences cannot stand in blocks of {block} with {minis} parts");
        if (count > (ulong)most)
            throw new MalformedException($"a page of {most} rows has {count} differences");
        _miniSize = (int)(block / minis);
        _minis = _mini = (int)minis;
        if (_deltas.Length < _miniSize)
            _deltas = new long[_miniSize];
        if (_widths.Length < _minis)
            _widths = new byte[_minis];
        Count = Left = (int)count;
        _isFirst = true;
        _unpacked = _used = 0;
        _leftToUnpack = Count - 1;
    }

    /// <summary>Reads the next numbers, as many as there is room for.</summary>
    public void Read(Span<long> target)
    {
        for (int i = 0; i < target.Length;)
        {
            ReadOnlySpan<long> deltas = Next(target.Length - i);
            long last = _last, least = _least;
            foreach (long delta in deltas)
                target[i++] = last = unchecked(last + least + delta);
            _last = last;
            if (_isFirst)
                target[i++] = TakeFirst();
        }
    }

    /// <summary>Reads the next numbers and keeps their lowest 32 bits.</summary>
    public void Read(Span<int> target)
    {
        for (int i = 0; i < target.Length;)
        {
            ReadOnlySpan<long> deltas = Next(target.Length - i);
            long last = _last, least = _least;
            foreach (long delta in deltas)
                target[i++] = (int)(last = unchecked(last + least + delta));
            _last = last;
            if (_isFirst)
                target[i++] = (int)TakeFirst();
        }
    }

    private long TakeFirst()
    {
        if (Left == 0)
            throw new CutShortException("there are fewer values than rows");
        _isFirst = false;
        Left--;
        return _last;
    }

    // The next differences, none before the first number.
    private ReadOnlySpan<long> Next(int most)
    {
        if (_isFirst)
            return [];
        if (Left == 0)
            throw new CutShortException("there are fewer values than rows");
        if (_used == _unpacked)
            Unpack();
        int count = Math.Min(most, _unpacked - _used);
        ReadOnlySpan<long> deltas = _deltas.AsSpan(_used, count);
        _used += count;
        Left -= count;
        return deltas;
    }

    private void Unpack()
    {
        if (_mini == _minis)
            StartBlock();
        int width = _widths[_mini++];
        if (width > 64)
            throw new MalformedException($"differences cannot have {width} bits");
        int count = Math.Min(_miniSize, _leftToUnpack);
        ReadOnlySpan<byte> packed = _bytes.Span[_at..];
        if (((long)count * width) + 7 >> 3 > packed.Length)
            throw new CutShortException("differences are cut short");
        BitUnpack.Unpack(packed, width, 0, _deltas.AsSpan(0, count));
        // The last part is filled up, though not by every writer.
        _at += (int)Math.Min((long)_miniSize * width / 8, packed.Length);
        _unpacked = count;
        _used = 0;
        _leftToUnpack -= count;
    }

    private void StartBlock()
    {
        _least = Zigzag(Varint());
        if (_bytes.Length - _at < _minis)
            throw new CutShortException("the widths of differences are cut short");
        _bytes.Span.Slice(_at, _minis).CopyTo(_widths);
        _at += _minis;
        _mini = 0;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at == _bytes.Length)
                throw new CutShortException("differences are cut short");
            byte part = _bytes.Span[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return value;
        }
        throw new MalformedException("a number has too many bytes");
    }

    private static long Zigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}

/// <summary>DELTA_BINARY_PACKED of 32-bit or 64-bit numbers.</summary>
internal sealed class DeltaSlots(int width) : SlotReader
{
    private readonly DeltaReader _reader = new();

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most) => _reader.Open(bytes, most);

    /// <inheritdoc/>
    public override void Read(Span<byte> target)
    {
        if (width == sizeof(int))
            _reader.Read(Buffers.As<int>(target));
        else
            _reader.Read(Buffers.As<long>(target));
    }
}
