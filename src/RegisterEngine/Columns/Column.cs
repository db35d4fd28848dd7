using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>
/// One column of a <see cref="ColumnBatch"/>, in the Arrow memory layout: a bitmap of the rows that have a value, the values (or the offsets of
/// texts), and for texts their bytes. Whoever made the memory owns it; a column only says where it lies.
/// </summary>
public sealed class Column
{
    private readonly Memory<byte> _validity;

    /// <summary>An empty column with room for some rows.</summary>
    /// <exception cref="ArgumentException">A column of codes needs their meaning, others must not have one.</exception>
    public Column(Field field, int capacity, ICodes? codes = null)
    {
        if ((field.Type == ColumnType.Code) != (codes is CodeBook) || (field.Type == ColumnType.Tuple) != (codes is TupleBook))
            throw new ArgumentException($"Column '{field.Name}' of type {field.Type} does not go with codes of {codes?.GetType().Name ?? "no kind"}.", nameof(codes));
        Field = field;
        Codes = codes;
        Capacity = capacity;
        _validity = Buffers.Allocate((capacity + 7) / 8);
        _validity.Span.Fill(0xFF);
        Values = Buffers.Allocate(checked((capacity + (field.Type == ColumnType.Text ? 1 : 0)) * WidthOf(field.Type)));
    }

    /// <summary>Name and type.</summary>
    public Field Field { get; }

    /// <summary>What the codes mean; null for other types.</summary>
    public ICodes? Codes { get; }

    /// <summary>Rows that the column has room for.</summary>
    public int Capacity { get; }

    /// <summary>How many rows have no value.</summary>
    public int NullCount { get; private set; }

    /// <summary>Bit <c>row % 8</c> of byte <c>row / 8</c> is 1 where the row has a value.</summary>
    public ReadOnlyMemory<byte> Validity => _validity;

    /// <summary>The values of all rows, or the offsets of texts.</summary>
    public Memory<byte> Values { get; }

    /// <summary>The bytes of texts, one text after the other.</summary>
    public Memory<byte> Data { get; private set; }

    /// <summary>The values as numbers of their type: <see cref="int"/> for 32-bit numbers, dates, codes and offsets, <see cref="long"/> for 64-bit numbers.</summary>
    public Span<T> As<T>()
        where T : unmanaged => Buffers.As<T>(Values.Span);

    /// <summary>Whether the row has no value.</summary>
    public bool IsNull(int row) => !Bits.Get(_validity.Span, row);

    /// <summary>Takes the value of a row away.</summary>
    public void SetNull(int row)
    {
        if (IsNull(row))
            return;
        Bits.Clear(_validity.Span, row);
        NullCount++;
    }

    /// <summary>Takes the values of some rows away.</summary>
    public void SetNull(int from, int count)
    {
        NullCount += count - Bits.CountClear(_validity.Span, from, count);
        Bits.Fill(_validity.Span, from, count, value: false);
    }

    /// <summary>Says that a row has a value again.</summary>
    public void SetValue(int row) => SetValues(row, 1);

    /// <summary>Says that some rows have values again.</summary>
    public void SetValues(int from, int count)
    {
        if (NullCount == 0)
            return;
        NullCount -= Bits.CountClear(_validity.Span, from, count);
        Bits.Fill(_validity.Span, from, count, value: true);
    }

    /// <summary>Says that all rows have values.</summary>
    public void Clear() => SetValues(0, Capacity);

    /// <summary>The bytes of one text.</summary>
    public ReadOnlySpan<byte> TextAt(int row)
    {
        Span<int> offsets = As<int>();
        return Data.Span[offsets[row]..offsets[row + 1]];
    }

    /// <summary>Makes sure that texts of some bytes in all have room; what is there stays.</summary>
    public void ReserveData(int bytes)
    {
        if (bytes <= Data.Length)
            return;
        Memory<byte> larger = Buffers.Allocate(Math.Max(bytes, Data.Length * 2));
        Data.CopyTo(larger);
        Data = larger;
    }

    private static int WidthOf(ColumnType type) => type == ColumnType.Int64 ? sizeof(long) : sizeof(int);
}
