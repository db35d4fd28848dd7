using System.Text;

namespace RegisterEngine.Publication.Tables;

/// <summary>Writes tables as Markdown, with shares in percent.</summary>
internal static class MarkdownTable
{
    public static void Write(OutputTable table, Stream target, bool isFirst)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (!isFirst)
            writer.WriteLine();
        writer.WriteLine($"### {table.Title}");
        writer.WriteLine();
        writer.WriteLine($"| {string.Join(" | ", table.Columns.Select(Heading))} |");
        writer.WriteLine($"|{string.Concat(table.Columns.Select(column => column.Kind == ValueKind.Text ? "---|" : "---:|"))}");
        foreach (Value[] row in table.Rows)
            writer.WriteLine($"| {string.Join(" | ", row.Select(Cell))} |");
    }

    private static string Cell(Value value) =>
        CsvTable.ReaderText(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The name of a column as readers see it.</summary>
    internal static string Heading(OutputColumn column) => column.Name.Replace('_', ' ') + (column.Kind == ValueKind.Share ? " %" : "");
}
