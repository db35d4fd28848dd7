using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>The bytes of a batch: a part of a mapped file, or memory.</summary>
internal readonly struct ArrowBody
{
    private readonly MappedFile? _file;
    private readonly Memory<byte> _memory;
    private readonly long _at;

    public ArrowBody(Memory<byte> memory) => (_memory, Length) = (memory, memory.Length);

    public ArrowBody(MappedFile file, long at, long length) => (_file, _at, Length) = (file, at, length);

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>Some of the bytes.</summary>
    /// <exception cref="MalformedException">They lie outside.</exception>
    public Memory<byte> Slice(long at, long length)
    {
        if (at < 0 || length < 0 || at > Length - length)
            throw new MalformedException($"a buffer stands at bytes {at} to {at + length} of {Length}");
        if (length > int.MaxValue)
            throw new MalformedException($"a buffer of {length} bytes is more than can be read; write it again in smaller batches");
        return _file is null ? _memory.Slice((int)at, (int)length) : _file.Slice(_at + at, (int)length);
    }
}

/// <summary>A message: its kind, its metadata and its bytes.</summary>
internal readonly record struct ArrowMessage(ReadOnlyMemory<byte> Metadata, ArrowBody Body)
{
    public const int Schema = 1;
    public const int Dictionary = 2;
    public const int Batch = 3;
}
