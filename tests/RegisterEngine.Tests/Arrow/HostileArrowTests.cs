using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Arrow;

public sealed class HostileArrowTests
{
    private static readonly TableReadOptions Small = new() { Limit = 1 << 20, BatchRows = 256 };

    public static TheoryData<string> Files => [.. TestData.In("arrow/good", "*.stream"), .. TestData.In("arrow/good", "*.arrow_file"), "own stream", "own file"];

    /// <summary>Reads all rows, with and without codes.</summary>
    internal static void Read(byte[] file)
    {
        Read(() => ArrowTable.Open("file", file, Small));
        Read(() => ArrowTable.Open("file", file, Small with { AllowsCodes = true }));
    }

    internal static void ReadPath(string path) => Read(() => ArrowTable.Open(path, Small));

    [Fact]
    public void NumbersWithTheHighestByteFirstAreRefused()
    {
        ExtractException e = Assert.Throws<ExtractException>(() => ArrowTable.Open("file", SchemaOnly(endianness: 1)));
        Assert.Contains("highest byte first", e.Message, StringComparison.Ordinal);
        using ArrowTable usual = ArrowTable.Open("file", SchemaOnly(endianness: 0));
        Assert.Equal("a", usual.Schema.Fields[0].Name);
    }

    [Theory]
    [InlineData("aar;personid\n2020;1\n", "looks like text")]
    [InlineData("\u00E5r;personid\n", "looks like text")]
    [InlineData("\uFEFFaar;personid\n", "looks like text")]
    [InlineData("a", "looks like text")]
    [InlineData("PAR1\u0015\u0004", "is a Parquet file")]
    [InlineData("ARROW1\0\0", "is an Arrow file, not a stream")]
    public void WhatIsPipedInPlaceOfAStreamIsCalledByItsName(string start, string message)
    {
        byte[][] inputs = message.EndsWith("text", StringComparison.Ordinal)
            ? [System.Text.Encoding.UTF8.GetBytes(start), System.Text.Encoding.Latin1.GetBytes(start.TrimStart('\uFEFF')), [.. System.Text.Encoding.Unicode.Preamble, .. System.Text.Encoding.Unicode.GetBytes(start)]]
            : [System.Text.Encoding.Latin1.GetBytes(start)];
        foreach (byte[] input in inputs)
        {
            string said = Assert.Throws<ExtractException>(() => ArrowTable.Open("standard input", new MemoryStream(input))).Message;
            Assert.Contains(message, said, StringComparison.Ordinal);
            Assert.Equal(message.EndsWith("text", StringComparison.Ordinal), said.Contains("--stdin text", StringComparison.Ordinal));
        }
        Assert.Contains("gzip", Assert.Throws<ExtractException>(() => ArrowTable.Open("standard input", new MemoryStream([0x1F, 0x8B, 8, 0]))).Message, StringComparison.Ordinal);
    }

    // A stream may end after any message; a file never.
    [Theory]
    [MemberData(nameof(Files))]
    public void CutFilesAreRefused(string name)
    {
        byte[] file = Load(name);
        if (file.Length < 6000)
            Hostile.Truncate(file, Read, length => !name.EndsWith("file", StringComparison.Ordinal) && length % 4 == 0);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ChangedFilesAreReadOrRefused(string name)
    {
        byte[] file = Load(name);
        int refused = Hostile.Mutate(file, file.Length < 6000 ? 300 : 60, seed: 1985, mostBytes: 64 << 20, Read);
        Assert.True(refused > 0);
    }

    private static byte[] Load(string name)
    {
        if (!name.StartsWith("own", StringComparison.Ordinal))
            return File.ReadAllBytes(TestData.PathOf("arrow/good/" + name));
        BatchSchema schema = RandomTables.Schema(RandomTables.AllTypes.Where((_, place) => place % 3 == 0 || place > 28));
        return ArrowWriterTests.Write(schema, [RandomTables.Make(schema, 9, 1, 0.2), RandomTables.Make(schema, 5, 2, 0.2)], isFile: name == "own file");
    }

    private static void Read(Func<ArrowTable> open)
    {
        using ArrowTable table = open();
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is { } batch)
                for (int i = 0; i < batch.Schema.Fields.Count; i++)
                    if (batch.Rows > 0 && !batch[i].IsNull(0))
                        _ = TableText.Value(batch[i], 0);
    }

    // A stream of one nullable column and no rows.
    private static byte[] SchemaOnly(short endianness)
    {
        var column = new FlatObject(
            FlatField.Of(0, new FlatText("a")), FlatField.Byte(1, 1), FlatField.Byte(2, 1), FlatField.Of(3, new FlatObject()), FlatField.Of(5, new FlatList([])));
        var schema = new FlatObject(FlatField.Int16(0, endianness), FlatField.Of(1, new FlatList([column])));
        var message = new ByteBuffer();
        new FlatObject(FlatField.Int16(0, 4), FlatField.Byte(1, ArrowMessage.Schema), FlatField.Of(2, schema), FlatField.Int64(3, 0)).WriteRoot(message);
        message.Align(sizeof(long));
        return [0xFF, 0xFF, 0xFF, 0xFF, .. BitConverter.GetBytes(message.Length), .. message.Written, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
    }
}
