using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class CompactRowTests
{
    private const ulong LargestNumber = ((1UL << 24) - 2) * 100;

    private static readonly ulong[] Numbers = [0, 1, 101, 34_270_001, LargestNumber + 1];
    private static readonly ulong[] Origins = [0, 1, 63, 64, 1023];
    private static readonly int[] FirstCodes = [0, 1, 25_000, (1 << 20) - 1];
    private static readonly int[] SecondCodes = [0, 1, 900, (1 << 14) - 1];

    [Fact]
    public void RowsThatFitComeBackAsTheyWere()
    {
        var random = new Random(3);
        for (int rows = 0; rows <= 70; rows++)
        {
            ulong[] four = Rows(random, rows);
            ulong[] three = new ulong[rows * BlockSlabs.Three], back = new ulong[four.Length];
            Assert.True(CompactRows.TryShrink(four, three));
            CompactRows.Expand(three, back);
            Assert.Equal(four, back);
        }
    }

    [Fact]
    public void ColumnsAreJoinedAsByTheTwin()
    {
        var random = new Random(4);
        for (int rows = 0; rows <= 70; rows++)
        {
            ulong[] four = Rows(random, rows), three = new ulong[rows * BlockSlabs.Three];
            ulong[] facts = Column(four, 0), twin = [.. facts], numbers = Column(four, 1), joined = new ulong[rows], expected = new ulong[rows];
            int[] first = [.. Column(four, 3).Select(codes => (int)codes)], second = [.. Column(four, 3).Select(codes => (int)(codes >> 32))];

            Assert.True(CompactRows.TryJoin(facts, numbers, first, second, joined));
            Assert.True(CompactRows.TryJoinScalar(twin, numbers, first, second, expected));

            Assert.Equal(expected, joined);
            Assert.Equal(twin, facts);
            Assert.True(CompactRows.TryShrink(four, three));
            Assert.Equal(three.Where((_, word) => word % BlockSlabs.Three == 0), facts);
            Assert.Equal(three.Where((_, word) => word % BlockSlabs.Three == 2), joined);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => CompactRows.TryJoin(new ulong[2], new ulong[2], new int[2], new int[1], new ulong[2]));
    }

    // Whatever the place of the row: among those of a vector, or beyond the last of these.
    [Theory]
    [InlineData(2UL, 0UL, 0, 0)]
    [InlineData(100UL, 0UL, 0, 0)]
    [InlineData(LargestNumber + 101, 0UL, 0, 0)]
    [InlineData((1UL << 48) - 1, 0UL, 0, 0)]
    [InlineData((100UL << 32) + 1, 0UL, 0, 0)]
    [InlineData(0UL, 1024UL, 0, 0)]
    [InlineData(0UL, 65_535UL, 0, 0)]
    [InlineData(0UL, 0UL, 1 << 20, 0)]
    [InlineData(0UL, 0UL, -1, 0)]
    [InlineData(0UL, 0UL, 0, 1 << 14)]
    [InlineData(0UL, 0UL, 0, -1)]
    public void ARowThatDoesNotFitIsSaid(ulong number, ulong origin, int first, int second)
    {
        const int rows = 11;
        for (int wrong = 0; wrong < rows; wrong++)
        {
            ulong[] four = Rows(new Random(5), rows);
            (four[(wrong * 4) + 1], four[(wrong * 4) + 3]) = ((number << 16) | origin, (uint)first | ((ulong)(uint)second << 32));
            int[] firsts = [.. Column(four, 3).Select(codes => (int)codes)], seconds = [.. Column(four, 3).Select(codes => (int)(codes >> 32))];

            Assert.False(CompactRows.TryShrink(four, new ulong[rows * BlockSlabs.Three]));
            Assert.False(CompactRows.TryJoin(Column(four, 0), Column(four, 1), firsts, seconds, new ulong[rows]));
            Assert.False(CompactRows.TryJoinScalar(Column(four, 0), Column(four, 1), firsts, seconds, new ulong[rows]));
        }
    }

    private static ulong[] Rows(Random random, int rows) =>
    [
        .. Enumerable.Range(0, rows).SelectMany(_ => new[]
        {
            (ulong)random.NextInt64(long.MinValue, long.MaxValue) & ~15UL,
            (Pick(random, Numbers) << 16) | Pick(random, Origins),
            (ulong)random.NextInt64(long.MinValue, long.MaxValue),
            (uint)Pick(random, FirstCodes) | ((ulong)(uint)Pick(random, SecondCodes) << 32),
        }),
    ];

    private static ulong[] Column(ulong[] four, int word) => [.. four.Where((_, at) => at % BlockSlabs.Four == word)];

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
