using System.Buffers.Binary;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Where messages come from: a stream, one after the other; or a file, which says at its end where they stand.</summary>
internal abstract class MessageSource(int limit) : IDisposable
{
    protected const int Continuation = -1;

    /// <summary>The most bytes that metadata may take.</summary>
    protected int Limit { get; } = limit;

    /// <summary>Bytes read so far.</summary>
    public abstract long BytesRead { get; }

    /// <summary>The columns.</summary>
    /// <exception cref="MalformedException">The source is damaged, or no Arrow data.</exception>
    public abstract ArrowSchema ReadSchema();

    /// <summary>The next dictionary or batch; false where none is left.</summary>
    /// <param name="memory">Memory where the bytes of a batch may go, used again for the next.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="MalformedException">The source is damaged.</exception>
    public abstract bool TryNext(ref Memory<byte> memory, out ArrowMessage message);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Reads a schema from a message.</summary>
    protected static ArrowSchema Schema(ReadOnlySpan<byte> metadata)
    {
        FlatTable message = FlatTable.Root(metadata);
        if (message.Byte(1) != ArrowMessage.Schema || !message.TryTable(2, out FlatTable schema))
            throw new MalformedException("it does not begin with its columns");
        return SchemaMessage.Read(schema, message.Int16(0), metadata.Length);
    }
}

/// <summary>Messages of a stream.</summary>
internal sealed class MessageStream(Stream stream, int limit) : MessageSource(limit)
{
    private const int FirstPart = 1 << 20;

    private long _bytesRead;

    /// <inheritdoc/>
    public override long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <inheritdoc/>
    public override ArrowSchema ReadSchema()
    {
        byte[] metadata = Metadata() ?? throw new CutShortException("it is empty");
        return Schema(metadata);
    }

    /// <inheritdoc/>
    public override bool TryNext(ref Memory<byte> memory, out ArrowMessage message)
    {
        message = default;
        byte[]? metadata = Metadata();
        if (metadata is null)
            return false;
        FlatTable table = FlatTable.Root(metadata);
        long length = table.Int64(3);
        if (length < 0)
            throw new MalformedException("a message has a negative length");
        if (length > Array.MaxLength - 128)
            throw new MalformedException($"a batch of {length} bytes is more than can be read; write it again in smaller ones");
        if (table.Byte(1) == ArrowMessage.Batch)
        {
            Body(ref memory, (int)length);
            message = new ArrowMessage(metadata, new ArrowBody(memory[..(int)length]));
            return true;
        }
        Memory<byte> own = default;
        Body(ref own, (int)length);
        message = new ArrowMessage(metadata, new ArrowBody(own[..(int)length]));
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => stream.Dispose();

    // Old writers leave out the continuation. A stream may end with a length of zero, or simply end.
    private byte[]? Metadata()
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        int read = Read(prefix);
        if (read == 0)
            return null;
        if (BytesRead == read && StreamMistake.Of(prefix[..read]) is { } mistake)
            throw new MalformedException(mistake);
        int length = Length(prefix, read);
        if (length == Continuation)
            length = Length(prefix, Read(prefix));
        if (length == 0)
            return null;
        if (length < 0 || length > Limit)
            throw new MalformedException($"the metadata of a message take {length} bytes, and the limit is {Limit}");
        byte[] metadata = new byte[Math.Min(length, FirstPart)];
        for (int done = 0; ; Array.Resize(ref metadata, (int)Math.Min(length, metadata.Length * 2L)))
        {
            int count = Read(metadata.AsSpan(done));
            done += count;
            if (done < metadata.Length)
                throw new CutShortException("it ends within the metadata of a message");
            if (done == length)
                return metadata;
        }
    }

    // Memory grows with what arrives, whatever the message announces.
    private void Body(ref Memory<byte> memory, int length)
    {
        int done = 0;
        while (true)
        {
            if (memory.Length < length)
            {
                Memory<byte> larger = Buffers.Allocate((int)Math.Min(length, Math.Max(FirstPart, done * 2L)));
                if (larger.Length > memory.Length)
                {
                    memory[..done].CopyTo(larger);
                    memory = larger;
                }
            }
            int room = Math.Min(length, memory.Length);
            int read = Read(memory.Span[done..room]);
            done += read;
            if (done < room)
                throw new CutShortException("it ends within a batch");
            if (done == length)
                return;
        }
    }

    private static int Length(ReadOnlySpan<byte> prefix, int read) =>
        read == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(prefix) : throw new CutShortException("it ends within the length of a message");

    private int Read(Span<byte> target)
    {
        int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        Interlocked.Add(ref _bytesRead, read);
        return read;
    }
}
