using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class KeyBlocksTests
{
    private const int PartShift = 24;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void KeysOfAPartAreInTheOrderTheyCame(int parts)
    {
        var random = new Random(parts);
        var pool = new BlockPool();
        KeyBlocks<uint> byBits = new(parts, pool), byName = new(parts, pool);
        // Twice: the second time in memory that was used before.
        for (int time = 0; time < 2; time++)
        {
            List<uint>[] expected = Arrays.Make(parts, _ => new List<uint>());
            for (int round = 0; round < 30; round++)
            {
                uint[] keys = [.. Enumerable.Range(0, random.Next(3000)).Select(_ => ((uint)random.Next(parts) << PartShift) | (uint)random.Next(1 << PartShift))];
                uint[] partOf = [.. keys.Select(key => key >> PartShift)];
                byBits.Deal(keys, PartShift);
                byName.Deal(keys, partOf);
                foreach (uint key in keys)
                    expected[key >> PartShift].Add(key);
            }
            for (int part = 0; part < parts; part++)
                foreach (KeyBlocks<uint> blocks in new[] { byBits, byName })
                {
                    uint[] copied = new uint[blocks.CountOf(part)];
                    Assert.Equal(copied.Length, blocks.CopyTo(part, copied));
                    Assert.Equal(expected[part], copied);
                    Assert.Equal(expected[part], Enumerable.Range(0, blocks.BlocksOf(part)).SelectMany(at => blocks.Block(part, at).ToArray()));
                    blocks.Clear(part);
                    Assert.Equal(0, blocks.CountOf(part));
                    Assert.Equal(0, blocks.BlocksOf(part));
                }
        }
    }

    [Fact]
    public void AFullBlockIsFollowedByAnother()
    {
        var blocks = new KeyBlocks<ulong>(2, new BlockPool());
        for (int key = 0; key < (2 * KeyBlocks<ulong>.BlockKeys) + 1; key++)
        {
            Assert.Equal(key, blocks.CountOf(1));
            blocks.Deal([(ulong)key], [1U]);
        }
        Assert.Equal(3, blocks.BlocksOf(1));
        Assert.Equal([2UL * (ulong)KeyBlocks<ulong>.BlockKeys], blocks.Block(1, 2).ToArray());
    }

    [Fact]
    public void AKeyOfNoPartIsAnError()
    {
        var blocks = new KeyBlocks<uint>(2, new BlockPool());
        Assert.Throws<IndexOutOfRangeException>(() => blocks.Deal([2U << PartShift], PartShift));
        Assert.Throws<IndexOutOfRangeException>(() => blocks.Deal([0U], [2U]));
        Assert.Throws<ArgumentOutOfRangeException>(() => blocks.Deal([0U, 0U], [1U]));
    }
}
