using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Arrow;

public sealed class ArrowWriterTests
{
    private static readonly BatchSchema Schema = RandomTables.Schema(
        [.. RandomTables.AllTypes, new("months", ColumnType.Interval(4)), new("days", ColumnType.Interval(8)), new("all", ColumnType.Interval(16))]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatIsWrittenIsRead(bool isFile)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            List<ColumnBatch> batches = [.. Enumerable.Range(0, 4).Select(i => RandomTables.Make(Schema, i * 101 % 303, (seed * 10) + i, seed % 4 * 0.33))];
            byte[] file = Write(Schema, batches, isFile);
            var expected = new List<string?[]>();
            foreach (ColumnBatch batch in batches)
                TableText.Add(expected, batch);
            foreach (int rows in (int[])[11, 1000])
            {
                using ArrowTable table = ArrowTable.Open("file", file, new TableReadOptions { BatchRows = rows, AllowsCodes = seed % 2 == 0 });
                TableText.AssertEqual(Schema, expected, TableText.Read(table), $"seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ATableWithoutRowsIsATable(bool isFile)
    {
        using ArrowTable table = ArrowTable.Open("file", Write(Schema, [], isFile));
        Assert.Equal(Schema.Fields.Select(field => field.Name), table.Schema.Fields.Select(field => field.Name));
        Assert.Empty(TableText.Read(table));
    }

    [Fact]
    public void FilesOnDiskAreReadByAnyNumberOfReaders()
    {
        using var folder = new TemporaryFolder();
        List<ColumnBatch> batches = [.. Enumerable.Range(0, 20).Select(i => RandomTables.Make(Schema, 50, i, 0.1))];
        string path = folder.Write("table.arrow", Write(Schema, batches, isFile: true));
        using ArrowTable table = ArrowTable.Open(path);
        using ITableReader one = table.NewReader();
        using ITableReader other = table.NewReader();
        var pieces = new List<string>[20];
        for (bool more = true; more;)
        {
            more = Take(one) | Take(other);
        }
        var expected = new List<string?[]>();
        foreach (ColumnBatch batch in batches)
            TableText.Add(expected, batch);
        Assert.Equal(TableText.Show(expected), string.Join('\n', pieces.SelectMany(piece => piece)));

        bool Take(ITableReader reader)
        {
            if (!reader.NextPiece())
                return false;
            var rows = new List<string?[]>();
            while (reader.Read() is { } batch)
                TableText.Add(rows, batch);
            pieces[reader.Piece] = [TableText.Show(rows)];
            return true;
        }
    }

    [Fact]
    public void DictionariesOfAStreamMayBeAddedToOrReplaced()
    {
        BatchSchema schema = RandomTables.Schema([new("text", ColumnType.Dictionary(ColumnType.Utf8))]);
        byte[] added = Write(schema, [Coded(schema, "a", "b"), Coded(schema, "b", "c")], isFile: false);
        Assert.Equal(["a", "b", "b", "c"], Texts(added));
        Assert.Equal(["a", "b", "b", "c"], Texts(Write(schema, [Coded(schema, "a", "b"), Coded(schema, "b", "c")], isFile: true)));

        // Two streams of the same columns, the second without its beginning: its dictionary takes the place of the first.
        byte[] first = Write(schema, [Coded(schema, "a", "b")], isFile: false);
        byte[] second = Write(schema, [Coded(schema, "x", "y")], isFile: false);
        int start = 8 + BitConverter.ToInt32(first, 4);
        Assert.Equal(["a", "b", "x", "y"], Texts([.. first[..^8], .. second[start..]]));
    }

    [Fact]
    public void TextsOfSlicesAreWrittenFromTheirFirst()
    {
        BatchSchema schema = RandomTables.Schema([new("text", ColumnType.Utf8), new("far", ColumnType.LargeUtf8), new("bit", ColumnType.Boolean)]);
        ColumnBatch batch = RandomTables.Make(schema, 100, 3, 0.2);
        var part = new ColumnBatch(schema, [batch[0].Slice(13, 50), batch[1].Slice(13, 50), batch[2].Slice(13, 50)], 50);
        var expected = new List<string?[]>();
        TableText.Add(expected, batch);
        using ArrowTable table = ArrowTable.Open("file", Write(schema, [part], isFile: false));
        TableText.AssertEqual(schema, expected[13..63], TableText.Read(table), "slice");
    }

    internal static byte[] Write(BatchSchema schema, IEnumerable<ColumnBatch> batches, bool isFile)
    {
        var target = new MemoryStream();
        using var writer = new ArrowWriter(target, schema, isFile, [new("who", "æ")]);
        foreach (ColumnBatch batch in batches)
            writer.Add(batch);
        writer.Finish();
        return target.ToArray();
    }

    private static ColumnBatch Coded(BatchSchema schema, params string[] texts)
    {
        var values = new Column(new Field("", ColumnType.Utf8), texts.Length);
        values.ReserveData(100);
        for (int i = 0; i < texts.Length; i++)
        {
            int at = values.As<int>()[i];
            values.As<int>()[i + 1] = at + Encoding.UTF8.GetBytes(texts[i], values.Data.Span[at..]);
        }
        var column = new Column(schema.Fields[0], texts.Length, new DictionaryValues(values, texts.Length));
        for (int i = 0; i < texts.Length; i++)
            column.As<int>()[i] = i;
        return new ColumnBatch(schema, [column], texts.Length);
    }

    private static IEnumerable<string?> Texts(byte[] file)
    {
        using ArrowTable table = ArrowTable.Open("file", file, new TableReadOptions { AllowsCodes = true });
        return TableText.Read(table).Select(row => row[0]);
    }
}
