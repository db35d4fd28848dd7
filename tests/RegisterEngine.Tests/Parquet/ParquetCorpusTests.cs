using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Parquet;

/// <summary>Files of other writers, whose values are known.</summary>
public sealed class ParquetCorpusTests
{
    private const string AllTypes = """
        4|true|0|0|0|0|0|0|30332f30312f3039|30|2009-03-01T00:00:00
        5|false|1|1|1|10|1.1|10.1|30332f30312f3039|31|2009-03-01T00:01:00
        6|true|0|0|0|0|0|0|30342f30312f3039|30|2009-04-01T00:00:00
        7|false|1|1|1|10|1.1|10.1|30342f30312f3039|31|2009-04-01T00:01:00
        2|true|0|0|0|0|0|0|30322f30312f3039|30|2009-02-01T00:00:00
        3|false|1|1|1|10|1.1|10.1|30322f30312f3039|31|2009-02-01T00:01:00
        0|true|0|0|0|0|0|0|30312f30312f3039|30|2009-01-01T00:00:00
        1|false|1|1|1|10|1.1|10.1|30312f30312f3039|31|2009-01-01T00:01:00
        """;

    private const string FourRows = """
        1593604800|616263|42
        1593604800|646566|7.7
        1593604801|616263|42.125
        1593604801|646566|7.7
        """;

    public static TheoryData<string, string> Known => new()
    {
        { "alltypes_plain.parquet", AllTypes },
        { "alltypes_plain.snappy.parquet", Lines(AllTypes, 2, 4) },
        { "alltypes_dictionary.parquet", Lines(AllTypes, 6, 8) },
        { "hadoop_lz4_compressed.parquet", FourRows },
        { "lz4_raw_compressed.parquet", FourRows },
        { "byte_array_decimal.parquet", Hundredths(24) },
        { "fixed_length_decimal.parquet", Hundredths(24) },
        { "int32_decimal.parquet", Hundredths(24) },
        { "int64_decimal.parquet", Hundredths(24) },
        { "concatenated_gzip_members.parquet", string.Join('\n', Enumerable.Range(1, 513)) },
        { "delta_length_byte_array.parquet", string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"apple_banana_mango{i * i}")) },
        { "single_nan.parquet", "-" },
    };

    public static TheoryData<string> All => [.. TestData.In("parquet/good", "*.parquet")];

    public static TheoryData<string> Bad => [.. TestData.In("parquet/bad", "*.parquet")];

    [Theory]
    [MemberData(nameof(Known))]
    public void FilesAreReadToTheValue(string name, string rows) => Assert.Equal(rows, TableText.Show(Read(name)));

    [Theory]
    [InlineData("delta_byte_array")]
    [InlineData("delta_encoding_required_column")]
    public void FilesAreReadAsTheirPublisherExpects(string name)
    {
        List<string[]> expected = [.. File.ReadLines(TestData.PathOf($"parquet/good/{name}_expect.csv")).Skip(1).Select(Fields)];
        List<string?[]> read = Read(name + ".parquet");
        Assert.Equal(expected.Count, read.Count);
        for (int row = 0; row < read.Count; row++)
            Assert.Equal(expected[row], read[row].Select(value => value ?? ""));
    }

    [Fact]
    public void NestedColumnsAreRefusedByNameUnlessNotAskedFor()
    {
        Assert.Contains("'a.list.element.list.element.list.element' is nested", Refusal("nested_lists.snappy.parquet", null), StringComparison.Ordinal);
        Assert.Contains("is nested", Refusal("nested_lists.snappy.parquet", ["a"]), StringComparison.Ordinal);
        Assert.Contains("'b_struct.b_c_int' is nested", Refusal("nulls.snappy.parquet", null), StringComparison.Ordinal);
        Assert.Contains("no column 'z', only 'a'", Refusal("datapage_v2.snappy.parquet", ["z"]), StringComparison.Ordinal);
        Assert.Equal("1\n1", TableText.Show(Read("nested_lists.snappy.parquet", ["b"])).Replace("1\n1\n1", "1\n1", StringComparison.Ordinal));
        Assert.Equal("2|abc|1|true\n3|abc|2|true\n4|abc|3|true\n5|-|4|false\n2|abc|5|true", TableText.Show(Read("datapage_v2.snappy.parquet", ["c", "a", "b", "d"])));
    }

    // The microseconds that Spark had: the last is beyond what its Julian day holds.
    [Fact]
    public void OldTimestampsComeBackFarAwayToo()
    {
        using ParquetTable table = ParquetTable.Open(TestData.PathOf("parquet/good/int96_from_spark.parquet"));
        using ITableReader reader = table.NewReader();
        Assert.True(reader.NextPiece());
        Column column = reader.Read()![0];
        Assert.Equal(
            [1704141296123456, 1704070800000000, 253402225200000000, 1735599600000000, 0, 9089380393200000000],
            column.As<long>()[..6].ToArray());
        Assert.True(column.IsNull(4));
    }

    [Fact]
    public void ARunOfTruthValuesIsRead()
    {
        List<string?[]> rows = Read("rle_boolean_encoding.parquet");
        Assert.Equal(68, rows.Count);
        Assert.Equal(6, rows.Count(row => row[0] is null));
    }

    [Fact]
    public void AWrongChecksumIsAnError() =>
        Assert.Contains("row group 1, column 'a', page 1: the checksum of a page is not right", Refusal("datapage_v1-corrupt-checksum.parquet", null), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void ValuesAreTheSameHoweverBatchesAreCut(string name)
    {
        IReadOnlyList<string>? columns = name switch
        {
            "nested_lists.snappy.parquet" => ["b"],
            "datapage_v2.snappy.parquet" => ["a", "b", "c", "d"],
            _ => null,
        };
        if (name is "datapage_v1-corrupt-checksum.parquet" or "nulls.snappy.parquet")
            return;
        string whole = TableText.Show(Read(name, columns));
        foreach (int rows in (int[])[1, 2, 7, 11, 49])
            foreach (bool codes in (bool[])[false, true])
                Assert.Equal(whole, TableText.Show(Read(name, columns, new TableReadOptions { BatchRows = rows, AllowsCodes = codes })));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void BadFilesAreRefused(string name)
    {
        ExtractException refusal = Assert.Throws<ExtractException>(() => ReadPath(TestData.PathOf("parquet/bad/" + name), new TableReadOptions()));
        Assert.StartsWith(TestData.PathOf("parquet/bad/" + name), refusal.Message, StringComparison.Ordinal);
    }

    private static string Refusal(string name, IReadOnlyList<string>? columns) => Assert.Throws<ExtractException>(() => Read(name, columns)).Message;

    private static List<string?[]> Read(string name, IReadOnlyList<string>? columns = null, TableReadOptions? options = null) =>
        ReadPath(TestData.PathOf("parquet/good/" + name), (options ?? new TableReadOptions()) with { Columns = columns });

    private static List<string?[]> ReadPath(string path, TableReadOptions options)
    {
        using ParquetTable table = ParquetTable.Open(path, options);
        return TableText.Read(table);
    }

    private static string Hundredths(int count) => string.Join('\n', Enumerable.Range(1, count).Select(i => $"{i}.00"));

    private static string Lines(string text, int from, int to) => string.Join('\n', text.Split('\n')[from..to]);

    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        bool quoted = false;
        var field = new System.Text.StringBuilder();
        foreach (char character in line)
        {
            if (character == '"')
                quoted = !quoted;
            else if (character == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(character);
        }
        fields.Add(field.ToString());
        return [.. fields];
    }
}
