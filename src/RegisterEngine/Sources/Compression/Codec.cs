namespace RegisterEngine.Sources.Compression;

/// <summary>One kind of compression: for one thread.</summary>
internal abstract class Codec : IDisposable
{
    /// <summary>Writes the bytes that compressed ones stand for.</summary>
    /// <param name="source">The compressed bytes.</param>
    /// <param name="target">Room for exactly the bytes that there should be.</param>
    /// <exception cref="MalformedException">The source is damaged, or stands for more or fewer bytes.</exception>
    /// <exception cref="MissingLibraryException">The system lacks a library.</exception>
    public abstract void Decompress(ReadOnlyMemory<byte> source, Span<byte> target);

    /// <summary>The most bytes that some bytes become.</summary>
    public abstract int MaxCompressed(int bytes);

    /// <summary>Compresses and returns how many bytes were written; the target has room for <see cref="MaxCompressed"/>.</summary>
    /// <exception cref="NotSupportedException">The kind is only read.</exception>
    /// <exception cref="MissingLibraryException">The system lacks a library.</exception>
    public abstract int Compress(ReadOnlySpan<byte> source, Span<byte> target);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    private protected static MalformedException Damaged(string kind) => new($"the {kind} data is damaged");
}
