using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class KeyKernelTests
{
    [Fact]
    public void MultiplyingDividesAsDividingDoes()
    {
        var random = new Random(6);
        ulong[] edges = [1, 2, 3, 7, 10, 641, 65_535, 65_536, int.MaxValue, uint.MaxValue - 1, uint.MaxValue, 1UL << 32, (1UL << 32) + 1, long.MaxValue, ulong.MaxValue];
        foreach (ulong divisor in edges.Concat(Enumerable.Range(0, 200).Select(_ => (ulong)random.NextInt64(1, 1L << random.Next(1, 62)))))
        {
            var by = new Divisor(divisor);
            foreach (ulong number in edges.Append(0UL).Concat(Enumerable.Range(0, 200).Select(_ => (ulong)random.NextInt64(1L << random.Next(1, 62)))).Append(divisor - 1).Append(divisor))
            {
                Assert.Equal(number / divisor, by.Divide(number, out ulong rest));
                Assert.Equal(number % divisor, rest);
            }
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new Divisor(0));
    }

    [Theory]
    [InlineData(1U, 30)]
    [InlineData(3U, 32)]
    [InlineData(1U, 31)]
    [InlineData(2U, 31)]
    [InlineData(1_452U, 31)]
    [InlineData(65_537U, 31)]
    [InlineData(1_452U, 32)]
    [InlineData(int.MaxValue, 32)]
    [InlineData(7U, 31)]
    [InlineData(uint.MaxValue, 31)]
    [InlineData((uint)int.MaxValue, 31)]
    [InlineData((uint)int.MaxValue + 1, 31)]
    [InlineData(7U, 40)]
    public void ManyNumbersAreDividedAsOneByOne(uint divisor, int bits)
    {
        var random = new Random(6);
        var by = new Divisor(divisor);
        ulong[] numbers = [.. Enumerable.Range(0, 501).Select(_ => (ulong)random.NextInt64(1L << bits)), (1UL << bits) - 1, 0, divisor, divisor - 1];
        ulong[] quotients = [.. numbers];
        int[] rests = new int[numbers.Length];

        by.DivideAll(quotients, rests);

        Assert.Equal(numbers.Select(number => number / divisor), quotients);
        Assert.Equal(numbers.Select(number => (int)(number % divisor)), rests);
    }

    [Fact]
    public void SignsOfPairsAreThoseOfTheTwin()
    {
        var random = new Random(9);
        for (int length = 0; length <= 64; length++)
        {
            int[] places = [.. Enumerable.Range(0, length + 1).Select(i => (i * 2) - random.Next(0, i + 1))];
            int[] marks = Column(2), groups = Column(3), parts = Column(3);
            int[] pairs = new int[length], expected = new int[length];

            PairScan.Compare(places, marks, groups, parts, pairs);
            PairScan.CompareScalar(places, marks, groups, parts, expected);

            Assert.Equal(expected, pairs);

            int[] Column(int values) => [.. Enumerable.Range(0, length + 1).Select(_ => random.Next(values))];
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => PairScan.Compare([0], [0], [0], [0], [0]));
    }

    [Theory]
    [InlineData(new[] { 4, 5 }, new[] { 1, 0 }, new[] { 7, 7 }, new[] { 3, 3 }, PairScan.Beside | PairScan.FirstMarked | PairScan.SameGroup | PairScan.SamePart)]
    [InlineData(new[] { 4, 5 }, new[] { 0, 1 }, new[] { 7, 8 }, new[] { 3, 3 }, PairScan.Beside | PairScan.SecondMarked | PairScan.SamePart)]
    [InlineData(new[] { 4, 6 }, new[] { 1, 1 }, new[] { 7, 7 }, new[] { 3, 3 }, 0)]
    public void APairHasItsSigns(int[] places, int[] marks, int[] groups, int[] parts, int expected)
    {
        int[] pairs = new int[1];
        PairScan.CompareScalar(places, marks, groups, parts, pairs);
        Assert.Equal(expected, pairs[0]);
    }

    [Fact]
    public void KeysInMixedRadixAreThoseOfTheTwin()
    {
        var random = new Random(7);
        for (int length = 0; length <= 256; length++)
        {
            uint radix = (uint)random.Next(1, 1000);
            uint[] digits = [.. Enumerable.Range(0, length).Select(_ => (uint)random.NextInt64(radix))];
            uint[] keys = [.. Enumerable.Range(0, length).Select(_ => (uint)random.NextInt64(1L << 32))];
            uint[] expected = [.. keys];
            ulong[] wide = [.. keys], expectedWide = [.. keys];
            MixedRadix.Append(keys, digits, radix);
            MixedRadix.AppendScalar(expected, digits, radix);
            Assert.Equal(expected, keys);
            MixedRadix.Append(wide, digits, (ulong)radix);
            MixedRadix.AppendScalar(expectedWide, digits, (ulong)radix);
            Assert.Equal(expectedWide, wide);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => MixedRadix.Append(new uint[2], new uint[1], 3u));
    }
}
