using System.Buffers.Binary;
using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Support;

/// <summary>Batches of random values of every type, from a seed: with missing values, extreme numbers, repeated and long texts.</summary>
internal static class RandomTables
{
    private static readonly string[] Words = ["", "a", "Ås", "Tromsø", "7174", "0301", "日本", "en litt lengre tekst enn seksten byte", "😀", "x\"y;z\n"];

    public static IReadOnlyList<Field> AllTypes { get; } =
    [
        new("nothing", ColumnType.Null), new("bit", ColumnType.Boolean), new("int8", ColumnType.Int8), new("uint8", ColumnType.UInt8), new("int16", ColumnType.Int16),
        new("uint16", ColumnType.UInt16), new("int32", ColumnType.Int32), new("uint32", ColumnType.UInt32), new("int64", ColumnType.Int64), new("uint64", ColumnType.UInt64),
        new("half", ColumnType.Half), new("float", ColumnType.Float), new("double", ColumnType.Double), new("decimal4", ColumnType.Decimal(9, 2, 4)),
        new("decimal8", ColumnType.Decimal(18, 4, 8)), new("decimal16", ColumnType.Decimal(38, 10)), new("decimal32", ColumnType.Decimal(76, 0)), new("day", ColumnType.Date32),
        new("day64", ColumnType.Date64), new("second", ColumnType.Time(TimeUnit.Second)), new("millisecond", ColumnType.Time(TimeUnit.Millisecond)),
        new("microsecond", ColumnType.Time(TimeUnit.Microsecond)), new("nanosecond", ColumnType.Time(TimeUnit.Nanosecond)), new("then", ColumnType.Timestamp(TimeUnit.Second)),
        new("when", ColumnType.Timestamp(TimeUnit.Millisecond, "UTC")), new("micros", ColumnType.Timestamp(TimeUnit.Microsecond)), new("nanos", ColumnType.Timestamp(TimeUnit.Nanosecond)),
        new("how long", ColumnType.Duration(TimeUnit.Second)), new("sixteen", ColumnType.FixedSizeBinary(16)), new("three", ColumnType.FixedSizeBinary(3)),
        new("bytes", ColumnType.Binary), new("far bytes", ColumnType.LargeBinary), new("text", ColumnType.Utf8), new("far text", ColumnType.LargeUtf8),
        new("coded", ColumnType.Dictionary(ColumnType.Utf8)), new("coded number", ColumnType.Dictionary(ColumnType.Int32)), new("required", ColumnType.Int64, IsNullable: false),
        new("required text", ColumnType.Utf8, IsNullable: false),
    ];

    public static BatchSchema Schema(IEnumerable<Field> fields) => new([.. fields]);

    public static ColumnBatch Make(BatchSchema schema, int rows, int seed, double nulls)
    {
        var random = new Random(seed);
        var columns = new List<Column>();
        foreach (Field field in schema.Fields)
        {
            DictionaryValues? codes = field.Type.Kind == TypeKind.Dictionary ? Values(field.Type.Values!, random) : null;
            var column = new Column(field, rows, codes);
            Fill(column, rows, random, field.IsNullable ? nulls : 0);
            columns.Add(column);
        }
        return new ColumnBatch(schema, columns, rows);
    }

    private static DictionaryValues Values(ColumnType type, Random random)
    {
        var values = new Column(new Field("", type), 20);
        Fill(values, 20, random, 0.1);
        return new DictionaryValues(values, 20);
    }

    private static void Fill(Column column, int rows, Random random, double nulls)
    {
        ColumnType type = column.Field.Type;
        // A column of one batch is of few values, of nearly equal ones, or of any.
        int kind = random.Next(3);
        long middle = random.NextInt64();
        for (int row = 0; row < rows; row++)
        {
            bool isNull = random.NextDouble() < nulls;
            if (type.HasOffsets)
                Append(column, row, isNull ? [] : type.IsText ? Text(random, kind) : Encoding.UTF8.GetBytes(Text(random, kind).Length % 2 == 0 ? "\0\x01" : "ÿþ"));
            else if (type.Kind == TypeKind.Dictionary)
                column.As<int>()[row] = random.Next(20);
            else if (type.Kind == TypeKind.Boolean)
                Bits.Fill(column.Values.Span, row, 1, random.Next(2) == 0);
            else if (type.Width > 0)
                Number(column, row, random, kind switch { 0 => random.Next(5), 1 => middle + random.Next(1000), _ => random.Next(20) == 0 ? long.MaxValue : random.NextInt64(long.MinValue, long.MaxValue) });
            if (isNull && type.Kind != TypeKind.Null)
                column.SetNull(row);
        }
    }

    private static void Number(Column column, int row, Random random, long number)
    {
        ColumnType type = column.Field.Type;
        Span<byte> slot = column.Values.Span.Slice(row * type.Width, type.Width);
        long inRange = type.Kind switch
        {
            TypeKind.Time => Math.Abs(number % (86_400L * (long)Math.Pow(1000, (int)type.Unit))),
            TypeKind.Timestamp when type.Unit == TimeUnit.Nanosecond => number,
            TypeKind.Timestamp => number % 9_000_000_000_000,
            TypeKind.Date32 => number % 2_000_000,
            TypeKind.Date64 => number % 2_000_000 * 86_400_000,
            TypeKind.Decimal => number % 999_999_999,
            _ => number,
        };
        Span<byte> wide = stackalloc byte[32];
        wide.Fill(inRange < 0 ? (byte)0xFF : (byte)0);
        BinaryPrimitives.WriteInt64LittleEndian(wide, inRange);
        if (type.Kind == TypeKind.FixedSizeBinary)
            random.NextBytes(wide);
        wide[..type.Width].CopyTo(slot);
        // One not-a-number is like another, but not in bits.
        if (type.Kind == TypeKind.Half && Half.IsNaN(column.As<Half>()[row]))
            column.As<Half>()[row] = Half.NaN;
        if (type.Kind == TypeKind.Float && float.IsNaN(column.As<float>()[row]))
            column.As<float>()[row] = float.NaN;
        if (type.Kind == TypeKind.Double && double.IsNaN(column.As<double>()[row]))
            column.As<double>()[row] = double.NaN;
    }

    private static byte[] Text(Random random, int kind) => Encoding.UTF8.GetBytes(kind == 0 ? Words[random.Next(Words.Length)] : $"{Words[random.Next(Words.Length)]}{random.Next(100_000)}");

    private static void Append(Column column, int row, ReadOnlySpan<byte> value)
    {
        bool isFar = column.Field.Type.Width == sizeof(long);
        int end = isFar ? (int)column.As<long>()[row] : column.As<int>()[row];
        column.ReserveData(end + value.Length);
        value.CopyTo(column.Data.Span[end..]);
        if (isFar)
            column.As<long>()[row + 1] = end + value.Length;
        else
            column.As<int>()[row + 1] = end + value.Length;
    }
}
