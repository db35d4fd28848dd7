using RegisterEngine.Columns;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Tests.Sources;

public sealed class CodeRowsTests
{
    // Few codes fit one table; with many, one column leads.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 5)]
    [InlineData(3, 200)]
    [InlineData(4, 40)]
    public void RowsHaveTheSameNumberWhereTheyHaveTheSameCodes(int columns, int codes)
    {
        var random = new Random(columns * codes);
        var rows = new CodeRows(columns);
        for (int dictionary = 0; dictionary < 4; dictionary++)
        {
            DictionaryValues[] values = [.. Enumerable.Range(0, columns).Select(_ => Dictionary(random.Next(1, codes + 1)))];
            var numberOf = new Dictionary<string, int>();
            for (int batch = 0; batch < 3; batch++)
            {
                Column[] used = [.. values.Select(known => Codes(known, random, hasNulls: batch == 1))];
                Assert.True(rows.TryUse(used));
                int[] numbers = new int[500];
                rows.Find(used, 100, numbers);
                for (int row = 0; row < numbers.Length; row++)
                {
                    int[] expected = [.. used.Select((column, i) => column.IsNull(100 + row) ? values[i].Count : column.As<int>()[100 + row])];
                    Assert.Equal(expected, Enumerable.Range(0, columns).Select(column => rows.CodeOf(numbers[row], column)));
                    string key = string.Join(',', expected);
                    Assert.Equal(numberOf.GetValueOrDefault(key, numberOf.Count), numbers[row]);
                    numberOf[key] = numbers[row];
                }
                Assert.Equal(numberOf.Count, rows.Count);
            }
        }
    }

    [Fact]
    public void TooManyCodesAreLeftToOthers()
    {
        var rows = new CodeRows(3);
        Column[] used = [.. Enumerable.Range(0, 3).Select(_ => Codes(Dictionary(50_000), new Random(1), hasNulls: false))];
        Assert.False(rows.TryUse(used));
    }

    private static DictionaryValues Dictionary(int count) => new(new Column(new Field("", ColumnType.Int32), count), count);

    private static Column Codes(DictionaryValues dictionary, Random random, bool hasNulls)
    {
        var column = new Column(new Field("a", ColumnType.Dictionary(ColumnType.Int32)), 600, dictionary);
        for (int row = 0; row < 600; row++)
        {
            column.As<int>()[row] = row > 0 && random.Next(2) == 0 ? column.As<int>()[row - 1] : random.Next(dictionary.Count);
            if (hasNulls && random.Next(4) == 0)
                column.SetNull(row);
        }
        return column;
    }
}
