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
        if (column.IsNull(row))
            return null;
        var text = new ArrayBufferWriter<byte>();
        ValueText.Append(text, column, row);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static string Show(IEnumerable<string?[]> rows) => string.Join('\n', rows.Select(row => string.Join('|', row.Select(value => value ?? "-"))));
}
