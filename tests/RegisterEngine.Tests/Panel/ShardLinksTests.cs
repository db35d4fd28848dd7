using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Tests.Panel;

/// <summary>Which rows belong together, against grouping that needs no hash.</summary>
public sealed class ShardLinksTests
{
    private const int FirstYear = 2015;
    private const int Years = 5;

    // Two persons of the same shard whose hashes differ only here are told apart in the end alone.
    private const int LastBits = 24;

    [Fact]
    public void RowsOfAPersonAndYearMeetInAnyOrder()
    {
        var random = new Random(5);
        for (int persons = 0; persons <= 64; persons++)
            Check(Shuffled(random, Employments(random, persons, person => (person * 7919L) + 1, _ => null)));
    }

    [Fact]
    public void PersonsMadeToCollideAreToldApart()
    {
        var random = new Random(6);
        Check(Shuffled(random, Employments(random, 40, person => Colliding(person), _ => null)));
        Check(Shuffled(random, Employments(random, 4_000, person => Colliding(person), _ => null)));
    }

    [Fact]
    public void TextsOfTheSameHashAreToldApart()
    {
        var random = new Random(7);
        Check(Shuffled(random, Employments(random, 30, person => person % 3 == 0 ? person : long.MinValue | (uint)(person / 6), person => person % 3 == 0 ? null : $"p{person}")));
    }

    [Fact]
    public void OneShardAfterTheOtherLeavesNothingBehind()
    {
        var random = new Random(8);
        var links = new ShardLinks(CoverageOf(Years));
        foreach (int persons in new[] { 50, 3, 0, 20 })
            Check(links, Shuffled(random, Employments(random, persons, person => person + 1L, person => null)));
        Check(links, Shuffled(random, Employments(random, 9, _ => long.MinValue, person => $"p{person}")));
        Check(links, Shuffled(random, Employments(random, 50, person => person + 1L, person => null)));
    }

    private static void Check(IReadOnlyList<Employment> employments) => Check(new ShardLinks(CoverageOf(Years)), employments);

    private static void Check(ShardLinks links, IReadOnlyList<Employment> employments)
    {
        PanelRow[] rows = [.. employments.Select(one => PanelRow.Employment(one.Person, 0, 0, new EmploymentValues(one.Year, 1980, 1, 10_000, 0, 0), 0))];
        byte[] texts = [.. employments.Where(one => one.Text is not null).SelectMany(one => BitConverter.GetBytes(one.Text!.Length).Concat(Encoding.UTF8.GetBytes(one.Text)))];

        links.Link(rows, texts);

        var found = new List<string>();
        for (int i = 0; i < links.Count; i++)
        {
            int[] members = [.. Enumerable.Range(0, links.RowsOf(i)).Select(at => links.Row(i, at))];
            Employment first = employments[members[0]];
            Assert.Equal(first.Year - FirstYear, links.Years[i]);
            if (first.Text is not null)
                Assert.Equal(first.Text, Encoding.UTF8.GetString(links.TextOf(members[0], texts)));
            bool isBeside = i + 1 < links.Count && employments[links.Row(i + 1, 0)] is var next
                && (next.Person, next.Text, next.Year) == (first.Person, first.Text, first.Year + 1);
            Assert.Equal(isBeside, links.Places[i] + 1 == links.Places[i + 1]);
            found.Add($"{first.Person} {first.Text} {first.Year}: {string.Join(' ', members.Order())}");
        }
        IEnumerable<string> expected = employments.Select((one, row) => (one, row)).GroupBy(pair => pair.one, pair => pair.row)
            .Select(group => $"{group.Key.Person} {group.Key.Text} {group.Key.Year}: {string.Join(' ', group)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

        // By the hash, then the text, then the year: the order depends on nothing else.
        (ulong, string, int)[] order = [.. Enumerable.Range(0, links.Count).Select(i => employments[links.Row(i, 0)]).Select(one => (Hashing.Mix((ulong)one.Person), one.Text ?? "", one.Year))];
        Assert.Equal(order.OrderBy(key => key.Item1).ThenBy(key => key.Item2, StringComparer.Ordinal).ThenBy(key => key.Item3), order);
    }

    private static List<Employment> Employments(Random random, int persons, Func<int, long> person, Func<int, string?> text)
    {
        var all = new List<Employment>();
        for (int i = 0; i < persons; i++)
            for (int row = random.Next(1, 8); row > 0; row--)
                all.Add(new Employment(person(i), text(i), FirstYear + random.Next(Years)));
        return all;
    }

    private static Employment[] Shuffled(Random random, List<Employment> employments)
    {
        Employment[] shuffled = [.. employments];
        random.Shuffle(shuffled);
        return shuffled;
    }

    // A key whose hash has given last bits, and the same others for all: the mixing run backwards, until the key is that of digits.
    private static long Colliding(int person)
    {
        ulong hash = (3UL << LastBits) | (uint)person;
        for (ulong other = 0; ; other++)
        {
            long key = (long)Unmix(hash | (other << 60));
            if (key >= 0)
                return key;
        }
    }

    private static ulong Unmix(ulong value)
    {
        value = Unshift(value, 31) * Inverse(0x94D049BB133111EB);
        value = Unshift(value, 27) * Inverse(0xBF58476D1CE4E5B9);
        return Unshift(value, 30);
    }

    private static ulong Unshift(ulong value, int shift) => value ^ (value >> shift) ^ (value >> (2 * shift));

    // Newton's iteration doubles the bits that are right.
    private static ulong Inverse(ulong odd)
    {
        ulong inverse = odd;
        for (int i = 0; i < 6; i++)
            inverse *= 2 - (odd * inverse);
        return inverse;
    }

    private static Coverage CoverageOf(int years)
    {
        var books = new RegisterBooks();
        var deliveries = new DeliveryCounts();
        int[] nothing = new int[RegisterColumns.OfUnit.Count];
        Array.Fill(nothing, CodeBook.Missing);
        int unit = books.Units.Code(nothing);
        ColumnBatch batch = RegisterBatch.Create(books, 1024);
        batch.SetRows(years);
        for (int year = 0; year < years; year++)
        {
            batch.Numbers(BatchColumn.Year)[year] = FirstYear + year;
            batch.Numbers(BatchColumn.Unit)[year] = unit;
        }
        deliveries.Add(batch);
        return new Coverage(books, deliveries, new CoverageOptions());
    }

    private sealed record Employment(long Person, string? Text, int Year);
}
