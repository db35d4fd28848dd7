using System.Text;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

public sealed class FoundEncodingTests
{
    // What is learnt from one extract about a text is not learnt again from the next, but found there all the same.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EachExtractHasTheEncodingsOfItsOwnTexts(int threads)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(Rows("Åsen", 0));
        byte[] windows = Encoding.Latin1.GetBytes(Rows("Åsen", 5000));
        using var folder = new TemporaryFolder();
        string[] paths =
        [
            folder.Write("a.csv", [.. Header, .. utf8]),
            folder.Write("b.csv", [.. Header, .. windows]),
            folder.Write("c.csv", [.. Header, .. utf8, .. windows]),
            folder.Write("d.csv", [.. Header, .. Encoding.UTF8.GetBytes(Rows("Solhaug", 0))]),
            folder.Write("e.csv", [.. Header, .. windows, .. utf8]),
        ];
        using RunResult result = Engine.Run(paths, plan => plan with { Threads = threads, Sources = plan.Sources with { BlockSize = 1 << 16 } });

        const FoundEncodings both = FoundEncodings.Utf8 | FoundEncodings.Windows1252;
        Assert.Equal([FoundEncodings.Utf8, FoundEncodings.Windows1252, both, FoundEncodings.None, both], result.Sources.Select(source => source.Counts.Encodings));
        Assert.Equal([3000L, 3000, 6000, 3000, 6000], result.Sources.Select(source => source.Counts.Accepted));
    }

    [Fact]
    public void RejectedRowsTellNoEncoding()
    {
        string good = Rows("Solhaug", 0), bad = new Employment(2020, "9999", "123456785") { WorkplaceName = "Åsen" }.ToLine().Replace(";1980;", ";1066;", StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", [.. Header, .. Encoding.Latin1.GetBytes($"{good}{bad}\n{good.Replace("2020;", "2021;", StringComparison.Ordinal)}")]);
        using RunResult result = Engine.Run([path]);

        Assert.Equal((1, FoundEncodings.None), (result.Sources[0].Counts.Rejected, result.Sources[0].Counts.Encodings));
    }

    // A table says how its texts are written: nothing has to be found out.
    [Fact]
    public void TablesHaveNothingToFind()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.parquet", RegisterTables.Parquet([new Employment(2020, "1", "123456785") { WorkplaceName = "Åsen" }], ColumnStyle.Texts));
        using RunResult result = Engine.Run([path]);
        Assert.Equal((1, FoundEncodings.None), (result.Sources[0].Counts.Accepted, result.Sources[0].Counts.Encodings));
    }

    private static byte[] Header => Encoding.ASCII.GetBytes(Employment.Header + "\n");

    private static string Rows(string workplaceName, int firstPerson) =>
        string.Concat(Enumerable.Range(firstPerson, 3000).Select(i => new Employment(2020, $"{i + 1}", "123456785") { WorkplaceName = workplaceName }.ToLine() + "\n"));
}
