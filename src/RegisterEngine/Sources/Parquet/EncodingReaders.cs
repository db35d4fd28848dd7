namespace RegisterEngine.Sources.Parquet;

/// <summary>Readers of the pages of a column, one for each encoding, made when the first page comes in it.</summary>
/// <param name="make">Makes one; throws where there is none for the encoding.</param>
internal sealed class EncodingReaders<T>(Func<ParquetEncoding, T> make)
    where T : class
{
    private readonly T?[] _readers = new T?[(int)ParquetEncoding.ByteStreamSplit + 1];

    /// <summary>The reader of an encoding, whatever number a file gives it.</summary>
    public T Of(ParquetEncoding encoding) => (uint)encoding < (uint)_readers.Length ? _readers[(int)encoding] ??= make(encoding) : make(encoding);
}
