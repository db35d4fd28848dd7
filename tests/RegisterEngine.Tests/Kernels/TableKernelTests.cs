using System.Text;
using RegisterEngine.Kernels;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Kernels;

public sealed class TableKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void TextTableFindsWhatADictionaryFindsWhereTextsRepeat(int mostRepeats)
    {
        var random = new Random(3);
        var table = new TextTable();
        var known = new Dictionary<string, int>();
        for (int round = 0; round < 60; round++)
        {
            List<string> texts = [.. Enumerable.Range(0, random.Next(1, 200)).SelectMany(_ => Enumerable.Repeat(Text(random), random.Next(1, mostRepeats + 1)))];
            int[] expected = [.. texts.Select(text => known.GetValueOrDefault(text, -1 - round))];
            int[] numbers = new int[texts.Count];
            var unknown = new List<int>();
            Find(table, texts, numbers, row =>
            {
                unknown.Add(row);
                // A longer text is not found, however often it was seen.
                return texts[row].Length > TextTable.MaxLength ? -1 - round : known[texts[row]] = table.Add(Padded(texts[row]));
            });
            for (int row = 0; row < texts.Count; row++)
                Assert.Equal(texts[row].Length > TextTable.MaxLength ? -1 - round : known[texts[row]], numbers[row]);
            IEnumerable<int> first = Enumerable.Range(0, texts.Count)
                .Where(row => expected[row] < 0 && (texts[row].Length > TextTable.MaxLength || texts.IndexOf(texts[row]) == row));
            Assert.Equal(first, unknown);
        }
        Assert.True(table.Count > 1000);
        table.Clear();
        Assert.Equal(TextTable.None, table.Find(Padded("a")));
    }

    [Fact]
    public void TextTableFindsTextsThatComeInTheOrderOfAnotherYear()
    {
        var random = new Random(4);
        var table = new TextTable();
        var known = new Dictionary<string, int>();
        List<string> order = [.. Enumerable.Range(0, 300).Select(i => $"{i / 10:0000}|{new string('x', i % 5)}{random.Next():0000000000}")];
        for (int year = 0; year < 20; year++)
        {
            order.RemoveAt(random.Next(order.Count));
            order.Insert(random.Next(order.Count), $"{year}");
            // A text that begins like the one that is expected next is another.
            order[^1] += "y";
            List<string> texts = [.. order.SelectMany(text => Enumerable.Repeat(text, random.Next(1, 9)))];
            int[] numbers = new int[texts.Count];
            Find(table, texts, numbers, row => known[texts[row]] = table.Add(Padded(texts[row])));
            Assert.Equal(texts.Select(text => known[text]), numbers);
        }
        Assert.Equal(known.Count, table.Count);
    }

    [Fact]
    public void TextTableSurvivesTextsMadeToCollide()
    {
        // The same first and last sixteen bytes: the short hash is the same for all.
        var table = new TextTable();
        List<string> texts = [.. Enumerable.Range(0, 5000).Select(i => $"0123456789abcdef{i:000000000}0123456789abcdef")];
        foreach (string text in texts)
            table.Add(Padded(text));
        int[] numbers = new int[texts.Count];

        Find(table, texts, numbers, _ => TextTable.None);

        Assert.Equal(Enumerable.Range(0, texts.Count), numbers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(22)]
    [InlineData(32)]
    public void RadixSortSortsByTheLowestBits(int bits)
    {
        var random = new Random(bits);
        for (int length = 0; length <= 256; length++)
        {
            uint[] keys = [.. Enumerable.Range(0, length).Select(_ => (uint)random.NextInt64(0, 1L << bits))];
            ulong[] wide = [.. keys.Select(key => (ulong)key)];
            uint[] expected = [.. keys.Order()];
            RadixSort.Sort(keys.AsSpan(), new uint[length], bits);
            RadixSort.Sort(wide.AsSpan(), new ulong[length], bits);
            Assert.Equal(expected, keys);
            Assert.Equal(expected, wide.Select(key => (uint)key));
        }
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(13, 19)]
    [InlineData(7, 40)]
    public void RadixSortKeepsTheOrderOfKeysThatDifferInLowerBitsOnly(int from, int bits)
    {
        var random = new Random(bits);
        for (int length = 0; length <= 256; length++)
        {
            ulong[] keys = [.. Enumerable.Range(0, length).Select(_ => (ulong)random.NextInt64(0, 1L << (from + bits)))];
            ulong[] expected = [.. keys.OrderBy(key => key >> from)];
            RadixSort.Sort(keys.AsSpan(), new ulong[length], bits, from);
            Assert.Equal(expected, keys);
        }
    }

    [Fact]
    public void NumbersAboveTheirLimitsAreThoseOfTheTwin()
    {
        var random = new Random(3);
        for (int length = 0; length <= 256; length++)
        {
            int[] values = [.. Enumerable.Range(0, length).Select(_ => random.Next(9) == 0 ? int.MinValue : random.Next(10))];
            int[] limits = [.. values.Select(_ => random.Next(3, 12))];
            int[] found = new int[length], expected = new int[length];
            int count = RangeScan.Above(values, limits, found);
            Assert.Equal(RangeScan.AboveScalar(values, limits, expected), count);
            Assert.Equal(expected[..count], found[..count]);
            Assert.Equal(values.Zip(limits).Count(pair => pair.First > pair.Second), count);
        }
    }

    [Fact]
    public void NumbersOutsideARangeAreThoseOfTheTwin()
    {
        var random = new Random(4);
        for (int length = 0; length <= 256; length++)
        {
            using var memory = new GuardedMemory(length * sizeof(long));
            Span<long> values = Buffers.As<long>(memory.Span);
            foreach (ref long value in values)
                value = random.Next(6) == 0 ? random.NextInt64() : random.Next(100);
            int[] found = new int[length];
            int[] expected = new int[length];
            int count = RangeScan.Outside<long>(values, 10, 90, found);
            Assert.Equal(RangeScan.OutsideScalar<long>(values, 10, 90, expected), count);
            Assert.Equal(expected[..count], found[..count]);
        }
    }

    [Fact]
    public void BitsAreFilledAndCounted()
    {
        var random = new Random(9);
        for (int round = 0; round < 500; round++)
        {
            byte[] bits = new byte[16];
            random.NextBytes(bits);
            List<bool> expected = [.. Enumerable.Range(0, 128).Select(i => Bits.Get(bits, i))];
            int from = random.Next(128);
            int count = random.Next(129 - from);
            Assert.Equal(expected.Skip(from).Take(count).Count(bit => !bit), Bits.CountClear(bits, from, count));
            bool value = random.Next(2) == 0;
            Bits.Fill(bits, from, count, value);
            for (int i = 0; i < 128; i++)
                Assert.Equal(i >= from && i < from + count ? value : expected[i], Bits.Get(bits, i));
        }
    }

    private static string Text(Random random)
    {
        string text = $"{random.Next(1000)}";
        return random.Next(4) switch
        {
            0 => text,
            1 => text.PadLeft(random.Next(3, 64), 'x'),
            2 => text.PadRight(random.Next(3, 80), 'y'),
            _ => "",
        };
    }

    // Rows that the table does not have get what is learnt about them.
    private static void Find(TextTable table, List<string> texts, int[] numbers, Func<int, int> learn)
    {
        byte[] joined = Encoding.ASCII.GetBytes(string.Concat(texts.Select(text => text + "\n")));
        using var memory = new GuardedMemory(FieldTable.Padding + joined.Length + FieldTable.Padding);
        Span<byte> block = memory.Span;
        joined.CopyTo(block[FieldTable.Padding..]);
        int[] offsets = new int[1 + texts.Count + StructuralScan.Slack];
        offsets[0] = FieldTable.Padding - 1;
        StructuralScan.FindScalar(block, FieldTable.Padding, FieldTable.Padding + joined.Length, new Separators((byte)';', (byte)'\n'), 1, offsets.AsSpan(1));
        FieldColumn fields = new FieldTable(block, offsets, 1, texts.Count).Column(new FieldBounds(0, 1));
        for (int row = 0; (row = table.Find(fields, row, numbers)) < numbers.Length; row++)
            numbers[row] = learn(row);
    }

    private static ReadOnlySpan<byte> Padded(string text)
    {
        byte[] padded = new byte[text.Length + TextTable.MaxLength];
        Encoding.ASCII.GetBytes(text, padded);
        return padded.AsSpan(0, text.Length);
    }
}
