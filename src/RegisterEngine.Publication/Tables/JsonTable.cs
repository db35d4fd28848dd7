using System.Text.Encodings.Web;
using System.Text.Json;

namespace RegisterEngine.Publication.Tables;

/// <summary>Writes tables as a JSON array of objects; missing values are null.</summary>
internal static class JsonTable
{
    private const int FlushAt = 1 << 16;

    public static void Write(OutputTable table, Stream target)
    {
        using (var writer = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
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
        target.WriteByte((byte)'\n');
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
