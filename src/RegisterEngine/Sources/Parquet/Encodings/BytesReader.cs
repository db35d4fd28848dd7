using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Reads values of any length in one encoding, page after page.</summary>
internal abstract class BytesReader
{
    /// <summary>Begins a page.</summary>
    /// <param name="bytes">Its values.</param>
    /// <param name="most">It has no more values than this.</param>
    public abstract void Open(ReadOnlyMemory<byte> bytes, int most);

    /// <summary>Appends the next values, as many as there is room for lengths.</summary>
    /// <exception cref="MalformedException">There are not as many, or they take more bytes than allowed.</exception>
    public abstract void Read(Span<int> lengths, BytesSink sink);
}

/// <summary>Where values of any length go: the data of a column, which grows up to a limit.</summary>
internal sealed class BytesSink(Column column, int limit)
{
    /// <summary>The column.</summary>
    public Column Column => column;

    /// <summary>Bytes that have been written.</summary>
    public int End { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear() => End = 0;

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => column.Data.Span[..End];

    /// <summary>Room for some bytes, and <see cref="ByteArrays.Slack"/> more.</summary>
    /// <exception cref="MalformedException">That would be more than allowed.</exception>
    public Span<byte> Reserve(long bytes)
    {
        if (End + bytes > limit)
            throw new MalformedException($"the values of {column.Capacity} rows take more than {limit} bytes, which is the limit");
        column.ReserveData((int)(End + bytes) + ByteArrays.Slack);
        return column.Data.Span[End..];
    }

    /// <summary>Says how many bytes were written.</summary>
    public void Advance(int bytes) => End += bytes;
}
