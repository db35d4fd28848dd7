using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Parquet;

public sealed class HostileParquetTests
{
    private static readonly TableReadOptions Small = new() { Limit = 1 << 20, BatchRows = 256 };

    // Nested columns are left out; what is left has all encodings, codecs and page versions of the corpus.
    public static TheoryData<string> Files =>
        [.. TestData.In("parquet/good", "*.parquet").Where(name => name is not ("nested_lists.snappy.parquet" or "datapage_v1-corrupt-checksum.parquet" or "nulls.snappy.parquet"))];

    [Theory]
    [MemberData(nameof(Files))]
    public void CutFilesAreRefused(string name)
    {
        byte[] file = File.ReadAllBytes(TestData.PathOf("parquet/good/" + name));
        if (file.Length < 5000)
            Hostile.Truncate(file, Read);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ChangedFilesAreReadOrRefused(string name)
    {
        byte[] file = File.ReadAllBytes(TestData.PathOf("parquet/good/" + name));
        int refused = Hostile.Mutate(file, file.Length < 5000 ? 400 : 60, seed: 2024, mostBytes: 64 << 20, Read);
        Assert.True(refused > 0);
    }

    [Fact]
    public void NoMoreIsAllocatedThanTheLimit()
    {
        byte[] file = File.ReadAllBytes(TestData.PathOf("parquet/good/delta_byte_array.parquet"));
        Assert.Contains("limit of 1000", Assert.Throws<ExtractException>(() => Read(file, new TableReadOptions { Limit = 1000 })).Message, StringComparison.Ordinal);
    }

    private static void Read(byte[] file)
    {
        Read(file, Small);
        Read(file, Small with { AllowsCodes = true });
    }

    private static void Read(byte[] file, TableReadOptions options)
    {
        IReadOnlyList<string>? columns = null;
        using (ParquetTable? all = Try(file, options))
            if (all is null)
                columns = ["a", "b", "c", "d"];
        using ParquetTable table = ParquetTable.Open("file", file, options with { Columns = columns });
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is not null)
            {
            }
    }

    private static ParquetTable? Try(byte[] file, TableReadOptions options)
    {
        try
        {
            return ParquetTable.Open("file", file, options);
        }
        catch (ExtractException e) when (e.Message.Contains("Name the columns", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
