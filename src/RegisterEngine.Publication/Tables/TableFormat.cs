namespace RegisterEngine.Publication.Tables;

/// <summary>How a table is written.</summary>
public enum TableFormat
{
    /// <summary>CSV for machines: UTF-8, comma, decimal point, shares from 0 to 1 with all their digits.</summary>
    Csv,

    /// <summary>CSV for Norwegian spreadsheets: UTF-8 with a mark, semicolon, decimal comma, percent with one decimal, Norwegian words.</summary>
    NorwegianCsv,

    /// <summary>JSON: an array of objects, with all digits.</summary>
    Json,

    /// <summary>Markdown: percent with one decimal.</summary>
    Markdown,
}

/// <summary>Writes tables.</summary>
public static class TableWriter
{
    /// <summary>The ending of file names.</summary>
    public static string Extension(TableFormat format) => format switch
    {
        TableFormat.Csv => ".csv",
        TableFormat.NorwegianCsv => ".no.csv",
        TableFormat.Json => ".json",
        TableFormat.Markdown => ".md",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>A value as people see it: shares in percent with one decimal, other numbers with three; empty where it is missing.</summary>
    public static string ReaderText(Value value) => CsvTable.ReaderText(value);

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="format">How.</param>
    /// <param name="target">Where to; stays open.</param>
    public static void Write(OutputTable table, TableFormat format, Stream target) => Write(table, format, target, isFirst: true);

    /// <summary>Writes some tables as one text: JSON as an object with a property for each, all else one after the other with an empty line between them.</summary>
    /// <param name="tables">The tables; no two have the same name.</param>
    /// <param name="format">How.</param>
    /// <param name="target">Where to; stays open.</param>
    public static void Write(IReadOnlyList<OutputTable> tables, TableFormat format, Stream target)
    {
        if (format == TableFormat.Json)
        {
            JsonTable.Write(tables, target);
            return;
        }
        for (int i = 0; i < tables.Count; i++)
            Write(tables[i], format, target, isFirst: i == 0);
    }

    private static void Write(OutputTable table, TableFormat format, Stream target, bool isFirst)
    {
        switch (format)
        {
            case TableFormat.Csv: CsvTable.Write(table, CsvTable.Machine, target, isFirst); break;
            case TableFormat.NorwegianCsv: CsvTable.Write(table, CsvTable.Norwegian, target, isFirst); break;
            case TableFormat.Json: JsonTable.Write(table, target); break;
            case TableFormat.Markdown: MarkdownTable.Write(table, target, isFirst); break;
            default: throw new ArgumentOutOfRangeException(nameof(format));
        }
    }
}
