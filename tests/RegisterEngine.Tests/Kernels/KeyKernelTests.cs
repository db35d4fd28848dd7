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
