using System.Numerics;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Parquet.Encodings;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Numbers of 32 or 64 bits: by a dictionary where few are distinct, else as packed differences where that is shorter, else as they are.</summary>
internal sealed class SlotChunk<T>(Field field, StoredType type) : ChunkWriter(field, type)
    where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
{
    private const int Sample = 4096;

    private readonly Growing<T> _values = new();
    private readonly SlotDictionary<T> _dictionary = new();
    private readonly Growing<int> _codes = new();
    private readonly ByteBuffer _trial = new();

    private static int Size => Buffers.AsBytes<T>([default]).Length;

    private bool IsFloating => Type.Physical is PhysicalType.Float or PhysicalType.Double;

    /// <inheritdoc/>
    public override int Present => _values.Count;

    /// <inheritdoc/>
    public override int UsualBytes => Size;

    /// <inheritdoc/>
    public override int DictionaryCount => Encoding == ParquetEncoding.RleDictionary ? _dictionary.Values.Count : 0;

    /// <inheritdoc/>
    public override void Prepare()
    {
        Encoding = ParquetEncoding.Plain;
        if (_dictionary.TryEncode(_values.Items, _codes))
        {
            int width = BitPack.WidthOf((ulong)Math.Max(0, _dictionary.Values.Count - 1));
            long bytes = ((long)_dictionary.Values.Count * Size) + ((long)_values.Count * width / 8);
            if (_values.Count > 0 && bytes < (long)_values.Count * Size * 3 / 4)
                Encoding = ParquetEncoding.RleDictionary;
        }
        if (Encoding == ParquetEncoding.Plain && !IsFloating && _values.Count > 0 && DifferencesPay())
            Encoding = ParquetEncoding.DeltaBinaryPacked;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ByteBuffer target) => target.Append(Buffers.AsBytes<T>(_dictionary.Values.Items));

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer target)
    {
        switch (Encoding)
        {
            case ParquetEncoding.RleDictionary:
                CodedPage.Write(_codes.Items.Slice(from, count), DictionaryCount, target);
                break;
            case ParquetEncoding.DeltaBinaryPacked:
                DeltaWriter.Write<T>(_values.Items.Slice(from, count), target);
                break;
            default:
                target.Append(Buffers.AsBytes<T>(_values.Items.Slice(from, count)));
                break;
        }
    }

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max)? Statistics()
    {
        ReadOnlySpan<T> values = Encoding == ParquetEncoding.RleDictionary ? _dictionary.Values.Items : _values.Items;
        bool isUnsigned = Type.Logical is { Kind: LogicalKind.Integer, IsSigned: false };
        (int least, int most) = (-1, -1);
        (long min, long max) = (0, 0);
        for (int i = 0; i < values.Length; i++)
        {
            if (SortKey(values[i], isUnsigned) is not { } key)
                continue;
            if (least < 0 || key < min)
                (least, min) = (i, key);
            if (most < 0 || key > max)
                (most, max) = (i, key);
        }
        if (least < 0)
            return null;
        byte[] lowest = Buffers.AsBytes<T>([values[least]]).ToArray();
        byte[] highest = Buffers.AsBytes<T>([values[most]]).ToArray();
        // Zeros of both signs are equal, and readers may find either.
        if (IsFloating && T.IsZero(values[least]))
            lowest[^1] = 0x80;
        if (IsFloating && values[most] << 1 == T.Zero)
            highest[^1] = 0;
        return (lowest, highest);
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    /// <inheritdoc/>
    protected override void AddValues(Column column, int from, int count, Span<byte> validity, int first)
    {
        Span<T> target = _values.Room(count);
        ColumnType type = column.Field.Type;
        switch (type.Kind)
        {
            case TypeKind.Int8: Convert(column.As<sbyte>().Slice(from, count), target); break;
            case TypeKind.UInt8: Convert(column.As<byte>().Slice(from, count), target); break;
            case TypeKind.Int16: Convert(column.As<short>().Slice(from, count), target); break;
            case TypeKind.UInt16: Convert(column.As<ushort>().Slice(from, count), target); break;
            case TypeKind.Date64: Days(column.As<long>().Slice(from, count), target, validity, first); break;
            default: column.As<T>().Slice(from, count).CopyTo(target); break;
        }
        int present = column.NullCount == 0 ? count : Compact.Present(target, validity, first, target);
        if (type.Kind is TypeKind.Time or TypeKind.Timestamp && type.Unit == TimeUnit.Second)
            Thousandths(target[..present]);
        _values.Advance(present);
    }

    private static void Convert<TFrom>(ReadOnlySpan<TFrom> source, Span<T> target)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = T.CreateTruncating(source[i]);
    }

    private void Days(ReadOnlySpan<long> milliseconds, Span<T> target, ReadOnlySpan<byte> validity, int first)
    {
        const long day = 86_400_000;
        for (int i = 0; i < milliseconds.Length; i++)
        {
            (long days, long ofDay) = Math.DivRem(milliseconds[i], day);
            if ((ofDay != 0 || days != (int)days) && Bits.Get(validity, first + i))
                throw new ArgumentException($"Column '{Field.Name}' has a date with a time of day, or too far away, which dates of Parquet do not hold.");
            target[i] = T.CreateTruncating(days);
        }
    }

    private void Thousandths(Span<T> seconds)
    {
        T thousand = T.CreateTruncating(1000);
        foreach (ref T value in seconds)
            try
            {
                value = checked(value * thousand);
            }
            catch (OverflowException e)
            {
                throw new ArgumentException($"Column '{Field.Name}' has a time that cannot be told in milliseconds.", e);
            }
    }

    private bool DifferencesPay()
    {
        _trial.Clear();
        ReadOnlySpan<T> sample = _values.Items[..Math.Min(Sample, _values.Count)];
        DeltaWriter.Write(sample, _trial);
        return _trial.Length < sample.Length * Size * 3 / 4;
    }

    // A number that is ordered as the values are; null for what has no place in the order.
    private long? SortKey(T value, bool isUnsigned)
    {
        long bits = long.CreateTruncating(value);
        if (isUnsigned)
            return Size == sizeof(int) ? (uint)bits : bits ^ long.MinValue;
        if (!IsFloating)
            return bits;
        if (Type.Physical == PhysicalType.Float ? float.IsNaN(BitConverter.Int32BitsToSingle((int)bits)) : double.IsNaN(BitConverter.Int64BitsToDouble(bits)))
            return null;
        return bits ^ ((bits >> 63) & (Size == sizeof(int) ? int.MaxValue : long.MaxValue));
    }
}
