using System.Buffers.Binary;
using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Parquet;

/// <summary>What single writers are known to have written, right and wrong.</summary>
public sealed class OddWriterTests
{
    private static readonly byte[] Numbers = [7, 0, 0, 0, 9, 0, 0, 0];

    // Two codes of one bit: the second value, then the first.
    private static readonly byte[] Codes = [1, 3, 1];

    // The public nation.dict-malformed.parquet is such a file.
    [Theory]
    [InlineData("parquet-mr", true)]
    [InlineData("parquet-mr version 1.2.8 (build abc)", true)]
    [InlineData("parquet-mr version 1.2.9", false)]
    [InlineData("parquet-mr version 1.12.3 (build f8dced182c4c1fbdec6ccb3185537b5a01e6ed6b)", false)]
    [InlineData("another", false)]
    public void OldWritersLeaveTheHeaderOfTheDictionaryOutOfTheSize(string createdBy, bool isOld)
    {
        byte[] dictionary = HandmadeParquet.Dictionary(2, Numbers);
        var made = new HandmadeParquet(PhysicalType.Int32, 2) { CreatedBy = createdBy, LeftOut = dictionary.Length - Numbers.Length };
        byte[] file = made.With(dictionary, HandmadeParquet.Data(2, ParquetEncoding.PlainDictionary, Codes));
        if (isOld)
            Assert.Equal("9\n7", Show(file));
        else
            Assert.Contains("row group 1, column 'a', page 2: a structure is cut short", Refusal(file), StringComparison.Ordinal);
        Assert.Equal("9\n7", Show((made with { LeftOut = 0 }).With(dictionary, HandmadeParquet.Data(2, ParquetEncoding.PlainDictionary, Codes))));
    }

    // As the public ARROW-RS-GH-11261-FLBA-DICT.parquet: each value after its length, which a value of fixed length has not.
    [Fact]
    public void ValuesOfFixedLengthThatStandAfterTheirLengthsAreRefused()
    {
        var made = new HandmadeParquet(PhysicalType.FixedLenByteArray, 2) { Width = 4 };
        byte[] right = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] wrong = [4, 0, 0, 0, 1, 2, 3, 4, 4, 0, 0, 0, 5, 6, 7, 8];
        byte[] codes = HandmadeParquet.Data(2, ParquetEncoding.RleDictionary, Codes);
        Assert.Equal("05060708\n01020304", Show(made.With(HandmadeParquet.Dictionary(2, right), codes)));
        Assert.Contains("a dictionary of 2 values of 4 bytes takes 16 bytes", Refusal(made.With(HandmadeParquet.Dictionary(2, wrong), codes)), StringComparison.Ordinal);
        Assert.Equal("01020304\n05060708", Show(made.With(HandmadeParquet.Data(2, ParquetEncoding.Plain, right))));
        Assert.Contains(
            "row group 1, column 'a', page 1: 8 bytes are left over behind the last value", Refusal(made.With(HandmadeParquet.Data(2, ParquetEncoding.Plain, wrong))), StringComparison.Ordinal);
    }

    // Zeros behind the last value are padding, and no values.
    [Fact]
    public void PaddedPagesAreRead()
    {
        var made = new HandmadeParquet(PhysicalType.Int32, 2);
        byte[] padded = [.. Numbers, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal("7\n9", Show(made.With(HandmadeParquet.Data(2, ParquetEncoding.Plain, padded))));
        Assert.Equal("9\n7", Show(made.With(HandmadeParquet.Dictionary(2, padded), HandmadeParquet.Data(2, ParquetEncoding.RleDictionary, Codes))));
    }

    // As the public ARROW-GH-47662.parquet: the page counts rows that have no value, and nothing tells which.
    [Fact]
    public void RowsWithoutAValueInAColumnThatHasOneInEachAreRefused()
    {
        byte[] file = new HandmadeParquet(PhysicalType.Int32, 3).With(HandmadeParquet.Data(3, ParquetEncoding.Plain, Numbers));
        Assert.Contains("there are fewer values than rows", Refusal(file), StringComparison.Ordinal);
    }

    // As the public ARROW-GH-43605.parquet: codes of no bits all stand for the first value.
    [Fact]
    public void CodesMayHaveNoBits()
    {
        var made = new HandmadeParquet(PhysicalType.Int32, 2);
        Assert.Equal("7\n7", Show(made.With(HandmadeParquet.Dictionary(1, [7, 0, 0, 0]), HandmadeParquet.Data(2, ParquetEncoding.RleDictionary, [0, 4]))));
        Assert.Contains("fewer numbers", Refusal(made.With(HandmadeParquet.Dictionary(1, [7, 0, 0, 0]), HandmadeParquet.Data(2, ParquetEncoding.RleDictionary, [0, 2]))), StringComparison.Ordinal);
    }

    [Fact]
    public void ARowGroupWithoutRowsNeedNotHaveAPage()
    {
        Assert.Equal("", Show((new HandmadeParquet(PhysicalType.Int32, 0) { FirstPage = 0 }).With()));
        Assert.Contains("outside the file's data", Refusal((new HandmadeParquet(PhysicalType.Int32, 1) { FirstPage = 0 }).With()), StringComparison.Ordinal);
    }

    // As the public int96_timestamp_order.parquet.
    [Fact]
    public void OldTimestampsBetweenMicrosecondsAreReadInNanoseconds()
    {
        byte[] fine = [.. Int96(2_440_588, 86_399_999_999_999), .. Int96(2_440_589, 0), .. Int96(2_440_000, 123)];
        byte[] coarse = [.. Int96(2_440_588, 1000), .. Int96(5_373_484, 0), .. Int96(2_440_000, 0)];
        var made = new HandmadeParquet(PhysicalType.Int96, 3);
        Assert.Equal("1970-01-01T23:59:59.999999999\n1970-01-02T00:00:00\n1968-05-23T00:00:00.000000123", Show(made.With(HandmadeParquet.Data(3, ParquetEncoding.Plain, fine))));
        Assert.Equal("1970-01-01T00:00:00.000001\n9999-12-31T00:00:00\n1968-05-23T00:00:00", Show(made.With(HandmadeParquet.Data(3, ParquetEncoding.Plain, coarse))));

        // No unit holds both.
        byte[] both = [.. fine.AsSpan(0, 12), .. coarse.AsSpan(12)];
        Assert.Contains("row group 1, column 'a', page 1: a 96-bit timestamp cannot be told in Microseconds", Refusal(made.With(HandmadeParquet.Data(3, ParquetEncoding.Plain, both))), StringComparison.Ordinal);
        using ParquetTable asked = ParquetTable.Open("file", made.With(HandmadeParquet.Data(3, ParquetEncoding.Plain, coarse)), new TableReadOptions { Int96Unit = TimeUnit.Nanosecond });
        Assert.Contains("cannot be told in Nanoseconds", Assert.Throws<ExtractException>(() => TableText.Read(asked)).Message, StringComparison.Ordinal);
    }

    private static byte[] Int96(int day, long nanos)
    {
        byte[] value = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(value, nanos);
        BinaryPrimitives.WriteInt32LittleEndian(value.AsSpan(8), day);
        return value;
    }

    private static string Show(byte[] file)
    {
        using ParquetTable table = ParquetTable.Open("file", file);
        return TableText.Show(TableText.Read(table));
    }

    private static string Refusal(byte[] file) => Assert.Throws<ExtractException>(() => Show(file)).Message;
}
