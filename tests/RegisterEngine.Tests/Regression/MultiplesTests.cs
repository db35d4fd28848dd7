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
}
