using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Reads small numbers that stand as runs of one value and runs of packed bits.</summary>
/// <remarks>Apache Parquet, "Parquet encoding definitions": RLE, the hybrid of run lengths and bit packing.</remarks>
internal sealed class HybridReader
{
    private ReadOnlyMemory<byte> _bytes;
    private int _width;
    private int _at;

    // The run: what is left of it; its value, or where its packed numbers begin and how many of them have been read.
    private int _left;
    private int _value;
    private int _packedAt;
    private int _packedDone;

    /// <summary>Whether every number is the one that is asked about, told without reading on.</summary>
    public bool IsOneRunOf(int value, int count) => _left == 0 && _at < _bytes.Length && StartRun() && _packedAt < 0 && _value == value && _left >= count;

    /// <summary>Begins to read numbers of some bits.</summary>
    public void Open(ReadOnlyMemory<byte> bytes, int width)
    {
        if ((uint)width > 32)
            throw new MalformedException($"numbers cannot have {width} bits");
        _bytes = bytes;
        _width = width;
        _at = _left = 0;
    }

    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <exception cref="MalformedException">There are not as many.</exception>
    public void Read(Span<int> target)
    {
        while (!target.IsEmpty)
        {
            if (_left == 0 && !StartRun())
                continue;
            int count = Math.Min(_left, target.Length);
            if (_packedAt < 0)
                target[..count].Fill(_value);
            else
                BitUnpack.Unpack(_bytes.Span[_packedAt..], _width, _packedDone, target[..count]);
            Advance(count);
            target = target[count..];
        }
    }

    /// <summary>Reads numbers of one bit into a bitmap, and returns how many are one.</summary>
    public int ReadBits(Span<byte> bits, int at, int count)
    {
        int set = 0;
        while (count > 0)
        {
            if (_left == 0 && !StartRun())
                continue;
            int part = Math.Min(_left, count);
            if (_packedAt >= 0)
                set += Bits.Copy(_bytes.Span[_packedAt..], _packedDone, bits, at, part);
            else
            {
                Bits.Fill(bits, at, part, _value != 0);
                set += _value != 0 ? part : 0;
            }
            Advance(part);
            at += part;
            count -= part;
        }
        return set;
    }

    private void Advance(int count)
    {
        _left -= count;
        _packedDone += count;
    }

    // False where the run is empty, which some writers leave behind.
    private bool StartRun()
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        uint head = Varint(bytes);
        if ((head & 1) == 0)
        {
            int valueBytes = (_width + 7) / 8;
            if (bytes.Length - _at < valueBytes)
                throw new CutShortException("a run of numbers is cut short");
            uint value = 0;
            for (int i = 0; i < valueBytes; i++)
                value |= (uint)bytes[_at++] << (8 * i);
            if (_width < 32 && value >> _width != 0)
                throw new MalformedException($"the number {value} has more than {_width} bits");
            _value = (int)value;
            _packedAt = -1;
            _left = (int)(head >> 1);
            return _left > 0;
        }
        // Groups of eight numbers; the bytes of the last group may have been left out where its numbers do not count.
        long numbers = (long)(head >> 1) * 8;
        long room = bytes.Length - _at;
        if (_width > 0)
            numbers = Math.Min(numbers, room * 8 / _width);
        if (numbers == 0 && head >> 1 > 0)
            throw new CutShortException("packed numbers are cut short");
        _packedAt = _at;
        _packedDone = 0;
        _left = (int)Math.Min(numbers, int.MaxValue);
        _at += (int)Math.Min((long)(head >> 1) * _width, room);
        return _left > 0;
    }

    private uint Varint(ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (int shift = 0; shift < 32; shift += 7)
        {
            if (_at == bytes.Length)
                throw new CutShortException("there are fewer numbers than rows");
            byte part = bytes[_at++];
            value |= (uint)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return value;
        }
        throw new MalformedException("the length of a run has too many bytes");
    }
}
