using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class ShardKeyTests
{
    private const int Shards = 1 << ShardKey.Bits;

    [Fact]
    public void KeysOfUpToElevenDigitsAreToldByShardAndRest()
    {
        var random = new Random(21);
        for (int length = 1; length <= DigitKey.MaxLength; length++)
            for (int i = 0; i < 1000; i++)
            {
                long key = DigitKey.Pack(i == 0 ? (long)Math.Pow(10, length) - 1 : random.NextInt64((long)Math.Pow(10, length)), length);
                Assert.True(length > 11 || ShardKey.Beyond(key) == 0);
                if (ShardKey.Beyond(key) == 0)
                    Assert.Equal(key, ShardKey.Whole(ShardKey.Rest(key), ShardKey.ShardOf(key)));
            }
    }

    [Fact]
    public void EveryKeyHasAShardAndOthersAreRefused()
    {
        var random = new Random(22);
        for (int i = 0; i < 10_000; i++)
        {
            long key = random.NextInt64(long.MinValue, long.MaxValue);
            Assert.InRange(ShardKey.ShardOf(key), 0, Shards - 1);
            Assert.NotEqual(0UL, ShardKey.Beyond(key | (1L << random.Next(37, 57))));
            Assert.NotEqual(0UL, ShardKey.Beyond(key | (1L << random.Next(62, 64))));
        }
    }

    [Fact]
    public void FourAtOnceAreThoseOfOneByOne()
    {
        if (!Avx2.IsSupported)
            return;
        var random = new Random(23);
        for (int i = 0; i < 1000; i++)
        {
            int shard = random.Next(Shards);
            ulong[] rests = [.. Enumerable.Range(0, 4).Select(_ => (ulong)random.NextInt64(1L << 32))], keys = new ulong[4], beyond = new ulong[4], back = new ulong[4];
            ShardKey.Whole(Vector256.Create(rests), shard).CopyTo(keys);
            Assert.Equal([.. rests.Select(rest => (ulong)ShardKey.Whole((uint)rest, shard))], keys);
            Assert.All(keys, key => Assert.Equal(shard, ShardKey.ShardOf((long)key)));
            ShardKey.Rest(Vector256.Create(keys)).CopyTo(back);
            Assert.Equal(rests, back);

            ulong[] any = [.. keys.Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
            ShardKey.Beyond(Vector256.Create(any)).CopyTo(beyond);
            Assert.Equal([.. any.Select(key => ShardKey.Beyond((long)key))], beyond);
        }
    }

    // National ids by date and serial number, running numbers, numbers in steps, keys of texts: shards must be about as large as those of chance.
    [Fact]
    public void ShardsAreEven()
    {
        const int persons = 1 << 18;
        var random = new Random(24);
        Func<int, long>[] kinds =
        [
            i => DigitKey.Pack(random.NextInt64(100_000_000_000), 11),
            i => DigitKey.Pack((random.NextInt64(1, 32) * 1_000_000_000) + (random.NextInt64(1, 13) * 10_000_000) + (random.NextInt64(0, 100) * 100_000) + random.NextInt64(100_000), 11),
            i => DigitKey.Pack(10_000_000 + i, 8),
            i => DigitKey.Pack(10_000_000_000 + (i * 1000L), 11),
            i => DigitKey.Pack(10_000_000_000 + (i * 1024L), 11),
            i => DigitKey.Pack(1_000_000_000_000_000 + (i * 97L), 16),
            i => random.NextInt64(long.MinValue, 0),
        ];
        foreach (Func<int, long> kind in kinds)
        {
            int[] sizes = new int[Shards];
            for (int i = 0; i < persons; i++)
                sizes[ShardKey.ShardOf(kind(i))]++;
            Assert.InRange(sizes.Max(), persons / Shards, persons / Shards * 3 / 2);
        }
    }
}
