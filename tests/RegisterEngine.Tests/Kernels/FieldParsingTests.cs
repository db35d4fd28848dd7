using System.Globalization;
using System.Text;
using RegisterEngine.Kernels;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Kernels;

/// <summary>Each parser against a slow reading of the same field, over every length of column, the usual forms and strange ones, with a forbidden page behind.</summary>
public sealed class FieldParsingTests
{
    private static readonly string[] Strange =
    [
        "", " ", "-1", "+1", "1 ", " 1", "1.5", "1,5", "abc", "12345678901234567", "123456789012345678", "\"1\"", "½", "/", ":", "1e5", "00", "0", "99999999",
        "100000000", "75,50", "75.50", "100,00", "0,00", ",50", "5,5", "5,505", "99999,99", "999999,99", "7550", "2024-02-29", "2023-02-29", "2000-02-29", "1900-02-29",
        "2024-13-01", "2024-00-10", "2024-01-00", "2024-01-32", "2024-04-31", "0000-01-01", "2024/01/01", "20240101", "01.01.2024", "2024-1-01", "2024-01-01 ", "9999-12-31",
    ];

    [Fact]
    public void IntegersAreReadOrLeftOver() => AssertParsed(
        (fields, values, left) => FieldParsing.Integers(fields, values, left),
        text => text.Length is >= 1 and <= 8 && text.All(char.IsAsciiDigit) ? int.Parse(text, CultureInfo.InvariantCulture) : null,
        random => $"{random.Next(1, 100_000_000)}"[..random.Next(1, 2)] + $"{random.Next(10_000)}");

    [Fact]
    public void HundredthsAreReadOrLeftOver() => AssertParsed(
        (fields, values, left) => FieldParsing.Hundredths(fields, (byte)',', values, left),
        text => text.Length is >= 4 and <= 8 && text[^3] == ',' && text.Where((_, i) => i != text.Length - 3).All(char.IsAsciiDigit)
            ? int.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            : null,
        random => $"{random.Next(1000)},{random.Next(100):00}");

    [Theory]
    [InlineData("%Y-%m-%d", "yyyy-MM-dd")]
    [InlineData("%d.%m.%Y", "dd.MM.yyyy")]
    [InlineData("%m/%d/%Y", "MM/dd/yyyy")]
    [InlineData("%Y%m%d", "yyyyMMdd")]
    public void DatesAreReadOrLeftOver(string pattern, string format)
    {
        DateForm form = DateForm.FromPattern(pattern)!.Value;
        AssertParsed(
            (fields, values, left) => FieldParsing.Dates(fields, form, values, left),
            text => DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? Days(date) : null,
            random => new DateOnly(1, 1, 1).AddDays(random.Next(3_000_000)).ToString(format, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("%Y-%m")]
    [InlineData("%Y-%m-%d-")]
    [InlineData("%d-%Y-%m")]
    [InlineData("%Y-%m.%d")]
    [InlineData("%y-%m-%d")]
    [InlineData("%Y-%Y-%d")]
    [InlineData("")]
    [InlineData("%")]
    public void OtherDatePatternsAreRefused(string pattern) => Assert.Null(DateForm.FromPattern(pattern));

    [Fact]
    public void EveryDayIsCountedAsTheCalendarDoes()
    {
        var random = new Random(5);
        for (DateOnly day = new(1, 1, 1); day < new DateOnly(9999, 12, 20); day = day.AddDays(random.Next(1, 12)))
        {
            Assert.True(CivilDate.TryDays(day.Year, day.Month, day.Day, out int days));
            Assert.Equal(Days(day), days);
        }
    }

    [Fact]
    public void KeysAreReadOrLeftOver() => AssertColumns<long>(
        (fields, values, left) => FieldParsing.Keys(fields, values, left),
        text => text.Length is >= 1 and <= 16 && DigitKey.TryPack(Encoding.Latin1.GetBytes(text), out long key) ? key : null,
        random => string.Concat(Enumerable.Range(0, random.Next(1, 18)).Select(_ => (char)('0' + random.Next(10)))));

    [Fact]
    public void CategoriesAreReadOrLeftOver()
    {
        byte[] table = new byte[256];
        table['M'] = 1;
        table['K'] = 2;
        AssertParsed(
            (fields, values, left) => FieldParsing.Categories(fields, table, values, left),
            text => text switch { "M" => 1, "K" => 2, _ => null },
            random => random.Next(2) == 0 ? "M" : "K");
    }

    [Fact]
    public void DigitKeysKeepLeadingZerosAndComeBack()
    {
        foreach (string text in (string[])["0", "00", "1", "01", "12345678901234567", "00000000000000001", "99999999999999999"])
        {
            Assert.True(DigitKey.TryPack(Encoding.ASCII.GetBytes(text), out long key));
            Assert.True(key >= 0);
            byte[] back = new byte[DigitKey.MaxLength];
            Assert.Equal(text, Encoding.ASCII.GetString(back, 0, DigitKey.Format(key, back)));
        }
        Assert.False(DigitKey.TryPack("123456789012345678"u8, out _));
        Assert.False(DigitKey.TryPack(""u8, out _));
        Assert.False(DigitKey.TryPack("12a"u8, out _));
    }

    [Fact]
    public void HashOfAFieldIsThatOfItsBytes()
    {
        var random = new Random(7);
        for (int length = 0; length <= 256; length++)
        {
            byte[] text = new byte[length];
            random.NextBytes(text);
            AssertColumns<ulong>(
                (fields, values, _) =>
                {
                    Hashing.Fields(fields, values);
                    return 0;
                },
                field => Hashing.Bytes(Encoding.Latin1.GetBytes(field)),
                _ => Encoding.Latin1.GetString(text).Replace(';', '.').Replace('\n', '.'),
                rows: 3,
                strange: false);
        }
    }

    [Theory]
    [InlineData("2015")]
    [InlineData("20152016")]
    [InlineData("201520167")]
    [InlineData("")]
    public void FieldsThatAreAllTheSameAreKnown(string usual) => AssertColumns<int>(
        (fields, values, leftOver) =>
        {
            bool areSame = fields.Rows > 0 && fields[0].Length is >= 1 and <= 8;
            for (int row = 0; row < fields.Rows; row++)
                areSame &= fields[row].SequenceEqual(fields[0]);
            Assert.Equal(areSame, FieldWords.AllSame(fields));
            leftOver.Clear();
            return 0;
        },
        _ => 0,
        random => random.Next(400) switch { 0 => usual + "7", 1 when usual.Length > 1 => usual[1..], 2 when usual.Length > 0 => usual[..^1] + "0", _ => usual },
        strange: false);

    private static int Days(DateOnly date) => date.DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private static void AssertParsed(Parser<int> parse, Func<string, int?> expected, Func<Random, string> usual) => AssertColumns(parse, expected, usual);

    private delegate int Parser<T>(FieldColumn fields, Span<T> values, Span<int> leftOver);

    private static void AssertColumns<T>(Parser<T> parse, Func<string, T?> expected, Func<Random, string> usual, int rows = 257, bool strange = true)
        where T : struct
    {
        var random = new Random(11);
        for (int count = 0; count < rows; count++)
        {
            List<string> texts = [.. Enumerable.Range(0, count).Select(_ => strange && random.Next(8) == 0 ? Strange[random.Next(Strange.Length)] : usual(random))];
            byte[] joined = Encoding.Latin1.GetBytes(string.Concat(texts.Select(text => $"x;{text};y\n")));
            using var memory = new GuardedMemory(FieldTable.Padding + joined.Length + FieldTable.Padding);
            Span<byte> block = memory.Span;
            block.Fill((byte)'7');
            joined.CopyTo(block[FieldTable.Padding..]);
            int[] offsets = new int[1 + (3 * count) + StructuralScan.Slack];
            offsets[0] = FieldTable.Padding - 1;
            StructuralScan.FindScalar(block, FieldTable.Padding, FieldTable.Padding + joined.Length, new Separators((byte)';', (byte)'\n'), 3, offsets.AsSpan(1));
            T[] values = new T[count];
            int[] leftOver = new int[count];

            int left = parse(new FieldTable(block, offsets, 3, count).Column(new FieldBounds(1, 2)), values, leftOver);

            HashSet<int> leftRows = [.. leftOver[..left]];
            for (int row = 0; row < count; row++)
            {
                T? value = expected(texts[row]);
                Assert.True(leftRows.Contains(row) == value is null, $"'{texts[row]}' was {(leftRows.Contains(row) ? "left over" : $"read as {values[row]}")}");
                if (value is { } number)
                    Assert.Equal(number, values[row]);
            }
        }
    }
}
