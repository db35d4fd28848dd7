using System.Text.Encodings.Web;
using System.Text.Json;

namespace RegisterEngine.Publication.Tables;

/// <summary>Writes tables as a JSON array of objects; missing values are null.</summary>
internal static class JsonTable
{
    private const int FlushAt = 1 << 16;

    public static void Write(OutputTable table, Stream target) => Write(target, writer => Write(writer, table));

    public static void Write(IReadOnlyList<OutputTable> tables, Stream target) => Write(target, writer =>
    {
        writer.WriteStartObject();
        foreach (OutputTable table in tables)
        {
            writer.WritePropertyName(table.Name);
            Write(writer, table);
        }
        writer.WriteEndObject();
    });

    private static void Write(Stream target, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        target.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, OutputTable table)
    {
        writer.WriteStartArray();
        foreach (Value[] row in table.Rows)
        {
            writer.WriteStartObject();
            for (int i = 0; i < row.Length; i++)
                Write(writer, table.Columns[i].Name, row[i]);
            writer.WriteEndObject();
            if (writer.BytesPending > FlushAt)
                writer.Flush();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, Value value)
    {
        switch (value)
        {
            case { IsMissing: true }: writer.WriteNull(name); break;
            case { Kind: ValueKind.Text }: writer.WriteString(name, value.Text); break;
            case { Kind: ValueKind.Count }: writer.WriteNumber(name, value.Count); break;
            default: writer.WriteNumber(name, value.Number); break;
        }
    }
}
