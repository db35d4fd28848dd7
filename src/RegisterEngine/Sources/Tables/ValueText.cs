using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>
/// Values as text: numbers with a decimal point and as many digits as they need, dates as 2024-12-01, points in time as 2024-12-01T13:45:00 (with Z where they are of a
/// time zone), bytes in hexadecimal digits, truth values as true and false. The same everywhere.
/// </summary>
internal static class ValueText
{
    private const int LongestNumber = 128;

    /// <summary>The value of a row, empty where it has none; as it stands where it is a text, else written out in a buffer.</summary>
    public static ReadOnlySpan<byte> Of(Column column, int row, ByteBuffer buffer)
    {
        if (column.IsNull(row))
            return [];
        if (column.Field.Type.HasOffsets)
            return column.TextAt(row);
        buffer.Clear();
        Append(buffer, column, row);
        return buffer.Written;
    }

    /// <summary>Appends the value of a row that has one.</summary>
    public static void Append(IBufferWriter<byte> target, Column column, int row)
    {
        if (column.Field.Type.Kind == TypeKind.Dictionary)
        {
            (column, row) = (((DictionaryValues)column.Codes!).Values, column.As<int>()[row]);
            if (column.IsNull(row))
                return;
        }
        ColumnType type = column.Field.Type;
        switch (type.Kind)
        {
            case TypeKind.Boolean: target.Write(Bits.Get(column.Values.Span, row) ? "true"u8 : "false"u8); break;
            case TypeKind.Int8: Number(target, column.As<sbyte>()[row]); break;
            case TypeKind.UInt8: Number(target, column.As<byte>()[row]); break;
            case TypeKind.Int16: Number(target, column.As<short>()[row]); break;
            case TypeKind.UInt16: Number(target, column.As<ushort>()[row]); break;
            case TypeKind.Int32: Number(target, column.As<int>()[row]); break;
            case TypeKind.UInt32: Number(target, column.As<uint>()[row]); break;
            case TypeKind.Int64 or TypeKind.Duration: Number(target, column.As<long>()[row]); break;
            case TypeKind.UInt64: Number(target, column.As<ulong>()[row]); break;
            case TypeKind.Half: Number(target, (float)column.As<Half>()[row]); break;
            case TypeKind.Float: Number(target, column.As<float>()[row]); break;
            case TypeKind.Double: Number(target, column.As<double>()[row]); break;
            case TypeKind.Decimal: Decimal(target, Unscaled(column, row), type.Scale); break;
            case TypeKind.Date32: Date(target, column.As<int>()[row]); break;
            case TypeKind.Date64: Time(target, column.As<long>()[row], TimeUnit.Millisecond, isZoned: false, isDate: true); break;
            case TypeKind.Timestamp: Time(target, column.As<long>()[row], type.Unit, type.TimeZone is not null, isDate: false); break;
            case TypeKind.Time: TimeOfDay(target, type.Width == sizeof(int) ? column.As<int>()[row] : column.As<long>()[row], type.Unit); break;
            case TypeKind.Utf8 or TypeKind.LargeUtf8: target.Write(column.TextAt(row)); break;
            case TypeKind.Code: target.Write(((CodeBook)column.Codes!).Utf8(column.As<int>()[row])); break;
            case TypeKind.Null: break;
            case TypeKind.Tuple: throw new NotSupportedException($"The tuples of column '{column.Field.Name}' are no values that can be shown.");
            default: target.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(column.TextAt(row)))); break;
        }
    }

    /// <summary>The number of units that a decimal counts.</summary>
    public static BigInteger Unscaled(Column column, int row) => column.Field.Type.Width switch
    {
        4 => column.As<int>()[row],
        8 => column.As<long>()[row],
        _ => new BigInteger(column.TextAt(row)),
    };

    private static void Number<T>(IBufferWriter<byte> target, T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(target.GetSpan(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        target.Advance(written);
    }

    private static void Decimal(IBufferWriter<byte> target, BigInteger units, int scale)
    {
        string digits = BigInteger.Abs(units).ToString(CultureInfo.InvariantCulture);
        if (scale < 0 && !units.IsZero)
            digits += new string('0', -scale);
        else if (scale > 0)
        {
            digits = digits.PadLeft(scale + 1, '0');
            digits = $"{digits[..^scale]}.{digits[^scale..]}";
        }
        target.Write(Encoding.ASCII.GetBytes(units.Sign < 0 ? "-" + digits : digits));
    }

    private static void Date(IBufferWriter<byte> target, long days)
    {
        (long year, int month, int day) = CivilDate.FromDays(days);
        string sign = year < 0 ? "-" : "";
        target.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(year):D4}-{month:D2}-{day:D2}")));
    }

    private static void Time(IBufferWriter<byte> target, long value, TimeUnit unit, bool isZoned, bool isDate)
    {
        long perDay = 86_400 * PerSecond(unit);
        long days = Math.DivRem(value, perDay, out long ofDay);
        if (ofDay < 0)
            (days, ofDay) = (days - 1, ofDay + perDay);
        Date(target, days);
        if (isDate && ofDay == 0)
            return;
        target.Write("T"u8);
        TimeOfDay(target, ofDay, unit);
        if (isZoned)
            target.Write("Z"u8);
    }

    // The fraction of a second where there is one, in as many digits as the unit has.
    private static void TimeOfDay(IBufferWriter<byte> target, long value, TimeUnit unit)
    {
        long seconds = Math.DivRem(value, PerSecond(unit), out long fraction);
        string text = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}");
        if (fraction != 0)
            text += "." + Math.Abs(fraction).ToString(CultureInfo.InvariantCulture).PadLeft(3 * (int)unit, '0');
        target.Write(Encoding.ASCII.GetBytes(text));
    }

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1_000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
