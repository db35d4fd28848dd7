using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>
/// One column of a <see cref="ColumnBatch"/>, in the Arrow memory layout: a bitmap of the rows that have a value, the values (or the offsets of
/// texts), and for texts their bytes. Whoever made the memory owns it; a column only says where it lies.
/// </summary>
public sealed class Column
{
    private Memory<byte> _validity;

    /// <summary>An empty column with room for some rows.</summary>
    /// <exception cref="ArgumentException">A column of codes needs their meaning, others must not have one.</exception>
    public Column(Field field, int capacity, ICodes? codes = null)
    {
        if (field.Type.Kind != TypeKind.Dictionary || codes is not null)
            ColumnChecks.Codes(field, codes);
        Field = field;
        Codes = codes;
        Capacity = capacity;
        _validity = Buffers.Allocate((capacity + 7) / 8);
        _validity.Span.Fill(0xFF);
        Values = Buffers.Allocate(ColumnChecks.ValueBytes(field.Type, capacity));
    }

    /// <summary>A column over memory that somebody else has filled. Everything that is said about it is checked; afterwards it is trusted.</summary>
    /// <param name="field">Name and type.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="memory">Where they lie. The memory must stay as it is for as long as the column is used.</param>
    /// <param name="codes">What codes mean; null for other types.</param>
    /// <exception cref="ArgumentException">A buffer is too short, offsets do not rise, a text is no UTF-8, a code stands for nothing, or codes have no meaning.</exception>
    public Column(Field field, int rows, ColumnMemory memory, ICodes? codes = null)
    {
        ColumnChecks.Codes(field, codes);
        Field = field;
        Codes = codes;
        Capacity = rows;
        _validity = memory.Validity;
        Values = memory.Values;
        Data = memory.Data;
        NullCount = ColumnChecks.CountNulls(field, rows, memory);
        ColumnChecks.Values(field, rows, memory, codes);
    }

    // A part of another column, which has been checked.
    private Column(Column whole, int from, int rows)
    {
        ColumnType type = whole.Field.Type;
        Field = whole.Field;
        Codes = whole.Codes;
        Capacity = rows;
        Data = whole.Data;
        Values = type.Kind == TypeKind.Boolean
            ? Bits.Slice(whole.Values, from, rows)
            : whole.Values.Slice(from * type.Width, Math.Min(whole.Values.Length - (from * type.Width), (rows + (type.HasOffsets ? 1 : 0)) * type.Width));
        if (whole.NullCount > 0 && type.Kind != TypeKind.Null)
            _validity = Bits.Slice(whole._validity, from, rows);
        NullCount = type.Kind == TypeKind.Null ? rows : _validity.IsEmpty ? 0 : Bits.CountClear(_validity.Span, 0, rows);
    }

    /// <summary>Name and type.</summary>
    public Field Field { get; }

    /// <summary>What the codes mean; null for other types.</summary>
    public ICodes? Codes { get; private set; }

    /// <summary>Rows that the column has room for.</summary>
    public int Capacity { get; }

    /// <summary>How many rows have no value.</summary>
    public int NullCount { get; private set; }

    /// <summary>Bit <c>row % 8</c> of byte <c>row / 8</c> is 1 where the row has a value; may be empty where every row has one.</summary>
    public ReadOnlyMemory<byte> Validity => _validity;

    /// <summary>The values of all rows, or the offsets of texts.</summary>
    public Memory<byte> Values { get; }

    /// <summary>The bytes of texts, one text after the other.</summary>
    public Memory<byte> Data { get; private set; }

    /// <summary>The bitmap, to be written; <see cref="Recount"/> must follow.</summary>
    internal Span<byte> ValidityBits
    {
        get
        {
            if (_validity.IsEmpty && Capacity > 0)
            {
                _validity = Buffers.Allocate((Capacity + 7) / 8);
                _validity.Span.Fill(0xFF);
            }
            return _validity.Span;
        }
    }

    /// <summary>The values as numbers of their type: <see cref="int"/> for 32-bit numbers, dates, codes and offsets, <see cref="long"/> for 64-bit numbers.</summary>
    public Span<T> As<T>()
        where T : unmanaged => Buffers.As<T>(Values.Span);

    /// <summary>Whether the row has no value.</summary>
    public bool IsNull(int row) => Field.Type.Kind == TypeKind.Null || (NullCount > 0 && !Bits.Get(_validity.Span, row));

    /// <summary>Takes the value of a row away.</summary>
    public void SetNull(int row)
    {
        Span<byte> bits = ValidityBits;
        if (!Bits.Get(bits, row))
            return;
        Bits.Clear(bits, row);
        NullCount++;
    }

    /// <summary>Takes the values of some rows away.</summary>
    public void SetNull(int from, int count)
    {
        Span<byte> bits = ValidityBits;
        NullCount += count - Bits.CountClear(bits, from, count);
        Bits.Fill(bits, from, count, value: false);
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

    /// <summary>The bytes of one value of any length, or of one of fixed length.</summary>
    public ReadOnlySpan<byte> TextAt(int row)
    {
        if (Field.Type.Kind is TypeKind.LargeUtf8 or TypeKind.LargeBinary)
        {
            Span<long> far = As<long>();
            return Data.Span[(int)far[row]..(int)far[row + 1]];
        }
        if (!Field.Type.HasOffsets)
            return Values.Span.Slice(row * Field.Type.Width, Field.Type.Width);
        Span<int> offsets = As<int>();
        return Data.Span[offsets[row]..offsets[row + 1]];
    }

    /// <summary>Some rows as a column of their own, in the same memory where bitmaps allow it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows.</exception>
    public Column Slice(int from, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Capacity - rows);
        return new Column(this, from, rows);
    }

    /// <summary>Makes sure that texts of some bytes in all have room; what is there stays.</summary>
    public void ReserveData(int bytes)
    {
        if (bytes <= Data.Length)
            return;
        Memory<byte> larger = Buffers.Allocate((int)Math.Min(Math.Max(bytes, Data.Length * 2L), Array.MaxLength - 64));
        Data.CopyTo(larger);
        Data = larger;
    }

    /// <summary>Says what the codes of all rows mean from here on.</summary>
    /// <exception cref="ArgumentException">The column has no codes, or they cannot mean that.</exception>
    public void UseCodes(ICodes codes)
    {
        ColumnChecks.Codes(Field, codes);
        Codes = codes;
    }

    /// <summary>Counts the rows without a value again, after the bitmap was written.</summary>
    internal void Recount(int rows) => NullCount = _validity.IsEmpty ? 0 : Bits.CountClear(_validity.Span, 0, rows);
}
