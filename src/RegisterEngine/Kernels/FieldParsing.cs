using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>
/// Reads one field of many records at once in the form that nearly all extracts have, straight from bytes. Rows in any other form are listed
/// as left over, for the careful reader that knows blanks, quotes, missing values and errors.
/// </summary>
/// <remarks>
/// Every field must have <see cref="FieldTable.Padding"/> readable bytes on both sides, and no byte of it may be zero. A value that is written
/// equals what the careful reader would write; the slot of a left-over row has no meaning.
/// </remarks>
internal static class FieldParsing
{
    // Words of a chunk are stored, then read again as vectors: far enough apart that the stores have left the store buffer.
    private const int Chunk = 128;
    private const int Lanes = 8;
    private const int KeyLanes = 4;

    /// <summary>Whole numbers of one to eight digits.</summary>
    /// <param name="fields">The column to read.</param>
    /// <param name="values">A number for each row.</param>
    /// <param name="leftOver">Room for a row number a row.</param>
    /// <returns>How many rows are listed in <paramref name="leftOver"/>.</returns>
    public static int Integers(FieldColumn fields, Span<int> values, Span<int> leftOver) =>
        Parse(fields, default(IntegerParser), values, leftOver);

    /// <summary>Numbers of one to five digits, a separator and two decimals ("75,50"), as hundredths (7550).</summary>
    /// <inheritdoc cref="Integers"/>
    public static int Hundredths(FieldColumn fields, byte separator, Span<int> values, Span<int> leftOver) =>
        Parse(fields, new HundredthsParser(separator), values, leftOver);

    /// <summary>Dates of one form, as days since 1970-01-01.</summary>
    /// <inheritdoc cref="Integers"/>
    public static int Dates(FieldColumn fields, DateForm form, Span<int> values, Span<int> leftOver) =>
        Parse(fields, new DateParser(form), values, leftOver);

    /// <summary>Keys of one to sixteen digits: see <see cref="DigitKey"/>.</summary>
    /// <inheritdoc cref="Integers"/>
    public static int Keys(FieldColumn fields, Span<long> values, Span<int> leftOver)
    {
        Check(fields, values.Length, leftOver.Length);
        Span<ulong> high = stackalloc ulong[Chunk];
        Span<ulong> low = stackalloc ulong[Chunk];
        int left = 0;
        for (int first = 0; first < fields.Rows; first += Chunk)
        {
            int count = Math.Min(Chunk, fields.Rows - first);
            FieldWords.LoadPairs(fields, first, high[..count], low[..count]);
            for (int i = 0; i < count; i += KeyLanes)
            {
                Vector256<ulong> highWords = Load(high, i);
                Vector256<ulong> lowWords = Load(low, i);
                Vector256<ulong> value = (DigitLanes.Number(highWords, out Vector256<byte> badHigh) * 100_000_000)
                    + DigitLanes.Number(lowWords, out Vector256<byte> badLow);
                uint bad = DigitLanes.BadWords(badHigh | badLow);
                Vector256<ulong> keys = value | (LengthOf(highWords) + LengthOf(lowWords));
                Store(keys, values, first + i, count - i);
                if (bad != 0)
                    left = List(bad, first + i, count - i, leftOver, left);
            }
        }
        return left;
    }

    /// <summary>One-byte values by a table of 256 entries, in which 0 means that the byte is no value.</summary>
    /// <inheritdoc cref="Integers"/>
    public static int Categories(FieldColumn fields, ReadOnlySpan<byte> table, Span<int> values, Span<int> leftOver)
    {
        Check(fields, values.Length, leftOver.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, 256);
        FieldCursor cursor = fields.CursorAt(0);
        ReadOnlySpan<byte> text = fields.Text;
        int left = 0;
        for (int row = 0; row < fields.Rows; row++, cursor.MoveNext())
        {
            int start = cursor.Start;
            byte category = table[text[start]];
            values[row] = category;
            if (cursor.End - start != 1 || category == 0)
                leftOver[left++] = row;
        }
        return left;
    }

    private static int Parse<TParser>(FieldColumn fields, TParser parser, Span<int> values, Span<int> leftOver)
        where TParser : struct, IWordParser
    {
        Check(fields, values.Length, leftOver.Length);
        Span<ulong> words = stackalloc ulong[Chunk];
        int left = 0;
        for (int first = 0; first < fields.Rows; first += Chunk)
        {
            int count = Math.Min(Chunk, fields.Rows - first);
            parser.Load(fields, first, words[..count]);
            for (int i = 0; i < count; i += Lanes)
            {
                uint bad = parser.Parse(Load(words, i), Load(words, i + (Lanes / 2)), out Vector256<int> parsed);
                Store(parsed, values, first + i, count - i);
                if (bad != 0)
                    left = List(bad, first + i, count - i, leftOver, left);
            }
        }
        return left;
    }

    private static void Check(FieldColumn fields, int values, int leftOver)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values, fields.Rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(leftOver, fields.Rows);
    }

    private static int List(uint bad, int first, int count, Span<int> leftOver, int left)
    {
        for (; bad != 0; bad &= bad - 1)
        {
            int lane = BitOperations.TrailingZeroCount(bad);
            if (lane < count)
                leftOver[left++] = first + lane;
        }
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Load(Span<ulong> words, int at) => Vector256.Create<ulong>(words.Slice(at, Vector256<ulong>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> parsed, Span<int> values, int at, int count)
    {
        if (count >= Lanes)
            parsed.CopyTo(values.Slice(at, Lanes));
        else
            StoreLast(parsed, values.Slice(at, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ulong> parsed, Span<long> values, int at, int count)
    {
        if (count >= KeyLanes)
            parsed.AsInt64().CopyTo(values.Slice(at, KeyLanes));
        else
            StoreLast(parsed.AsInt64(), values.Slice(at, count));
    }

    private static void StoreLast<T>(Vector256<T> parsed, Span<T> values)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector256<T>.Count];
        parsed.CopyTo(lanes);
        lanes[..values.Length].CopyTo(values);
    }

    // The number of bytes that are not zero, where DigitKey keeps it: a byte of ones for each, added up by a multiplication.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> LengthOf(Vector256<ulong> words)
    {
        Vector256<byte> present = Vector256.AndNot(Vector256<byte>.One, Vector256.Equals(words.AsByte(), Vector256<byte>.Zero));
        return ((present.AsUInt64() * 0x0101010101010101) >>> 56) << DigitKey.LengthShift;
    }

    /// <summary>One way to read words, eight at a time: the loop is written once, above.</summary>
    private interface IWordParser
    {
        void Load(FieldColumn fields, int first, Span<ulong> words);

        /// <returns>A bit for each word that is in another form.</returns>
        uint Parse(Vector256<ulong> low, Vector256<ulong> high, out Vector256<int> values);
    }

    private readonly struct IntegerParser : IWordParser
    {
        public void Load(FieldColumn fields, int first, Span<ulong> words) => FieldWords.Load(fields, first, words);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Parse(Vector256<ulong> low, Vector256<ulong> high, out Vector256<int> values)
        {
            values = ToInt32(DigitLanes.Number(low, out Vector256<byte> badLow), DigitLanes.Number(high, out Vector256<byte> badHigh));
            return BadWords(badLow, badHigh);
        }
    }

    private readonly struct HundredthsParser(byte separator) : IWordParser
    {
        private const int SeparatorAt = 40;

        public void Load(FieldColumn fields, int first, Span<ulong> words) => FieldWords.Load(fields, first, words);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Parse(Vector256<ulong> low, Vector256<ulong> high, out Vector256<int> values)
        {
            values = ToInt32(Number(low, out Vector256<byte> badLow), Number(high, out Vector256<byte> badHigh));
            return BadWords(badLow, badHigh);
        }

        // The separator is the sixth byte; the bytes before it move up by one. A word of fewer than four bytes has a zero just before or at it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<ulong> Number(Vector256<ulong> words, out Vector256<byte> bad)
        {
            Vector256<ulong> decimals = Vector256.Create(0xFFFF_0000_0000_0000);
            Vector256<ulong> closed = (words & decimals) | ((words << 8) & ~decimals);
            Vector256<ulong> number = DigitLanes.Number(closed, out bad);
            Vector256<ulong> lastWhole = words & Vector256.Create(0xFFUL << (SeparatorAt - 8));
            Vector256<ulong> mark = words & Vector256.Create(0xFFUL << SeparatorAt);
            Vector256<ulong> right = Vector256.Equals(mark, Vector256.Create((ulong)separator << SeparatorAt))
                & ~Vector256.Equals(lastWhole, Vector256<ulong>.Zero);
            bad |= (~right).AsByte();
            return number;
        }
    }

    private readonly struct DateParser(DateForm form) : IWordParser
    {
        private readonly DateForm _form = form;

        public void Load(FieldColumn fields, int first, Span<ulong> words) => FieldWords.LoadDates(fields, first, _form, words);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Parse(Vector256<ulong> low, Vector256<ulong> high, out Vector256<int> values)
        {
            Vector256<ulong> lowPairs = Pairs(low, out Vector256<byte> badLow), highPairs = Pairs(high, out Vector256<byte> badHigh);
            Vector256<int> year = (PairAt(lowPairs, highPairs, 0) * 100) + PairAt(lowPairs, highPairs, 1);
            values = CivilDate.Days(year, PairAt(lowPairs, highPairs, 2), PairAt(lowPairs, highPairs, 3), out Vector256<int> noDate);
            return BadWords(badLow, badHigh) | noDate.ExtractMostSignificantBits();
        }

        // A zero byte counts as digit 0, but a date that has one is no date of this form.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<ulong> Pairs(Vector256<ulong> words, out Vector256<byte> bad)
        {
            Vector256<ulong> pairs = DigitLanes.Pairs(DigitLanes.Digits(words, out bad)).AsUInt64();
            bad |= Vector256.Equals(words.AsByte(), Vector256<byte>.Zero);
            return pairs;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> PairAt(Vector256<ulong> low, Vector256<ulong> high, int place)
        {
            Vector256<ulong> pair = Vector256.Create(0xFFFFUL);
            return ToInt32((low >>> (16 * place)) & pair, (high >>> (16 * place)) & pair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BadWords(Vector256<byte> low, Vector256<byte> high) => DigitLanes.BadWords(low) | (DigitLanes.BadWords(high) << (Lanes / 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ToInt32(Vector256<ulong> low, Vector256<ulong> high) => Vector256.Narrow(low, high).AsInt32();
}
