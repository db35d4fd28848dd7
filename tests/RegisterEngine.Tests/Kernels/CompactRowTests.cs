using System.Runtime.InteropServices;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class CompactRowTests
{
    private const int Shard = 777;
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
            ulong[] whole = Rows(random, rows), back = new ulong[whole.Length], backByTwin = new ulong[whole.Length];
            uint[] compact = new uint[rows * BlockSlabs.Five], compactByTwin = new uint[compact.Length];
            Assert.True(CompactRows.TryShrink(whole, compact));
            Assert.True(CompactRows.TryShrinkScalar(whole, compactByTwin));
            CompactRows.Expand(compact, Shard, back);
            CompactRows.ExpandScalar(compact, Shard, backByTwin);
            Assert.Equal(compactByTwin, compact);
            Assert.Equal(whole, back);
            Assert.Equal(whole, backByTwin);
        }
    }

    [Fact]
    public void ColumnsAreJoinedAsByTheTwin()
    {
        var random = new Random(4);
        for (int rows = 0; rows <= 70; rows++)
        {
            ulong[] whole = Rows(random, rows);
            Columns columns = new(whole), twin = new(whole);

            Assert.True(columns.TryJoin());
            Assert.True(twin.TryJoinScalar());

            Assert.Equal(twin.Joined, columns.Joined);
            Assert.Equal(twin.Facts, columns.Facts);
            Assert.Equal(twin.Rests, columns.Rests);
            uint[] compact = new uint[rows * BlockSlabs.Five], expected = new uint[compact.Length];
            Assert.True(CompactRows.TryShrink(whole, compact));
            for (int row = 0; row < rows; row++)
            {
                BitConverter.GetBytes(columns.Facts[row]).CopyTo(Row(expected, row));
                BitConverter.GetBytes(columns.Joined[row]).CopyTo(Row(expected, row)[8..]);
                BitConverter.GetBytes(columns.Rests[row]).CopyTo(Row(expected, row)[16..]);
            }
            Assert.Equal(expected, compact);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => CompactRows.TryJoin(new ulong[2], new ulong[2], new long[2], new int[2], new int[1], new ulong[2], new uint[2]));

        static Span<byte> Row(uint[] words, int row) => MemoryMarshal.AsBytes(words.AsSpan(row * BlockSlabs.Five, BlockSlabs.Five));
    }

    // Whatever the place of the row: among those of a vector, or beyond the last of these.
    [Theory]
    [InlineData(2UL, 0UL, 0, 0, 0L)]
    [InlineData(100UL, 0UL, 0, 0, 0L)]
    [InlineData(LargestNumber + 101, 0UL, 0, 0, 0L)]
    [InlineData((1UL << 48) - 1, 0UL, 0, 0, 0L)]
    [InlineData((100UL << 32) + 1, 0UL, 0, 0, 0L)]
    [InlineData(0UL, 1024UL, 0, 0, 0L)]
    [InlineData(0UL, 65_535UL, 0, 0, 0L)]
    [InlineData(0UL, 0UL, 1 << 20, 0, 0L)]
    [InlineData(0UL, 0UL, -1, 0, 0L)]
    [InlineData(0UL, 0UL, 0, 1 << 14, 0L)]
    [InlineData(0UL, 0UL, 0, -1, 0L)]
    [InlineData(0UL, 0UL, 0, 0, 1L << 37)]
    [InlineData(0UL, 0UL, 0, 0, 1L << 56)]
    [InlineData(0UL, 0UL, 0, 0, 1L << 62)]
    [InlineData(0UL, 0UL, 0, 0, -1L)]
    public void ARowThatDoesNotFitIsSaid(ulong number, ulong origin, int first, int second, long key)
    {
        const int rows = 11;
        for (int wrong = 0; wrong < rows; wrong++)
        {
            ulong[] whole = Rows(new Random(5), rows);
            (whole[(wrong * 4) + 1], whole[(wrong * 4) + 2], whole[(wrong * 4) + 3]) =
                ((number << 16) | origin, (ulong)key, (uint)first | ((ulong)(uint)second << 32));

            Assert.False(CompactRows.TryShrink(whole, new uint[rows * BlockSlabs.Five]));
            Assert.False(CompactRows.TryShrinkScalar(whole, new uint[rows * BlockSlabs.Five]));
            Assert.False(new Columns(whole).TryJoin());
            Assert.False(new Columns(whole).TryJoinScalar());
        }
    }

    private static ulong[] Rows(Random random, int rows) =>
    [
        .. Enumerable.Range(0, rows).SelectMany(_ => new[]
        {
            (ulong)random.NextInt64(long.MinValue, long.MaxValue) & ~15UL,
            (Pick(random, Numbers) << 16) | Pick(random, Origins),
            (ulong)ShardKey.Whole((uint)random.NextInt64(1L << 32), Shard),
            (uint)Pick(random, FirstCodes) | ((ulong)(uint)Pick(random, SecondCodes) << 32),
        }),
    ];

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    // Whole rows a column at a time, and what is made of them.
    private sealed class Columns(ulong[] whole)
    {
        private readonly int[] _first = [.. Column(whole, 3).Select(codes => (int)codes)];
        private readonly int[] _second = [.. Column(whole, 3).Select(codes => (int)(codes >> 32))];
        private readonly ulong[] _numbers = Column(whole, 1);
        private readonly long[] _keys = [.. Column(whole, 2).Select(key => (long)key)];

        public ulong[] Facts { get; } = Column(whole, 0);

        public ulong[] Joined { get; } = new ulong[whole.Length / 4];

        public uint[] Rests { get; } = new uint[whole.Length / 4];

        public bool TryJoin() => CompactRows.TryJoin(Facts, _numbers, _keys, _first, _second, Joined, Rests);

        public bool TryJoinScalar() => CompactRows.TryJoinScalar(Facts, _numbers, _keys, _first, _second, Joined, Rests);

        private static ulong[] Column(ulong[] whole, int word) => [.. whole.Where((_, at) => at % 4 == word)];
    }
}
