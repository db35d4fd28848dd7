using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>PLAIN: each value after its length in four bytes.</summary>
internal sealed class PlainBytes : BytesReader
{
    private ReadOnlyMemory<byte> _bytes;
    private int _at;

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most) => (_bytes, _at) = (bytes, 0);

    /// <inheritdoc/>
    public override void Read(Span<int> lengths, BytesSink sink)
    {
        // What is left of the page holds all its values; most of it may belong to later reads.
        long room = Math.Max(0, _bytes.Length - _at - (sizeof(int) * (long)lengths.Length));
        room = Math.Min(room, Math.Max(1 << 16, 64L * lengths.Length));
        int next = ByteArrays.CopyPlain(_bytes.Span, _at, lengths, sink.Reserve(room));
        if (next < 0)
            next = ByteArrays.CopyPlain(_bytes.Span, _at, lengths, sink.Reserve(Needed(lengths.Length)));
        if (next < 0)
            throw new CutShortException("a value is cut short, or there are fewer values than rows");
        sink.Advance(next - _at - (sizeof(int) * lengths.Length));
        _at = next;
    }

    private long Needed(int count)
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        long at = _at, sum = 0;
        for (int i = 0; i < count; i++)
        {
            int length = at <= bytes.Length - sizeof(int) ? BitConverter.ToInt32(bytes[(int)at..]) : -1;
            at += sizeof(int) + (long)length;
            if (length < 0 || at > bytes.Length)
                throw new CutShortException("a value is cut short, or there are fewer values than rows");
            sum += length;
        }
        return sum;
    }
}

/// <summary>DELTA_LENGTH_BYTE_ARRAY: the lengths as differences, then all values.</summary>
internal sealed class DeltaLengthBytes(int limit) : BytesReader
{
    private readonly DeltaReader _lengths = new();
    private int[] _all = [];
    private int _count;
    private int _done;
    private ReadOnlyMemory<byte> _data;

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most)
    {
        // Equal lengths take no bytes, however many there are.
        _lengths.Open(bytes, Math.Min(most, limit / sizeof(int)));
        _count = _lengths.Count;
        if (_all.Length < _count)
            _all = new int[_count];
        _lengths.Read(_all.AsSpan(0, _count));
        _done = 0;
        _data = bytes[_lengths.Position..];
    }

    /// <summary>The next lengths, as many as there is room for, and their values together.</summary>
    public ReadOnlySpan<byte> Take(Span<int> lengths)
    {
        if (lengths.Length > _count - _done)
            throw new CutShortException("there are fewer values than rows");
        long sum = 0;
        int signs = 0;
        _all.AsSpan(_done, lengths.Length).CopyTo(lengths);
        foreach (int length in lengths)
        {
            sum += length;
            signs |= length;
        }
        if (signs < 0 || sum > _data.Length)
            throw new CutShortException("a value is cut short");
        _done += lengths.Length;
        ReadOnlySpan<byte> values = _data.Span[..(int)sum];
        _data = _data[(int)sum..];
        return values;
    }

    /// <inheritdoc/>
    public override void Read(Span<int> lengths, BytesSink sink)
    {
        ReadOnlySpan<byte> values = Take(lengths);
        values.CopyTo(sink.Reserve(values.Length));
        sink.Advance(values.Length);
    }
}

/// <summary>DELTA_BYTE_ARRAY: how many bytes each value shares with the one before, and the rest of it.</summary>
internal sealed class DeltaBytes(int limit) : BytesReader
{
    private readonly DeltaReader _prefixes = new();
    private readonly DeltaLengthBytes _suffixes = new(limit);
    private int[] _all = [];
    private int _done;
    private byte[] _last = [];
    private int _lastLength;

    /// <inheritdoc/>
    public override void Open(ReadOnlyMemory<byte> bytes, int most)
    {
        _prefixes.Open(bytes, Math.Min(most, limit / sizeof(int)));
        if (_all.Length < _prefixes.Count)
            _all = new int[_prefixes.Count];
        _prefixes.Read(_all.AsSpan(0, _prefixes.Count));
        _suffixes.Open(bytes[_prefixes.Position..], most);
        _done = _lastLength = 0;
    }

    /// <inheritdoc/>
    public override void Read(Span<int> lengths, BytesSink sink)
    {
        ReadOnlySpan<byte> suffixes = _suffixes.Take(lengths);
        if (lengths.Length > _prefixes.Count - _done)
            throw new CutShortException("there are fewer values than rows");
        for (int i = 0; i < lengths.Length; i++)
        {
            int prefix = _all[_done++];
            if ((uint)prefix > (uint)_lastLength)
                throw new MalformedException($"a value shares {prefix} bytes with one of {_lastLength}");
            Span<byte> target = sink.Reserve((long)prefix + lengths[i]);
            _last.AsSpan(0, prefix).CopyTo(target);
            suffixes[..lengths[i]].CopyTo(target[prefix..]);
            suffixes = suffixes[lengths[i]..];
            lengths[i] += prefix;
            Keep(target[..lengths[i]], prefix);
            sink.Advance(lengths[i]);
        }
    }

    private void Keep(ReadOnlySpan<byte> value, int known)
    {
        if (_last.Length < value.Length)
            Array.Resize(ref _last, Math.Max(64, value.Length * 2));
        value[known..].CopyTo(_last.AsSpan(known));
        _lastLength = value.Length;
    }
}
