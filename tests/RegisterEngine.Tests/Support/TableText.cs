using System.Buffers;
using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Tests.Support;

/// <summary>Whole tables as rows of texts; null where there is no value.</summary>
internal static class TableText
{
    public static List<string?[]> Read(ITable table)
    {
        var rows = new List<string?[]>();
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is { } batch)
                Add(rows, batch);
        return rows;
    }

    public static void Add(List<string?[]> rows, ColumnBatch batch)
    {
        for (int row = 0; row < batch.Rows; row++)
            rows.Add([.. Enumerable.Range(0, batch.Schema.Fields.Count).Select(i => Value(batch[i], row))]);
    }

    public static string? Value(Column column, int row)
    {
        if (column.IsNull(row) || (column.Codes is DictionaryValues { Values: var values } && values.IsNull(column.As<int>()[row])))
            return null;
        var text = new ArrayBufferWriter<byte>();
        ValueText.Append(text, column, row);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static string Show(IEnumerable<string?[]> rows) => string.Join('\n', rows.Select(row => string.Join('|', row.Select(value => value ?? "-"))));

    /// <summary>Compares tables, and tells the first value that differs.</summary>
    public static void AssertEqual(BatchSchema schema, List<string?[]> expected, List<string?[]> actual, string where)
    {
        Assert.True(expected.Count == actual.Count, $"{where}: {actual.Count} rows, not {expected.Count}");
        for (int row = 0; row < expected.Count; row++)
            for (int i = 0; i < expected[row].Length; i++)
                Assert.True(expected[row][i] == actual[row][i], $"{where}, row {row}, column '{schema.Fields[i].Name}': {actual[row][i] ?? "-"}, not {expected[row][i] ?? "-"}");
    }
}
