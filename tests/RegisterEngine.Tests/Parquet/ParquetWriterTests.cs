using RegisterEngine.Columns;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Parquet;

public sealed class ParquetWriterTests
{
    private static readonly BatchSchema Schema = RandomTables.Schema(RandomTables.AllTypes);

    [Theory]
    [InlineData(CompressionKind.None)]
    [InlineData(CompressionKind.Snappy)]
    [InlineData(CompressionKind.Zstandard)]
    public void WhatIsWrittenIsRead(CompressionKind compression)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var options = new ParquetWriteOptions { Compression = compression, RowGroupRows = 700, PageRows = 97 };
            List<ColumnBatch> batches = [.. Enumerable.Range(0, 3).Select(i => RandomTables.Make(Schema, i * 401, (seed * 10) + i, seed % 4 * 0.33))];
            byte[] file = Write(Schema, batches, options);
            using ParquetTable table = ParquetTable.Open("file", file, new TableReadOptions { BatchRows = 49 });
            var expected = new List<string?[]>();
            foreach (ColumnBatch batch in batches)
                TableText.Add(expected, batch);
            TableText.AssertEqual(Schema, expected, TableText.Read(table), $"seed {seed}");
        }
    }

    [Fact]
    public void ATableWithoutRowsIsATable()
    {
        using ParquetTable table = ParquetTable.Open("file", Write(Schema, [], new ParquetWriteOptions()));
        Assert.Equal(0, table.Rows);
        Assert.Equal(Schema.Fields.Select(field => field.Name), table.Schema.Fields.Select(field => field.Name));
        Assert.Empty(TableText.Read(table));
    }

    [Fact]
    public void TheSameRowsGiveTheSameBytesHoweverTheyAreBatched()
    {
        BatchSchema schema = RandomTables.Schema(RandomTables.AllTypes.Where(field => field.Type.Kind != TypeKind.Dictionary));
        ColumnBatch batch = RandomTables.Make(schema, 1000, 5, 0.2);
        byte[] once = Write(schema, [batch], new ParquetWriteOptions());
        using ParquetTable table = ParquetTable.Open("file", once, new TableReadOptions { BatchRows = 7 });
        var target = new MemoryStream();
        // What was read has the types that Parquet has; written again it is the same file but for the types that were lost.
        using var writer = new ParquetWriter(target, table.Schema);
        using var again = new MemoryStream();
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is { } part)
                writer.Add(part);
        writer.Finish();
        using ParquetTable copy = ParquetTable.Open("copy", target.ToArray());
        using var second = new ParquetWriter(again, copy.Schema);
        using ITableReader whole = copy.NewReader();
        while (whole.NextPiece())
            while (whole.Read() is { } part)
                second.Add(part);
        second.Finish();
        Assert.Equal(target.ToArray(), again.ToArray());
    }

    [Fact]
    public void CodesStayCodesThroughAFile()
    {
        BatchSchema schema = RandomTables.Schema([new Field("coded", ColumnType.Dictionary(ColumnType.Utf8))]);
        byte[] file = Write(schema, [RandomTables.Make(schema, 5000, 1, 0.1)], new ParquetWriteOptions());
        Assert.True(file.Length < 5000);
        using ParquetTable table = ParquetTable.Open("file", file, new TableReadOptions { AllowsCodes = true });
        using ITableReader reader = table.NewReader();
        Assert.True(reader.NextPiece());
        Assert.Equal(TypeKind.Dictionary, reader.Read()![0].Field.Type.Kind);
    }

    [Fact]
    public void RowGroupsOutsideARangeAreSkippedByTheirStatistics()
    {
        BatchSchema schema = RandomTables.Schema([new("year", ColumnType.Int32), new("code", ColumnType.Utf8)]);
        byte[] file = Write(schema, [YearsAndCodes(schema)], new ParquetWriteOptions { RowGroupRows = 10 });
        Assert.Equal(3, Groups(new ColumnRange("year", 2016L, 2018L)));
        Assert.Equal(1, Groups(new ColumnRange("code", "0301", "0301")));
        Assert.Equal(0, Groups(new ColumnRange("code", "2000", "3000")));
        Assert.Equal(0, Groups(new ColumnRange("year", 2016L, 2016L), new ColumnRange("code", "0301", "0301")));

        int Groups(params ColumnRange[] ranges)
        {
            using ParquetTable table = ParquetTable.Open("file", file, new TableReadOptions { Ranges = ranges });
            return table.RowGroupsToRead;
        }
    }

    [Fact]
    public void RowGroupsAllOfWhoseRowsAreUnwantedAreSkippedButNeverWhereAValueIsMissing()
    {
        BatchSchema schema = RandomTables.Schema([new("year", ColumnType.Int32), new("code", ColumnType.Utf8)]);
        ColumnBatch batch = YearsAndCodes(schema);
        batch[0].SetNull(13);
        batch[1].SetNull(13);
        byte[] file = Write(schema, [batch], new ParquetWriteOptions { RowGroupRows = 10 });
        Assert.Equal([0, 2], Skipped(new ColumnRange("year", 2015L, 2017L)));
        Assert.Equal([0, 2, 9], Skipped(new ColumnRange("year", 2015L, 2017L), new("year", 2024L, 2030L)));
        Assert.Equal([0, 2], Skipped(new ColumnRange("code", "0000", "0290")));
        Assert.Empty(Skipped(new ColumnRange("code", "0001", "0089"), new("year", "2015", "2024"), new("absent", 0L, 9999L)));

        List<int> Skipped(params ColumnRange[] unwanted)
        {
            using ParquetTable table = ParquetTable.Open("file", file, new TableReadOptions { Unwanted = () => unwanted });
            Assert.All(table.Skipped, group => Assert.Equal(10, table.RowsOf(group)));
            return [.. table.Skipped];
        }
    }

    [Fact]
    public void MetadataIsKept()
    {
        KeyValuePair<string, string>[] metadata = [new("manifest-sha256", "abc"), new("ærlig", "talt")];
        using ParquetTable table = ParquetTable.Open("file", Write(Schema, [], new ParquetWriteOptions { Metadata = metadata }));
        Assert.Equal(metadata, table.Metadata);
    }

    [Fact]
    public void WhatHasNoPlaceInTheFormatIsRefused()
    {
        Assert.Throws<ArgumentException>(() => Write(RandomTables.Schema([new("span", ColumnType.Interval(8))]), [], new ParquetWriteOptions()));
        Assert.Throws<ArgumentException>(() => Write(Schema, [], new ParquetWriteOptions { Compression = CompressionKind.Brotli }));
        BatchSchema required = RandomTables.Schema([new("n", ColumnType.Int32, IsNullable: false)]);
        ColumnBatch batch = RandomTables.Make(required, 3, 1, 0);
        batch[0].SetNull(1);
        Assert.Throws<ArgumentException>(() => Write(required, [batch], new ParquetWriteOptions()));
        Assert.Throws<ArgumentException>(() => Write(Schema, [batch], new ParquetWriteOptions()));
    }

    [Theory]
    [InlineData(86_400_000L * 20_000, true)]
    [InlineData(-86_400_000L, true)]
    [InlineData((86_400_000L * 20_000) + 1, false)]
    [InlineData(-1L, false)]
    [InlineData(86_400_000L * (1L << 31), false)]
    public void ADateWithATimeOfDayIsNeverWrittenWithoutIt(long milliseconds, bool isDate)
    {
        BatchSchema schema = RandomTables.Schema([new("day", ColumnType.Date64)]);
        var day = new Column(schema.Fields[0], 2);
        day.As<long>().Fill(milliseconds);
        var batch = new ColumnBatch(schema, [day], 2);
        if (!isDate)
        {
            Assert.Contains("'day' has a date with a time of day", Assert.Throws<ArgumentException>(() => Write(schema, [batch], new ParquetWriteOptions())).Message, StringComparison.Ordinal);
            day.SetNull(0);
            day.SetNull(1);
        }
        using ParquetTable table = ParquetTable.Open("file", Write(schema, [batch], new ParquetWriteOptions()));
        Assert.Equal(2, TableText.Read(table).Count);
    }

    // Ten rows of each year from 2015 on; codes from 0000 to 0990.
    private static ColumnBatch YearsAndCodes(BatchSchema schema)
    {
        var year = new Column(schema.Fields[0], 100);
        var code = new Column(schema.Fields[1], 100);
        code.ReserveData(400);
        for (int row = 0; row < 100; row++)
        {
            year.As<int>()[row] = 2015 + (row / 10);
            System.Text.Encoding.ASCII.GetBytes($"{row * 10:0000}").CopyTo(code.Data.Span[(row * 4)..]);
            code.As<int>()[row + 1] = (row + 1) * 4;
        }
        return new ColumnBatch(schema, [year, code], 100);
    }

    private static byte[] Write(BatchSchema schema, IEnumerable<ColumnBatch> batches, ParquetWriteOptions options)
    {
        var target = new MemoryStream();
        using var writer = new ParquetWriter(target, schema, options);
        foreach (ColumnBatch batch in batches)
            writer.Add(batch);
        writer.Finish();
        return target.ToArray();
    }
}
