using System.Text;
using RegisterEngine.Columns;

namespace RegisterEngine.Tests.Columns;

public sealed class CodeBookTests
{
    private static readonly string[] Alike = ["", "\0", "12345678", "123456780", "12345678\0", "123456789", "1234567", "æøå", "æøåæøå", "æøåæø", "zzzzzzzz", "zzzzzzzzzz"];

    [Fact]
    public void ATextKeepsItsCodeHoweverManyCome()
    {
        var book = new CodeBook();
        List<string> texts = [.. Alike.Concat(Enumerable.Range(0, 5000).Select(i => $"text {i * 7919 % 5003}"))];
        List<int> codes = texts.ConvertAll(book.Code);

        Assert.Equal(Enumerable.Range(0, texts.Count), codes);
        Assert.Equal(codes, texts.Select(book.Code));
        Assert.Equal(codes, texts.Select(book.Find));
        Assert.Equal(texts, codes.Select(book.Text));
        Assert.Equal(CodeBook.Missing, book.Find("text"));
        Assert.Equal(texts.Count, book.Count);
    }

    [Fact]
    public void TheOrderIsThatOfTheBytes()
    {
        var book = new CodeBook();
        var random = new Random(8);
        foreach (string text in Alike.Concat(Enumerable.Range(0, 2000).Select(_ => $"{random.Next(4)}aaaaaa{random.Next(3)}{random.Next(500)}")))
            book.Code(text);

        int[] order = book.Order();
        List<string> expected = [.. Enumerable.Range(0, book.Count).Select(book.Text).OrderBy(text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)), StringComparer.Ordinal)];
        Assert.Equal(expected, order.Select(book.Text));
        Assert.Equal(Enumerable.Range(0, order.Length), order.Select(code => book.Ranks()[code]));
    }

    [Fact]
    public void ALikelyCodeIsTakenWhereItIsRightAndDoesNoHarmElsewhere()
    {
        var book = new CodeBook();
        for (int i = 0; i < 200; i++)
            Assert.Equal(i, book.Code(Encoding.UTF8.GetBytes($"text {i}"), likely: i));
        foreach (int likely in (int[])[CodeBook.Missing, 0, 7, 8, 199, 200, int.MaxValue])
        {
            Assert.Equal(7, book.Code("text 7"u8, likely));
            Assert.Equal(200, book.Code("another"u8, likely));
        }
        Assert.Equal(201, book.Count);
    }

    // Threads come upon the same texts and tuples at the same time, as those that read neighbouring files do.
    [Fact]
    public void ManyThreadsAgreeOnEveryCode()
    {
        const int threads = 4, texts = 20_000;
        var book = new CodeBook();
        var tuples = new TupleBook(2);
        int[][] textCodes = new int[threads][], tupleCodes = new int[threads][];
        using var start = new Barrier(threads);
        Thread[] all = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            textCodes[number] = [.. Enumerable.Range(0, texts).Select(i => book.Code($"text {i}"))];
            tupleCodes[number] = [.. Enumerable.Range(0, texts).Select(i => tuples.Code([i % 7, i]))];
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());

        Assert.All(textCodes, codes => Assert.Equal(textCodes[0], codes));
        Assert.All(tupleCodes, codes => Assert.Equal(tupleCodes[0], codes));
        Assert.Equal(Enumerable.Range(0, texts), textCodes[0].Order());
        Assert.Equal(Enumerable.Range(0, texts), tupleCodes[0].Order());
        Assert.Equal(Enumerable.Range(0, texts).Select(i => $"text {i}"), textCodes[0].Select(book.Text));
        int[] second = tuples.Part(1);
        Assert.Equal(Enumerable.Range(0, texts), tupleCodes[0].Select(code => second[code]));
    }
}
