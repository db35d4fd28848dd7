using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Parquet.Encodings;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Collects the values of one column of a row group, chooses how to encode them, and encodes them page by page.</summary>
internal abstract class ChunkWriter(Field field, StoredType type)
{
    /// <summary>Bytes that the values of a dictionary may take.</summary>
    protected const int MostDictionaryBytes = 8 << 20;

    private byte[] _validity = [];
    private int _rows;

    /// <summary>Name and type of the column.</summary>
    public Field Field { get; } = field;

    /// <summary>How its values are stored.</summary>
    public StoredType Type { get; } = type;

    /// <summary>How many rows have been collected.</summary>
    public int Rows => _rows;

    /// <summary>How many values there are: rows that have one.</summary>
    public abstract int Present { get; }

    /// <summary>How values are encoded, once <see cref="Prepare"/> has chosen.</summary>
    public ParquetEncoding Encoding { get; protected set; }

    /// <summary>Values of the dictionary, where there is one.</summary>
    public virtual int DictionaryCount => 0;

    /// <summary>Which rows have a value.</summary>
    protected ReadOnlySpan<byte> Validity => _validity;

    /// <summary>Collects some rows.</summary>
    public void Add(Column column, int from, int count)
    {
        int needed = (_rows + count + 7) / 8;
        if (_validity.Length < needed)
            Array.Resize(ref _validity, Math.Max(needed, _validity.Length * 2));
        if (column.Field.Type.Kind == TypeKind.Null)
            Bits.Fill(_validity, _rows, count, value: false);
        else if (column.NullCount == 0)
            Bits.Fill(_validity, _rows, count, value: true);
        else
            Bits.Copy(column.Validity.Span, from, _validity, _rows, count);
        int first = _rows;
        _rows += count;
        AddValues(column, from, count, _validity, first);
    }

    /// <summary>Chooses the encoding.</summary>
    public abstract void Prepare();

    /// <summary>Writes the values of the dictionary.</summary>
    public virtual void WriteDictionary(ByteBuffer target)
    {
    }

    /// <summary>Writes some of the values that are there.</summary>
    public abstract void WriteValues(int from, int count, ByteBuffer target);

    /// <summary>About how many bytes a value takes, to keep pages of long values small.</summary>
    public virtual int UsualBytes => sizeof(long);

    /// <summary>Smallest and largest value; null where nothing is said about them.</summary>
    public virtual (byte[] Min, byte[] Max)? Statistics() => null;

    /// <summary>Writes which of some rows have a value, and returns how many.</summary>
    public int WriteLevels(int from, int count, ByteBuffer target, int[] scratch)
    {
        int present = count - Bits.CountClear(_validity, from, count);
        int at = target.Length;
        target.Append(0);
        if (present == count)
            HybridWriter.WriteRun(1, count, 1, target);
        else
        {
            Span<int> levels = scratch.AsSpan(0, count);
            for (int row = 0; row < count; row++)
                levels[row] = Bits.Get(_validity, from + row) ? 1 : 0;
            HybridWriter.Write(levels, 1, target);
        }
        BitConverter.TryWriteBytes(target.Written[at..], target.Length - at - sizeof(int));
        return present;
    }

    /// <summary>Forgets all rows.</summary>
    public virtual void Clear() => _rows = 0;

    /// <summary>Collects the values of some rows.</summary>
    /// <param name="column">The column.</param>
    /// <param name="from">Its first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="validity">Which of all collected rows have a value; may be corrected.</param>
    /// <param name="first">The bit of the first row.</param>
    protected abstract void AddValues(Column column, int from, int count, Span<byte> validity, int first);

    /// <summary>A writer for a column.</summary>
    /// <exception cref="ArgumentException">Values of this type have no place in Parquet.</exception>
    public static ChunkWriter New(Field field)
    {
        StoredType type = StoredType.Of(field);
        if (field.Type is { Kind: TypeKind.Dictionary, Values: { HasOffsets: false } values })
            return new DecodedChunk(field, type, New(field with { Type = values }));
        return type.Physical switch
        {
            _ when type.Logical.Kind == LogicalKind.Null => new EmptyChunk(field, type),
            PhysicalType.Boolean => new BitChunk(field, type),
            PhysicalType.Int32 or PhysicalType.Float => new SlotChunk<int>(field, type),
            PhysicalType.Int64 or PhysicalType.Double => new SlotChunk<long>(field, type),
            PhysicalType.FixedLenByteArray => new FixedChunk(field, type),
            _ => new BytesChunk(field, type),
        };
    }
}
