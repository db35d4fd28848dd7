using System.Text;
using RegisterEngine.Sources.Parquet.Writing;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Tests.Parquet;

/// <summary>Dictionaries that are made while Parquet is written.</summary>
public sealed class WriterDictionaryTests
{
    [Fact]
    public void Texts_that_were_added_without_a_look_are_found_when_somebody_looks()
    {
        var texts = new TextDictionary();
        for (int i = 0; i < 3000; i++)
            Assert.Equal(i, texts.Add(Text(i)));
        Assert.False(texts.IsSearched);

        for (int i = 2999; i >= 0; i -= 7)
            Assert.Equal(i, texts.CodeOf(Text(i)));
        Assert.Equal(3000, texts.CodeOf(Text(3000)));
        Assert.Equal(3000, texts.CodeOf(Text(3000)));
        Assert.Equal(3001, texts.Count);

        texts.Clear();
        Assert.Equal(0, texts.CodeOf(Text(5)));
        Assert.Equal(1, texts.CodeOf(Text(4)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 1)]
    [InlineData(60, 1_000_003)]
    [InlineData(3000, 7)]
    [InlineData(3000, -600_011)]
    public void Numbers_get_codes_in_the_order_of_arrival_whether_near_or_far(int distinct, int apart)
    {
        var random = new Random(distinct);
        int[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(distinct) * apart)];
        var order = new List<int>();
        int[] expected = [.. values.Select(value =>
        {
            if (!order.Contains(value))
                order.Add(value);
            return order.IndexOf(value);
        })];

        var dictionary = new SlotDictionary<int>();
        var codes = new Growing<int>();
        for (int round = 0; round < 2; round++)
        {
            Assert.True(dictionary.TryEncode(values, codes));
            Assert.Equal(expected, codes.Items.ToArray());
            Assert.Equal(order, dictionary.Values.Items.ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Numbers_that_are_nearly_all_distinct_get_no_codes(int apart)
    {
        int[] values = [.. Enumerable.Range(0, 20_000).Select(value => value * apart)];

        Assert.False(new SlotDictionary<int>().TryEncode(values, new Growing<int>()));
    }

    [Fact]
    public void The_farthest_numbers_are_not_near()
    {
        var dictionary = new SlotDictionary<long>();
        var codes = new Growing<int>();

        Assert.True(dictionary.TryEncode([long.MinValue, long.MaxValue, -1, long.MinValue], codes));
        Assert.Equal([0, 1, 2, 0], codes.Items.ToArray());
    }

    private static byte[] Text(int number) => Encoding.UTF8.GetBytes($"text {number}");
}
