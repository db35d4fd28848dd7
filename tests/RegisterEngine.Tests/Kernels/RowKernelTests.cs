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
        const int slabBlocks = 2, blocks = 6;
        var random = new Random(9);
        BlockSlabs slabs = Slabs(), twins = Slabs();
        uint[] places = [.. Enumerable.Range(0, blocks).SelectMany(block => Enumerable.Range(0, 100).Select(row => (uint)((block * BlockSlabs.BlockWords) + (row * BlockSlabs.Eight))))];
        random.Shuffle(places);
        places = places[..100];
        ulong[] first = Words(), second = Words();
        uint[] third = [.. Words().Select(word => (uint)word)];
        long[] keys = [.. Words().Select(word => (long)word)];
        int[] low = [.. Words().Select(word => (int)word)], high = [.. Words().Select(word => (int)word)];

        slabs.ScatterEight(first, second, keys, low, high, places);
        twins.ScatterEightScalar(first, second, keys, low, high, places);
        AssertSame();
        slabs.ScatterFive(first, second, third, places);
        twins.ScatterFiveScalar(first, second, third, places);
        AssertSame();

        Assert.Throws<IndexOutOfRangeException>(() => slabs.ScatterEight([1], [1], [1], [1], [1], [blocks * BlockSlabs.BlockWords]));
        Assert.Throws<IndexOutOfRangeException>(() => slabs.ScatterFive([1], [1], [1], [uint.MaxValue]));
        Assert.Throws<ArgumentOutOfRangeException>(() => slabs.ScatterEight([1, 2], [1, 2], [1, 2], [1, 2], [1], [0, 8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => slabs.ScatterFive([1, 2], [1, 2], [1], [0, 8]));

        ulong[] Words() => [.. places.Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];

        BlockSlabs Slabs()
        {
            var made = new BlockSlabs(slabBlocks);
            for (int slab = 0; slab < blocks / slabBlocks; slab++)
                made.Add();
            for (int block = 0; block < blocks; block++)
                made.Words(block).Clear();
            return made;
        }

        void AssertSame()
        {
            for (int block = 0; block < blocks; block++)
                Assert.Equal(twins.Words(block), slabs.Words(block));
        }
    }

    [Fact]
    public void BlocksBeginAtMultiplesOfTheirSize()
    {
        var slabs = new BlockSlabs(4);
        slabs.Add();
        slabs.Add();
        Assert.Equal(8, slabs.Count);
        for (int block = 0; block < 8; block++)
            Assert.Equal(0, slabs.AddressOf(block) % BlockSlabs.BlockBytes);
    }

    [Fact]
    public void APoolRentsWhatItsBudgetAllowsAndMoreOnlyIfItMust()
    {
        const int slabBlocks = 1 << 9;
        var pool = new BlockPool((slabBlocks * BlockSlabs.BlockBytes) + 1);
        List<int> blocks = [];
        while (pool.TryRent(out int block))
            blocks.Add(block);
        Assert.Equal(Enumerable.Range(0, slabBlocks), blocks);
        Assert.Equal(slabBlocks, pool.Rent());

        pool.Return([7, 3]);
        Assert.True(pool.TryRent(out int again));
        Assert.Equal(3, again);
        Assert.Equal(7, pool.Rent());
        // What was cut beyond the budget is there for all.
        Assert.True(pool.TryRent(out int beyond));
        Assert.Equal(slabBlocks + 1, beyond);
    }
}
