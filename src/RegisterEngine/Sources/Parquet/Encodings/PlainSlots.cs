using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>PLAIN: values side by side.</summary>
internal sealed class PlainSlots : SlotReader
{
    private ReadOnlyMemory<byte> _bytes;

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most) => _bytes = bytes;

    /// <inheritdoc/>
    public override void Read(Span<byte> target)
    {
        if (target.Length > _bytes.Length)
            throw new CutShortException("there are fewer values than rows");
        _bytes.Span[..target.Length].CopyTo(target);
        _bytes = _bytes[target.Length..];
    }

    /// <inheritdoc/>
    public override void Close()
    {
        // Zeros are padding.
        if (_bytes.Span.ContainsAnyExcept((byte)0))
            throw new MalformedException($"{_bytes.Length} bytes are left over behind the last value");
    }
}

/// <summary>PLAIN of truth values: a bit each; a byte each once read.</summary>
internal sealed class PlainBits : SlotReader
{
    private ReadOnlyMemory<byte> _bytes;
    private int _done;

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most) => (_bytes, _done) = (bytes, 0);

    /// <inheritdoc/>
    public override void Read(Span<byte> target)
    {
        ReadOnlySpan<byte> bits = _bytes.Span;
        if (_done + (long)target.Length > bits.Length * 8L)
            throw new CutShortException("there are fewer values than rows");
        for (int i = 0; i < target.Length; i++)
            target[i] = Bits.Get(bits, _done + i) ? (byte)1 : (byte)0;
        _done += target.Length;
    }
}

/// <summary>RLE of truth values: a length in four bytes and runs; a byte each once read.</summary>
internal sealed class RunBits : SlotReader
{
    private readonly HybridReader _runs = new();
    private int[] _numbers = [];

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most)
    {
        if (bytes.Length < sizeof(int))
            throw new CutShortException("the runs of a page are cut short");
        int length = BitConverter.ToInt32(bytes.Span);
        if ((uint)length > (uint)(bytes.Length - sizeof(int)))
            throw new CutShortException($"runs of {length} bytes are cut short");
        _runs.Open(bytes.Slice(sizeof(int), length), 1);
    }

    /// <inheritdoc/>
    public override void Read(Span<byte> target)
    {
        if (_numbers.Length < target.Length)
            _numbers = new int[target.Length];
        _runs.Read(_numbers.AsSpan(0, target.Length));
        for (int i = 0; i < target.Length; i++)
            target[i] = (byte)_numbers[i];
    }
}

/// <summary>BYTE_STREAM_SPLIT: all first bytes, then all second bytes, and so on.</summary>
internal sealed class SplitSlots(int width) : SlotReader
{
    private ReadOnlyMemory<byte> _bytes;
    private int _done;

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most)
    {
        if (width == 0 || bytes.Length % width != 0)
            throw new MalformedException($"{bytes.Length} bytes are no whole number of values of {width} bytes");
        (_bytes, _done) = (bytes, 0);
    }

    /// <inheritdoc/>
    public override void Read(Span<byte> target)
    {
        int count = target.Length / width;
        if (count > (_bytes.Length / width) - _done)
            throw new CutShortException("there are fewer values than rows");
        SplitStream.Join(_bytes.Span, width, _done, target);
        _done += count;
    }
}
