using System.Text;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

public sealed class TableConversionTests
{
    private const string Text = "a;b;c\r\n1;\"x;\"\"y\"\"\";\r\n\"\";Ærfugl;\" z \"\r\n3;;7,5";

    [Fact]
    public void TextBecomesTheSameTableInEveryFormat()
    {
        using var folder = new TemporaryFolder();
        string text = folder.Write("t.csv", Text);
        string latin = folder.Write("latin.csv", Encoding.Latin1.GetBytes(Text));
        foreach (string source in (string[])[text, latin])
            foreach (string name in (string[])["t.parquet", "t.arrow", "t.arrows", "u.csv"])
            {
                string target = Path.Combine(folder.Path, name);
                Convert(source, target);
                using ITable table = Open(target);
                Assert.Equal("1|x;\"y\"|-\n-|Ærfugl|z\n3|-|7,5", TableText.Show(TableText.Read(table)));
            }
    }

    [Fact]
    public void ColumnsCanBeChosen()
    {
        using var folder = new TemporaryFolder();
        using ITable table = Open(folder.Write("t.csv", Text), new TableReadOptions { Columns = ["c", "a"], BatchRows = 2 });
        Assert.Equal("-|1\nz|-\n7,5|3", TableText.Show(TableText.Read(table)));
    }

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.parquet")]
    [InlineData("t.arrow")]
    public void AColumnThatIsNotThereIsNamedWithThoseThatAre(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("t.csv", Text);
        if (name != "t.csv")
            Convert(path, path = Path.Combine(folder.Path, name));
        ExtractException e = Assert.Throws<ExtractException>(() => Open(path, new TableReadOptions { Columns = ["a", "d"] }));
        Assert.Contains("there is no column 'd', only 'a', 'b', 'c'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABadRecordIsAnError()
    {
        using var folder = new TemporaryFolder();
        using ITable table = Open(folder.Write("t.csv", "a;b\n1;2\n3\n"));
        Assert.Contains("fields", Assert.Throws<ExtractException>(() => TableText.Read(table)).Message, StringComparison.Ordinal);
    }

    private static ITable Open(string path, TableReadOptions? options = null) => TableConversion.Open(ExtractInputs.Find([path])[0], options);

    private static void Convert(string source, string target)
    {
        using ITable table = Open(source);
        using FileStream file = File.Create(target);
        using ITableWriter writer = TableConversion.NewWriter(TableConversion.FormatOf(target)!.Value, file, table.Schema, new ParquetWriteOptions());
        TableConversion.Copy(table, writer);
    }
}
