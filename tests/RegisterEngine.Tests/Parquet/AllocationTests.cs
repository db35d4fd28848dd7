using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Parquet;

/// <summary>Memory is taken once and used for one row group after the other: what a further row allocates is next to nothing.</summary>
public sealed class AllocationTests
{
    private const int GroupRows = 50_000;
    private const int Groups = 8;
    private const double MostBytesARow = 0.2;

    private static readonly BatchSchema Schema = RandomTables.Schema(
    [
        new("year", ColumnType.Int16), new("person", ColumnType.Int64), new("size", ColumnType.Decimal(5, 2, 4)), new("start", ColumnType.Date32),
        new("code", ColumnType.Utf8), new("form", ColumnType.Dictionary(ColumnType.Utf8)), new("known", ColumnType.Boolean),
    ]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ARowThatIsReadAllocatesNothing(bool allowsCodes)
    {
        byte[] file = Write(new MemoryStream(), Batches()).ToArray();
        using ParquetTable table = ParquetTable.Open("file", file, new TableReadOptions { AllowsCodes = allowsCodes });
        using ITableReader reader = table.NewReader();
        Assert.Equal(GroupRows, ReadGroup(reader));
        ReadGroup(reader);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long rows = 0;
        for (int group = 2; group < Groups; group++)
            rows += ReadGroup(reader);
        double bytesARow = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)rows;
        Assert.Equal((Groups - 2L) * GroupRows, rows);
        Assert.InRange(bytesARow, 0, MostBytesARow);
    }

    [Fact]
    public void ARowThatIsWrittenAllocatesNothing()
    {
        List<ColumnBatch> batches = Batches();
        using var writer = new ParquetWriter(Stream.Null, Schema, new ParquetWriteOptions { RowGroupRows = GroupRows });
        writer.Add(batches[0]);
        writer.Add(batches[1]);
        // The least of three: the collector may empty a pool of arrays meanwhile, which is filled again once.
        double least = double.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int group = 0; group < Groups; group++)
                writer.Add(batches[group % 2]);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Groups * GroupRows));
        }
        Assert.InRange(least, 0, MostBytesARow);
    }

    [Fact]
    public void ARowThatBecomesAnEmploymentAllocatesNothing()
    {
        using var folder = new TemporaryFolder();
        List<Employment> employments = [.. Enumerable.Range(0, 60_000).Select(i => new Employment(2020 + (i % 3), $"{1_000_000 + i}", $"{900_000_000 + (i / 3 % 500)}") { Size = 5000 + (i % 7 * 500), BirthYear = 1960 + (i % 40) })];
        string file = folder.Write("register.parquet", RegisterTables.Parquet(employments, ColumnStyle.Numbers, groupRows: 10_000));
        var books = new RegisterBooks();
        using var extracts = new ExtractSet(ExtractInputs.Find([file]), books, new SourceOptions());
        using ExtractReader reader = extracts.NewReader();
        ColumnBatch batch = RegisterBatch.Create(books, 2048);
        long rows = 0, measured = 0, before = 0;
        while (reader.Read(batch))
        {
            rows += batch.Rows;
            // Half of the rows have shown all that there is to learn.
            if (before == 0 && rows >= 30_000)
                (before, measured) = (GC.GetAllocatedBytesForCurrentThread(), rows);
        }
        double bytesARow = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(rows - measured);
        Assert.Equal(60_000, rows);
        Assert.InRange(bytesARow, 0, 1);
    }

    private static List<ColumnBatch> Batches() => [RandomTables.Make(Schema, GroupRows, 1, 0.1), RandomTables.Make(Schema, GroupRows, 2, 0.1)];

    private static MemoryStream Write(MemoryStream target, List<ColumnBatch> batches)
    {
        using var writer = new ParquetWriter(target, Schema, new ParquetWriteOptions { RowGroupRows = GroupRows });
        for (int group = 0; group < Groups; group++)
            writer.Add(batches[group % 2]);
        writer.Finish();
        return target;
    }

    private static long ReadGroup(ITableReader reader)
    {
        long rows = 0;
        Assert.True(reader.NextPiece());
        while (reader.Read() is { } batch)
            rows += batch.Rows;
        return rows;
    }
}
