using System.Runtime.Intrinsics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class RowKernelTests
{
    [Fact]
    public void BitFieldsAreThoseOfTheTwin()
    {
        var random = new Random(8);
        for (int length = 0; length <= 70; length++)
        {
            int shift = random.Next(0, 44), origin = random.Next(0, 1 << 18);
            bool isNegated = length % 2 == 1;
            int[] numbers = [.. Enumerable.Range(0, length).Select(_ => random.Next(5) == 0 ? int.MinValue : isNegated ? random.Next(origin + 1) : random.Next(-origin, 1 << 19))];
            long[] wide = [.. numbers.Select(number => number == int.MinValue ? long.MinValue : Math.Abs((long)number) << 10)];
            ulong[] words = [.. Enumerable.Range(0, length).Select(_ => (ulong)random.NextInt64() & ((1UL << shift) - 1))];
            ulong[] expected = [.. words], wideWords = [.. words], wideExpected = [.. words];

            BitFields.Add(words, numbers, int.MinValue, origin, isNegated, shift);
            BitFields.AddScalar(expected, numbers, int.MinValue, origin, isNegated, shift);
            Assert.Equal(expected, words);

            BitFields.Add(wideWords, wide, long.MinValue, 1, 16);
            BitFields.AddScalar(wideExpected, wide, long.MinValue, 1, 16);
            Assert.Equal(wideExpected, wideWords);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFields.Add(new ulong[9], new int[8], 0, 0, false, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFields.Add(new ulong[9], new long[8], 0, 0, 0));
    }

    [Fact]
    public void RowsGoToTheirPlacesAsByTheTwin()
    {
        const int slab = 64;
        var random = new Random(9);
        var slabs = new RowSlabs(slab);
        var twins = new RowSlabs(slab);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(i * slab, slabs.Add());
            Assert.Equal(i * slab, twins.Add());
            slabs.Rows<Vector256<byte>>(i * slab, slab).Clear();
            twins.Rows<Vector256<byte>>(i * slab, slab).Clear();
        }
        int[] places = [.. Enumerable.Range(0, 3 * slab)];
        random.Shuffle(places);
        places = places[..100];
        ulong[] first = Words(), second = Words();
        long[] third = [.. Words().Select(word => (long)word)];
        int[] low = [.. Words().Select(word => (int)word)], high = [.. Words().Select(word => (int)word)];

        slabs.Scatter(first, second, third, low, high, places);
        twins.ScatterScalar(first, second, third, low, high, places);

        for (int i = 0; i < 3; i++)
            Assert.Equal(twins.Rows<Vector256<byte>>(i * slab, slab), slabs.Rows<Vector256<byte>>(i * slab, slab));
        Assert.Throws<IndexOutOfRangeException>(() => slabs.Scatter([1], [1], [1], [1], [1], [3 * slab]));
        Assert.Throws<IndexOutOfRangeException>(() => slabs.Scatter([1], [1], [1], [1], [1], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => slabs.Scatter([1, 2], [1, 2], [1, 2], [1, 2], [1], [0, 1]));

        ulong[] Words() => [.. places.Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
    }
}
