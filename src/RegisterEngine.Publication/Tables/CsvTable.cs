using System.Globalization;

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
        if (isFirst && profile.IsNorwegian)
            target.Write("\uFEFF"u8);
        using var lines = new CsvLines(target, profile.Delimiter, profile.IsNorwegian ? "\r\n" : "\n");
        if (!isFirst)
            lines.EndLine();
        foreach (OutputColumn column in table.Columns)
        {
            lines.NextField();
            lines.Append(profile.IsNorwegian ? NorwegianWords.Column(column) : column.Name);
        }
        lines.EndLine();
        foreach (Value[] row in table.Rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                lines.NextField();
                if (profile.IsNorwegian)
                    lines.Append(NorwegianText(row[i], table.Columns[i]));
                else
                    AppendMachine(lines, row[i]);
            }
            lines.EndLine();
        }
    }

    private static void AppendMachine(CsvLines lines, in Value value)
    {
        if (value.IsMissing)
            return;
        if (value.Kind == ValueKind.Text)
            lines.Append(value.Text!);
        else if (value.Kind == ValueKind.Count)
            lines.Append(value.Count);
        else
            lines.Append(value.Number);
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
}
