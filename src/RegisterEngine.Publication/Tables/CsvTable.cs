using System.Globalization;
using System.Text;

namespace RegisterEngine.Publication.Tables;

/// <summary>How a CSV file is written.</summary>
/// <param name="Delimiter">Between fields.</param>
/// <param name="IsNorwegian">Decimal comma, percent with one decimal, Norwegian words, and a byte order mark, without which spreadsheets misread æ, ø and å.</param>
internal sealed record CsvProfile(char Delimiter, bool IsNorwegian);

/// <summary>Writes tables as CSV.</summary>
internal static class CsvTable
{
    private const int PercentDecimals = 1;
    private const int NumberDecimals = 3;

    public static CsvProfile Machine { get; } = new(',', IsNorwegian: false);

    public static CsvProfile Norwegian { get; } = new(';', IsNorwegian: true);

    public static void Write(OutputTable table, CsvProfile profile, Stream target, bool isFirst)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(profile.IsNorwegian && isFirst), 1 << 16, leaveOpen: true) { NewLine = profile.IsNorwegian ? "\r\n" : "\n" };
        if (!isFirst)
            writer.WriteLine();
        writer.WriteLine(string.Join(profile.Delimiter, table.Columns.Select(column => profile.IsNorwegian ? NorwegianWords.Column(column) : column.Name)));
        var line = new StringBuilder();
        foreach (Value[] row in table.Rows)
        {
            line.Clear();
            for (int i = 0; i < row.Length; i++)
            {
                if (i > 0)
                    line.Append(profile.Delimiter);
                if (profile.IsNorwegian)
                    line.Append(Quoted(NorwegianText(row[i], table.Columns[i]), profile.Delimiter));
                else
                    AppendMachine(line, row[i], profile.Delimiter);
            }
            writer.WriteLine(line);
        }
    }

    // Numbers are written where they go: tables by workplace have millions.
    private static void AppendMachine(StringBuilder line, in Value value, char delimiter)
    {
        if (value.IsMissing)
            return;
        if (value.Kind == ValueKind.Text)
            line.Append(Quoted(value.Text!, delimiter));
        else if (value.Kind == ValueKind.Count)
            line.Append(CultureInfo.InvariantCulture, $"{value.Count}");
        else
            line.Append(CultureInfo.InvariantCulture, $"{value.Number:R}");
    }

    /// <summary>A value as readers see it, on one line and without what would steer a terminal; empty where it is missing.</summary>
    internal static string ReaderText(Value value) => value switch
    {
        { IsMissing: true } => "",
        { Kind: ValueKind.Text } => value.Text!.Any(char.IsControl) ? string.Concat(value.Text!.Select(letter => char.IsControl(letter) ? ' ' : letter)) : value.Text!,
        { Kind: ValueKind.Count } => value.Count.ToString(CultureInfo.InvariantCulture),
        { Kind: ValueKind.Share, Proportion.Of: > 0 } => Rounding.Percent(value.Proportion, PercentDecimals),
        { Kind: ValueKind.Share } => Rounding.Number(value.Number * 100, PercentDecimals),
        _ => Rounding.Number(value.Number, NumberDecimals),
    };

    private static string NorwegianText(Value value, OutputColumn column) => value is { IsMissing: false, Kind: ValueKind.Text }
        ? NorwegianWords.Text(column, value.Text!)
        : ReaderText(value).Replace('.', ',');

    private static string Quoted(string text, char delimiter) => text.AsSpan().ContainsAny([delimiter, '"', '\r', '\n'])
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
