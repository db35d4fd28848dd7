using System.Text;
using RegisterEngine.Publication.Tables;
using Spectre.Console;

namespace RegisterEngine.Cli.Terminal;

/// <summary>A table to show.</summary>
/// <param name="Table">With all its columns, for file formats.</param>
/// <param name="ForPeople">As people see it.</param>
internal sealed record ShownTable(OutputTable Table, OutputTable ForPeople)
{
    /// <summary>A table that is the same for files and people.</summary>
    public ShownTable(OutputTable table)
        : this(table, table)
    {
    }
}

/// <summary>Shows tables on standard output: as a file format, or for people; with lines and colour on a terminal only.</summary>
internal static class TableView
{
    /// <summary>Words for formats on the command line.</summary>
    public const string Table = "table";

    private static readonly Dictionary<string, TableFormat> Formats = new(StringComparer.Ordinal)
    {
        ["csv"] = TableFormat.Csv,
        ["csv-no"] = TableFormat.NorwegianCsv,
        ["json"] = TableFormat.Json,
        ["markdown"] = TableFormat.Markdown,
    };

    /// <summary>All words for formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [Table, .. Formats.Keys];

    /// <summary>The format of a word; null for a table for people.</summary>
    /// <exception cref="UsageException">There is no such word.</exception>
    public static TableFormat? FormatOf(string word) => word == Table ? null
        : Formats.TryGetValue(word, out TableFormat format) ? format
        : throw new UsageException($"--format: '{word}' is not one of {string.Join(", ", Names)}.");

    /// <summary>Shows tables on standard output: one as it is, several as one text (one JSON object).</summary>
    /// <param name="tables">The tables; no two have the same name.</param>
    /// <param name="format">How; null for people.</param>
    public static void Show(IReadOnlyList<ShownTable> tables, TableFormat? format)
    {
        if (format is { } chosen)
        {
            using Stream stream = Console.OpenStandardOutput();
            if (tables.Count == 1)
                TableWriter.Write(tables[0].Table, chosen, stream);
            else
                TableWriter.Write([.. tables.Select(table => table.Table)], chosen, stream);
            return;
        }
        for (int i = 0; i < tables.Count; i++)
        {
            if (i > 0)
                Console.Out.WriteLine();
            if (Console.IsOutputRedirected)
                WritePlain(tables[i].ForPeople, Console.Out);
            else
                WriteDrawn(tables[i].ForPeople);
        }
    }

    /// <summary>Columns side by side with blanks between them.</summary>
    internal static void WritePlain(OutputTable table, TextWriter output)
    {
        List<string[]> rows = [[.. table.Columns.Select(Heading)], .. table.Rows.Select(row => (string[])[.. row.Select(Text)])];
        int[] widths = [.. table.Columns.Select((_, i) => rows.Max(row => row[i].Length))];
        output.WriteLine(table.Title);
        foreach (string[] row in rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
                line.Append(table.Columns[i].Kind == ValueKind.Text ? row[i].PadRight(widths[i]) : row[i].PadLeft(widths[i])).Append("  ");
            output.WriteLine(line.ToString().TrimEnd());
        }
    }

    private static void WriteDrawn(OutputTable table)
    {
        var drawn = new Spectre.Console.Table { Title = new TableTitle(Markup.Escape(table.Title)), Border = TableBorder.Rounded };
        foreach (OutputColumn column in table.Columns)
            drawn.AddColumn(new TableColumn(Markup.Escape(Heading(column))) { Alignment = column.Kind == ValueKind.Text ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (Value[] row in table.Rows)
            drawn.AddRow([.. row.Select(value => Markup.Escape(Text(value)))]);
        AnsiConsole.Write(drawn);
    }

    private static string Heading(OutputColumn column) => column.Name.Replace('_', ' ') + (column.Kind == ValueKind.Share ? " %" : "");

    private static string Text(Value value) => TableWriter.ReaderText(value);
}
