using System.Text;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Publication;

public sealed class PanelTableTests
{
    [Theory]
    [InlineData(TableFileFormat.Parquet)]
    [InlineData(TableFileFormat.Arrow)]
    [InlineData(TableFileFormat.ArrowStream)]
    public void ThePanelIsTheSameInEveryFormat(TableFileFormat format)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            using var folder = new TemporaryFolder();
            using RunResult result = Engine.Run([folder.Write("r.csv", Employment.ToCsv(RandomRegister.Make(seed)))]);
            byte[] file = Write(result, format, threads: 2, groupRows: 20);
            using ITable table = format == TableFileFormat.Parquet ? ParquetTable.Open("file", file) : ArrowTable.Open("file", file);
            var csv = new MemoryStream();
            using var writer = new CsvTableWriter(csv, table.Schema);
            TableConversion.Copy(table, writer);
            string expected = Encoding.UTF8.GetString(Write(result, TableFileFormat.Csv, 1, 1)).Replace(",no,", ",false,", StringComparison.Ordinal).Replace(",yes,", ",true,", StringComparison.Ordinal);
            Assert.Equal(expected, Encoding.UTF8.GetString(csv.ToArray()));
        }
    }

    [Theory]
    [InlineData(TableFileFormat.Parquet)]
    [InlineData(TableFileFormat.Arrow)]
    public void TheBytesAreTheSameForAnyNumberOfThreads(TableFileFormat format)
    {
        List<Employment> employments = RandomRegister.Make(3);
        using var folder = new TemporaryFolder();
        string one = folder.Write("one.csv", Employment.ToCsv(employments));
        string other = folder.Write("other.csv", Employment.ToCsv(RandomRegister.Shuffled(employments, 1)));
        using RunResult first = Engine.Run([one], plan => plan with { Threads = 1 });
        using RunResult second = Engine.Run([other], plan => plan with { Threads = 3 });
        Assert.Equal(Write(first, format, 1, 30), Write(second, format, 4, 30));
    }

    [Fact]
    public void AFailureWhileRowGroupsAreMadeEndsTheWriting()
    {
        using var writer = new ParquetWriter(new MemoryStream(), RandomTables.Schema([new("x", RegisterEngine.Columns.ColumnType.Int32)]));
        Assert.Throws<InvalidDataException>(() => writer.AddGroups(8, 3, (group, _) =>
        {
            if (group == 4)
                throw new InvalidDataException();
        }));
    }

    private static byte[] Write(RunResult result, TableFileFormat format, int threads, int groupRows)
    {
        var target = new MemoryStream();
        PanelTable.Write(result.Panel, format, target, threads, new ParquetWriteOptions { RowGroupRows = groupRows });
        return target.ToArray();
    }
}
