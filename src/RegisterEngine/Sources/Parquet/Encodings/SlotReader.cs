namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Reads values of fixed width in one encoding, page after page.</summary>
internal abstract class SlotReader
{
    /// <summary>Begins a page.</summary>
    /// <param name="bytes">Its values.</param>
    /// <param name="most">It has no more values than this.</param>
    public abstract void Open(ReadOnlyMemory<byte> bytes, int most);

    /// <summary>Reads the next values, as many as there is room for.</summary>
    /// <exception cref="Compression.MalformedException">There are not as many.</exception>
    public abstract void Read(Span<byte> target);

    /// <summary>Ends a page, all of whose values have been read.</summary>
    /// <exception cref="Compression.MalformedException">Something is left over that can be no padding.</exception>
    public virtual void Close()
    {
    }
}
