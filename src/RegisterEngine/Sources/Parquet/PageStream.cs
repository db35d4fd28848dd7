using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>A page, decompressed.</summary>
/// <param name="Header">What stands before it.</param>
/// <param name="Levels">Which rows have a value, where that stands apart (version 2).</param>
/// <param name="Body">The values; in version 1, after which rows have one.</param>
internal readonly record struct Page(PageHeader Header, ReadOnlyMemory<byte> Levels, ReadOnlyMemory<byte> Body);

/// <summary>Reads the pages of one column chunk after the other, in memory that is used again for every page.</summary>
internal sealed class PageStream(ByteStore store, CodecSet codecs, int limit)
{
    private const int ReadAhead = 256 << 10;
    private const int UsualHeader = 4 << 10;

    private byte[] _window = [];
    private int _start;
    private int _end;
    private long _next;
    private long _chunkEnd;
    private CompressionKind _codec;
    private byte[] _page = [];

    // Bytes of the chunk that have not been taken.
    private long Left => _end - _start + (_chunkEnd - _next);

    /// <summary>Goes to the first page of a chunk.</summary>
    /// <exception cref="MalformedException">The chunk does not lie in the file, or is compressed in an unknown way.</exception>
    public void Open(ColumnChunk chunk, long fileEnd)
    {
        if (chunk.Start < 4 || chunk.CompressedSize < 0 || chunk.Start > fileEnd - chunk.CompressedSize)
            throw new MalformedException($"the column stands at bytes {chunk.Start} to {chunk.Start + chunk.CompressedSize}, outside the file's data");
        _codec = chunk.Codec switch
        {
            0 => CompressionKind.None,
            1 => CompressionKind.Snappy,
            2 => CompressionKind.Gzip,
            4 => CompressionKind.Brotli,
            5 => CompressionKind.Lz4Hadoop,
            6 => CompressionKind.Zstandard,
            7 => CompressionKind.Lz4Block,
            3 => throw new MalformedException("it is compressed by LZO, which is not read; write it again with another compression"),
            _ => throw new MalformedException($"it is compressed in a way that nobody knows, number {chunk.Codec}"),
        };
        _next = chunk.Start;
        _chunkEnd = chunk.Start + chunk.CompressedSize;
        _start = _end = 0;
    }

    /// <summary>Reads the next page; its memory is good until the one after it is read.</summary>
    /// <exception cref="MalformedException">The page is damaged, larger than allowed, or there is none.</exception>
    public Page Next()
    {
        PageHeader header = Header();
        if (header.CompressedSize > Left)
            throw new CutShortException($"a page of {header.CompressedSize} bytes is cut short");
        if (Math.Max(header.CompressedSize, header.UncompressedSize) > limit)
            throw new MalformedException($"a page takes {Math.Max(header.CompressedSize, header.UncompressedSize)} bytes, more than the limit of {limit}");
        Fill(header.CompressedSize);
        ReadOnlyMemory<byte> bytes = _window.AsMemory(_start, header.CompressedSize);
        _start += header.CompressedSize;
        if (header.Crc is { } crc && Crc32.Hash(bytes.Span) != crc)
            throw new MalformedException("the checksum of a page is not right: the file is damaged");
        if (header.Type != (int)PageType.DataV2)
            return new Page(header, default, Decompress(bytes, header.UncompressedSize, isCompressed: true));
        long levels = (long)header.DefinitionBytes + header.RepetitionBytes;
        if (header.DefinitionBytes < 0 || header.RepetitionBytes < 0 || levels > bytes.Length || levels > header.UncompressedSize)
            throw new MalformedException("the levels of a page are longer than the page");
        ReadOnlyMemory<byte> body = Decompress(bytes[(int)levels..], header.UncompressedSize - (int)levels, header.IsCompressed);
        return new Page(header, bytes.Slice(header.RepetitionBytes, header.DefinitionBytes), body);
    }

    private PageHeader Header()
    {
        // Statistics may make a header long; nearly none is.
        for (int bytes = UsualHeader; ; bytes *= 8)
        {
            bool isAll = bytes >= Left;
            Fill((int)Math.Min(bytes, Left));
            try
            {
                PageHeader header = PageHeader.Read(_window.AsSpan(_start, _end - _start), out int length);
                _start += length;
                return header;
            }
            catch (CutShortException) when (!isAll && bytes < limit)
            {
            }
        }
    }

    private ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> bytes, int size, bool isCompressed)
    {
        if (_codec == CompressionKind.None || !isCompressed)
            return bytes.Length == size ? bytes : throw new MalformedException($"a page of {bytes.Length} bytes says that it has {size}");
        if (size == 0)
            return default;
        if (_page.Length < size)
            _page = GC.AllocateUninitializedArray<byte>((int)Math.Min(limit, size + (size / 4L)));
        codecs[_codec].Decompress(bytes, _page.AsSpan(0, size));
        return _page.AsMemory(0, size);
    }

    // Makes sure that so many bytes of the chunk stand in the window.
    private void Fill(int count)
    {
        int have = _end - _start;
        if (have >= count)
            return;
        int wanted = (int)Math.Min(Math.Max(count, ReadAhead), Left);
        byte[] window = _window.Length >= wanted ? _window : GC.AllocateUninitializedArray<byte>(Arrays.Roomy(wanted));
        _window.AsSpan(_start, have).CopyTo(window);
        _window = window;
        _start = 0;
        store.Read(_next, window.AsSpan(have, wanted - have));
        _next += wanted - have;
        _end = wanted;
    }
}
