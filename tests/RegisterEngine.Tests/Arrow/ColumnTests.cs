using RegisterEngine.Columns;

namespace RegisterEngine.Tests.Arrow;

public sealed class ColumnTests
{
    private static Field Of(ColumnType type) => new("x", type);

    private static byte[] Ints(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Longs(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    [Fact]
    public void ForeignMemoryIsReadWhereItLies()
    {
        var column = new Column(Of(ColumnType.Utf8), 3, new ColumnMemory(new byte[] { 0b101 }, Ints(0, 1, 1, 5), "aøå"u8.ToArray()));
        Assert.Equal(1, column.NullCount);
        Assert.True(column.IsNull(1));
        Assert.Equal("a"u8, column.TextAt(0));
        Assert.Equal("øå"u8, column.TextAt(2));
    }

    [Fact]
    public void OffsetsThatDoNotRiseAreRefused() => Refused(ColumnType.Utf8, Ints(0, 3, 2), "abc"u8.ToArray(), "do not rise");

    [Fact]
    public void NegativeOffsetsAreRefused() => Refused(ColumnType.Binary, Ints(-1, 0, 2), "abc"u8.ToArray(), "do not rise");

    [Fact]
    public void FarOffsetsThatOverflowAreRefused() =>
        Refused(ColumnType.LargeBinary, Longs(0, long.MaxValue, long.MinValue), "abc"u8.ToArray(), "do not rise");

    [Fact]
    public void ValuesBeyondTheirBytesAreRefused() => Refused(ColumnType.LargeUtf8, Longs(0, 2, 4), "abc"u8.ToArray(), "ends at byte 4 of 3");

    [Fact]
    public void TextThatIsNoUtf8IsRefused() => Refused(ColumnType.Utf8, Ints(0, 1, 2), [0x61, 0xFF], "no UTF-8");

    [Fact]
    public void ACharacterCutByAnOffsetIsRefused() => Refused(ColumnType.Utf8, Ints(0, 1, 2), "ø"u8.ToArray(), "no UTF-8");

    [Fact]
    public void TooFewValuesAreRefused() => Refused(ColumnType.Int64, Longs(1), [], "too few");

    [Fact]
    public void ACodeThatStandsForNothingIsRefused()
    {
        var texts = new Column(Of(ColumnType.Utf8), 2, new ColumnMemory(default, Ints(0, 1, 2), "ab"u8.ToArray()));
        var values = new DictionaryValues(texts, 2);
        Field field = Of(ColumnType.Dictionary(ColumnType.Utf8));
        _ = new Column(field, 3, new ColumnMemory(default, Ints(0, 1, 0)), values);
        Assert.Throws<ArgumentException>(() => new Column(field, 3, new ColumnMemory(default, Ints(0, 2, 0)), values));
        Assert.Throws<ArgumentException>(() => new Column(field, 3, new ColumnMemory(default, Ints(0, -1, 0)), values));
        Assert.Throws<ArgumentException>(() => new Column(field, 3, new ColumnMemory(default, Ints(0, 1, 0))));
    }

    [Fact]
    public void AnEmptyDictionaryServesRowsWithoutValues()
    {
        var texts = new Column(Of(ColumnType.Utf8), 0, new ColumnMemory(default, Ints(0)));
        Field field = Of(ColumnType.Dictionary(ColumnType.Utf8));
        Assert.Equal(2, new Column(field, 2, new ColumnMemory(new byte[1], Ints(0, 0)), new DictionaryValues(texts, 0)).NullCount);
        Assert.Throws<ArgumentException>(() => new Column(field, 2, new ColumnMemory(new byte[] { 1 }, Ints(0, 0)), new DictionaryValues(texts, 0)));
    }

    [Fact]
    public void ABitmapThatIsTooShortIsRefused() =>
        Assert.Throws<ArgumentException>(() => new Column(Of(ColumnType.Int8), 9, new ColumnMemory(new byte[1], new byte[9])));

    [Fact]
    public void NullsMayBeTakenBack()
    {
        var column = new Column(Of(ColumnType.Int32), 20);
        column.SetNull(3, 12);
        column.SetNull(4);
        Assert.Equal(12, column.NullCount);
        column.SetValues(0, 5);
        Assert.Equal(10, column.NullCount);
        Assert.False(column.IsNull(4));
        Assert.True(column.IsNull(5));
        column.Clear();
        Assert.Equal(0, column.NullCount);
    }

    [Fact]
    public void NamesMayRepeatButNotBeAskedFor()
    {
        var schema = new BatchSchema([new("a", ColumnType.Int8), new("b", ColumnType.Int8), new("a", ColumnType.Utf8)]);
        Assert.Equal(1, schema.IndexOf("b"));
        Assert.Equal(-1, schema.IndexOf("c"));
        Assert.Throws<ArgumentException>(() => schema.IndexOf("a"));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(10, 0, 4)]
    [InlineData(77, 0, 0)]
    [InlineData(5, 2, 3)]
    public void DecimalsThatDoNotFitAreRefused(int precision, int scale, int width) =>
        Assert.Throws<ArgumentException>(() => ColumnType.Decimal(precision, scale, width));

    private static void Refused(ColumnType type, byte[] values, byte[] data, string why)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new Column(Of(type), 2, new ColumnMemory(default, values, data)));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }
}
