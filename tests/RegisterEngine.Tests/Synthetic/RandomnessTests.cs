using FsCheck.Xunit;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Synthetic;

public sealed class RandomnessTests
{
    /// <summary>The first numbers of SplitMix64 from the seed 1234567, as published with the algorithm's reference code.</summary>
    [Fact]
    public void SplitMixIsThePublishedAlgorithm()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Property]
    public void NumbersLieBelowTheirBound(ulong seed, ushort bound)
    {
        var random = new SplitMix64(seed);
        for (int i = 0; i < 20; i++)
        {
            Assert.InRange(random.Next(bound + 1), 0, bound);
            Assert.InRange(random.NextUnit(), 0, 1 - double.Epsilon);
        }
    }

    [Property]
    public void PermutationHasEveryNumberOnce(ulong key, ushort size)
    {
        int count = (size % 3000) + 1;
        var permutation = new Permutation((ulong)count, key);
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(i => (int)permutation[(ulong)i]).Order());
    }

    [Fact]
    public void PermutationRefusesWhatIsOutside() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Permutation(10, 1)[10]);

    [Fact]
    public void ShuffleKeepsAllItems()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        new SplitMix64(1).Shuffle(items.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 1000), items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
    }
}
