using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Tests.Sources;

public sealed class CombinationTests
{
    // Few entries lie side by side; many, or large ones, are found by their hash; both occur in one table.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(40, 1)]
    [InlineData(3000, 1)]
    [InlineData(3, 4)]
    [InlineData(60, 4)]
    [InlineData(100_000, 2)]
    public void EachCombinationKeepsItsTuple(int mostEntries, int rarity)
    {
        var random = new Random(mostEntries);
        var seen = new Combinations();
        var known = new Dictionary<Combination, int>();
        for (int round = 0; round < 40; round++)
        {
            int[][] entries = [.. Enumerable.Range(0, 4).Select(run => Enumerable.Range(0, 500).Select(_ => run < 2 || rarity > 1 ? random.Next(1 + random.Next(mostEntries)) : 0).ToArray())];
            var rows = new CombinationRows(entries[0], entries[1], entries[2], entries[3]);
            int[] tuples = new int[500];
            for (int row = 0; (row = seen.Find(row, rows, tuples)) < tuples.Length; row++)
            {
                Assert.DoesNotContain(rows[row], known.Keys);
                seen.Add(rows[row], tuples[row] = known[rows[row]] = known.Count);
            }
            for (int row = 0; row < tuples.Length; row++)
                Assert.Equal(known[rows[row]], tuples[row]);
        }
        seen.Clear();
        Assert.Equal(0, seen.Find(0, new CombinationRows([0], [0], [0], [0]), new int[1]));
    }
}
