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
            for (int i = 0; i < count; i += Lanes)
            {
                Vector512<ulong> highWords = Load(high, i);
                Vector512<ulong> lowWords = Load(low, i);
                Vector512<ulong> value = (DigitLanes.Number(highWords, out Vector512<byte> badHigh) * 100_000_000)
                    + DigitLanes.Number(lowWords, out Vector512<byte> badLow);
                uint bad = DigitLanes.BadWords(badHigh | badLow);
                Vector512<ulong> keys = value | (LengthOf(highWords) + LengthOf(lowWords));
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
                uint bad = parser.Parse(Load(words, i), out Vector256<int> parsed);
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
    private static Vector512<ulong> Load(Span<ulong> words, int at) => Vector512.Create<ulong>(words.Slice(at, Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> parsed, Span<int> values, int at, int count)
    {
        if (count >= Lanes)
            parsed.CopyTo(values.Slice(at, Lanes));
        else
            for (int lane = 0; lane < count; lane++)
                values[at + lane] = parsed[lane];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> parsed, Span<long> values, int at, int count)
    {
        if (count >= Lanes)
            parsed.AsInt64().CopyTo(values.Slice(at, Lanes));
        else
            for (int lane = 0; lane < count; lane++)
                values[at + lane] = (long)parsed[lane];
    }

    // The number of bytes that are not zero, where DigitKey keeps it: a byte of ones for each, added up by a multiplication.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> LengthOf(Vector512<ulong> words)
    {
        Vector512<byte> present = Vector512.AndNot(Vector512<byte>.One, Vector512.Equals(words.AsByte(), Vector512<byte>.Zero));
        return ((present.AsUInt64() * 0x0101010101010101) >>> 56) << DigitKey.LengthShift;
    }

    /// <summary>One way to read words: the loop is written once, above.</summary>
    private interface IWordParser
    {
        void Load(FieldColumn fields, int first, Span<ulong> words);

        /// <returns>A bit for each word that is in another form.</returns>
        uint Parse(Vector512<ulong> words, out Vector256<int> values);
    }

    private readonly struct IntegerParser : IWordParser
    {
        public void Load(FieldColumn fields, int first, Span<ulong> words) => FieldWords.Load(fields, first, words);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Parse(Vector512<ulong> words, out Vector256<int> values)
        {
            values = ToInt32(DigitLanes.Number(words, out Vector512<byte> bad));
            return DigitLanes.BadWords(bad);
        }
    }

    private readonly struct HundredthsParser(byte separator) : IWordParser
    {
        private const int SeparatorAt = 40;

        public void Load(FieldColumn fields, int first, Span<ulong> words) => FieldWords.Load(fields, first, words);

        // The separator is the sixth byte; the bytes before it move up by one. A word of fewer than four bytes has a zero just before or at it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Parse(Vector512<ulong> words, out Vector256<int> values)
        {
            Vector512<ulong> decimals = Vector512.Create(0xFFFF_0000_0000_0000);
            Vector512<ulong> closed = (words & decimals) | ((words << 8) & ~decimals);
            values = ToInt32(DigitLanes.Number(closed, out Vector512<byte> bad));
            Vector512<ulong> lastWhole = words & Vector512.Create(0xFFUL << (SeparatorAt - 8));
            Vector512<ulong> mark = words & Vector512.Create(0xFFUL << SeparatorAt);
            Vector512<ulong> right = Vector512.Equals(mark, Vector512.Create((ulong)separator << SeparatorAt))
                & ~Vector512.Equals(lastWhole, Vector512<ulong>.Zero);
            return DigitLanes.BadWords(bad | (~right).AsByte());
        }
    }

    private readonly struct DateParser(DateForm form) : IWordParser
    {
        private readonly DateForm _form = form;

        public void Load(FieldColumn fields, int first, Span<ulong> words) => FieldWords.LoadDates(fields, first, _form, words);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Parse(Vector512<ulong> words, out Vector256<int> values)
        {
            Vector512<ulong> pairs = DigitLanes.Pairs(DigitLanes.Digits(words, out Vector512<byte> bad)).AsUInt64();
            Vector512<ulong> pair = Vector512.Create(0xFFFFUL);
            Vector256<int> year = (ToInt32(pairs & pair) * 100) + ToInt32((pairs >>> 16) & pair);
            values = CivilDate.Days(year, ToInt32((pairs >>> 32) & pair), ToInt32(pairs >>> 48), out Vector256<int> noDate);
            // A zero byte counts as digit 0, but a date that has one is no date of this form.
            return DigitLanes.BadWords(bad | Vector512.Equals(words.AsByte(), Vector512<byte>.Zero)) | noDate.ExtractMostSignificantBits();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ToInt32(Vector512<ulong> numbers) => Vector256.Narrow(numbers.GetLower(), numbers.GetUpper()).AsInt32();
}
