using System.Buffers.Binary;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Messages of a file, mapped into memory: first all dictionaries, then the batches, as the footer lists them.</summary>
internal sealed class MessageFile : MessageSource
{
    private const int Tail = 10;
    private const int Head = 8;
    private const int BlockBytes = 24;

    private readonly ArrowBody _file;
    private readonly MappedFile? _mapped;
    private readonly List<Block> _blocks = [];
    private int _next;
    private long _bytesRead;

    public MessageFile(MappedFile file, int limit)
        : base(limit) => (_mapped, _file) = (file, new ArrowBody(file, 0, file.Length));

    public MessageFile(Memory<byte> bytes, int limit)
        : base(limit) => _file = new ArrowBody(bytes);

    /// <summary>What a file begins and ends with.</summary>
    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <inheritdoc/>
    public override long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <inheritdoc/>
    public override ArrowSchema ReadSchema()
    {
        if (_file.Length < Head + Tail || !_file.Slice(0, Magic.Length).Span.SequenceEqual(Magic))
            throw new MalformedException("it is no Arrow file");
        ReadOnlySpan<byte> tail = _file.Slice(_file.Length - Tail, Tail).Span;
        if (!tail[sizeof(int)..].SequenceEqual(Magic))
            throw new CutShortException("it does not end as an Arrow file does: it is cut short");
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > _file.Length - Tail - Head || length > Limit)
            throw new MalformedException($"a footer of {length} bytes does not fit the file");
        ReadOnlySpan<byte> bytes = _file.Slice(_file.Length - Tail - length, length).Span;
        FlatTable footer = FlatTable.Root(bytes);
        if (!footer.TryTable(1, out FlatTable schema))
            throw new MalformedException("it does not tell its columns");
        // Old writers left the version of the footer out.
        ArrowSchema read = SchemaMessage.Read(schema, Math.Max(SchemaMessage.OldestVersion, (int)footer.Int16(0)), length);
        AddBlocks(footer.Sequence(2, BlockBytes), ArrowMessage.Dictionary);
        AddBlocks(footer.Sequence(3, BlockBytes), ArrowMessage.Batch);
        return read with { Metadata = [.. read.Metadata, .. SchemaMessage.Metadata(footer.Sequence(4, 4))] };
    }

    /// <inheritdoc/>
    public override bool TryNext(ref Memory<byte> memory, out ArrowMessage message)
    {
        message = default;
        if (_next == _blocks.Count)
            return false;
        Block block = _blocks[_next++];
        if (block.MetadataLength is < 8 || block.MetadataLength > Limit)
            throw new MalformedException($"the metadata of a message take {block.MetadataLength} bytes, and the limit is {Limit}");
        ReadOnlyMemory<byte> metadata = _file.Slice(block.At, block.MetadataLength);
        int length = BinaryPrimitives.ReadInt32LittleEndian(metadata.Span);
        int prefix = sizeof(int);
        if (length == Continuation)
        {
            length = BinaryPrimitives.ReadInt32LittleEndian(metadata.Span[prefix..]);
            prefix += sizeof(int);
        }
        if (length < 0 || length > metadata.Length - prefix)
            throw new MalformedException("the metadata of a message are longer than the file says");
        metadata = metadata.Slice(prefix, length);
        FlatTable table = FlatTable.Root(metadata.Span);
        if (table.Byte(1) != block.Kind || table.Int64(3) != block.BodyLength)
            throw new MalformedException("a message is not what the file says that it is");
        long at = block.At + block.MetadataLength;
        if (block.BodyLength < 0 || at > _file.Length - block.BodyLength)
            throw new CutShortException($"a batch stands at bytes {at} to {at + block.BodyLength} of {_file.Length}");
        ArrowBody body = _mapped is null ? new ArrowBody(_file.Slice(at, block.BodyLength)) : new ArrowBody(_mapped, at, block.BodyLength);
        Interlocked.Add(ref _bytesRead, block.MetadataLength + block.BodyLength);
        message = new ArrowMessage(metadata, body);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _mapped?.Dispose();

    private void AddBlocks(FlatSequence blocks, int kind)
    {
        for (int i = 0; i < blocks.Count; i++)
            _blocks.Add(new Block(blocks.Int64(i), BinaryPrimitives.ReadInt32LittleEndian(blocks[i][8..]), blocks.Int64(i, 2), kind));
    }

    private readonly record struct Block(long At, int MetadataLength, long BodyLength, int Kind);
}
