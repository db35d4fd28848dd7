using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Turns stored values into values of a column, where they are not the same.</summary>
internal static class SlotConversion
{
    // The Julian day of 1970-01-01.
    private const long EpochDay = 2_440_588;

    /// <summary>Converts values of fixed width.</summary>
    /// <param name="stored">The stored values.</param>
    /// <param name="leaf">What they are, and become.</param>
    /// <param name="target">Room for as many.</param>
    /// <exception cref="MalformedException">A value does not fit.</exception>
    public static void Convert(ReadOnlySpan<byte> stored, ParquetLeaf leaf, Span<byte> target)
    {
        ColumnType type = leaf.Field.Type;
        switch (leaf.Conversion)
        {
            case Conversion.Narrow: Narrow(Buffers.As<int>(stored), type, target); break;
            case Conversion.Widen when leaf.Width == sizeof(int): Widen(Buffers.As<int>(stored), type.Width, target); break;
            case Conversion.Widen: Widen(Buffers.As<long>(stored), type.Width, target); break;
            case Conversion.Int96: Int96(stored, type.Unit, Buffers.As<long>(target)); break;
            case Conversion.BigEndian:
                for (int i = 0; i < target.Length / type.Width; i++)
                    BigEndian(stored.Slice(i * leaf.Width, leaf.Width), target.Slice(i * type.Width, type.Width));
                break;
            default: throw new InvalidOperationException($"{leaf.Conversion} is no conversion of values of fixed width.");
        }
    }

    /// <summary>A number whose highest byte stands first, as one whose lowest byte does.</summary>
    /// <exception cref="MalformedException">It has more bytes than there is room for.</exception>
    public static void BigEndian(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        byte sign = stored.Length > 0 && stored[0] >= 0x80 ? byte.MaxValue : (byte)0;
        while (stored.Length > target.Length && stored[0] == sign)
            stored = stored[1..];
        if (stored.Length > target.Length || (stored.Length == target.Length && stored[0] >= 0x80 != (sign != 0)))
            throw new MalformedException($"a decimal has more than {8 * target.Length} bits");
        for (int i = 0; i < stored.Length; i++)
            target[i] = stored[^(i + 1)];
        target[stored.Length..].Fill(sign);
    }

    private static void Narrow(ReadOnlySpan<int> stored, ColumnType type, Span<byte> target)
    {
        (int least, int most) = type.Kind switch
        {
            TypeKind.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            TypeKind.UInt8 => (byte.MinValue, byte.MaxValue),
            TypeKind.Int16 => ((int)short.MinValue, (int)short.MaxValue),
            _ => (ushort.MinValue, ushort.MaxValue),
        };
        int span = most - least;
        bool fits = true;
        foreach (int value in stored)
            fits &= (uint)(value - least) <= (uint)span;
        if (!fits)
            throw new MalformedException($"a value does not fit {type}");
        if (type.Width == 1)
            for (int i = 0; i < stored.Length; i++)
                target[i] = (byte)stored[i];
        else
            for (int i = 0; i < stored.Length; i++)
                Buffers.As<ushort>(target)[i] = (ushort)stored[i];
    }

    private static void Widen<T>(ReadOnlySpan<T> stored, int width, Span<byte> target)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        Span<long> words = Buffers.As<long>(target);
        int step = width / sizeof(long);
        for (int i = 0; i < stored.Length; i++)
        {
            long value = long.CreateTruncating(stored[i]);
            words[i * step] = value;
            words.Slice((i * step) + 1, step - 1).Fill(value >> 63);
        }
    }

    private static void Int96(ReadOnlySpan<byte> stored, TimeUnit unit, Span<long> target)
    {
        long perDay = 86_400L * Power(unit);
        long nanos = 1_000_000_000 / Power(unit);
        for (int i = 0; i < target.Length; i++)
        {
            long ofDay = BitConverter.ToInt64(stored[(i * 12)..]);
            long day = BitConverter.ToInt32(stored[((i * 12) + 8)..]) - EpochDay;
            Int128 value = ((Int128)day * perDay) + (ofDay / nanos);
            // Spark reckons in 64-bit microseconds and lets days far away overflow: modulo 2^64 they come back.
            if (ofDay % nanos != 0 || (value != (long)value && unit != TimeUnit.Microsecond))
                throw new MalformedException($"a 96-bit timestamp cannot be told in {unit}s; read it in another unit");
            target[i] = unchecked((long)value);
        }
    }

    private static long Power(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1_000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
