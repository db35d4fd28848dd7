using System.Buffers;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>Bytes that grow; the memory is kept when they are cleared.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = [];

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>Room for some bytes at the end.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(Length + (long)bytes, Math.Max(256, _bytes.Length * 2L))));
        return _bytes.AsSpan(Length);
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    /// <summary>Appends a number, lowest byte first.</summary>
    public void Append<T>(T value)
        where T : unmanaged
    {
        Span<T> one = [value];
        Append(Buffers.AsBytes(one));
    }

    /// <summary>Appends a number, seven bits a byte.</summary>
    public void AppendVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Append((byte)(value | 0x80));
        Append((byte)value);
    }

    /// <summary>Fills up with zeros to a multiple of some bytes.</summary>
    public void Align(int bytes)
    {
        int zeros = -Length & (bytes - 1);
        Reserve(zeros)[..zeros].Clear();
        Length += zeros;
    }

    /// <summary>Forgets all bytes.</summary>
    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(Math.Max(sizeHint, 256));
}
