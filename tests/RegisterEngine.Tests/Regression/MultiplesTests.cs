using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Regression;

public sealed class MultiplesTests
{
    [Fact]
    public void VectorsAddWhatTheScalarLoopAdds()
    {
        var random = new Random(1);
        for (int length = 0; length <= 64; length++)
            foreach (int times in (int[])[0, 1, 2, 1_000_003])
            {
                long[] line = [.. Enumerable.Range(0, length).Select(_ => random.NextInt64(-(1L << 40), 1L << 40))];
                long[] sums = [.. Enumerable.Range(0, length).Select(_ => random.NextInt64(-(1L << 40), 1L << 40))];
                long[] expected = [.. sums];
                Multiples.AddScalar(line, times, expected);
                Multiples.Add(line, times, sums);
                Assert.Equal(expected, sums);
            }
    }

    [Fact]
    public void LinesByKeysAreThoseOfTheScalarLoop()
    {
        const int lineBits = 5, cells = 40;
        var random = new Random(2);
        foreach (int length in (int[])[2, 8, 18, 28, 38])
        {
            long[] lines = [.. Enumerable.Range(0, length << lineBits).Select(_ => random.NextInt64(-(1L << 40), 1L << 40))];
            ushort[] places = [.. Enumerable.Range(1, cells).Select(place => (ushort)place)];
            random.Shuffle(places);
            uint[] keys = [.. Enumerable.Range(0, 500).Select(_ => (uint)random.Next(cells << lineBits))];
            long[] sums = new long[cells * length], expected = new long[cells * length];
            Multiples.AddLinesScalar(keys, lineBits, lines, length, places, expected);
            Multiples.AddLines(keys, lineBits, lines, length, places, sums);
            Assert.Equal(expected, sums);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Multiples.AddLines([0], lineBits, new long[2 << lineBits], 2, [9], new long[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Multiples.AddLines([0], lineBits, new long[2 << lineBits], 2, [0], new long[4]));
    }
}
