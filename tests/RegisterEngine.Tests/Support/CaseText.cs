using System.Globalization;

namespace RegisterEngine.Tests.Support;

/// <summary>Cases as small tables of words, divided by lines of dashes: Cases/*.txt in the folder of the tests.</summary>
/// <param name="Options">Lines that begin with <c>with:</c>, before the first table.</param>
/// <param name="Tables">Rows of each table, by the names of its first line.</param>
public sealed record CaseText(IReadOnlyList<string> Options, IReadOnlyList<List<Dictionary<string, string>>> Tables)
{
    /// <summary>All cases of a folder, with their names.</summary>
    public static IEnumerable<(string Name, string Text)> All(string folder) =>
        from file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, folder, "Cases"), "*.txt").Order(StringComparer.Ordinal)
        from text in File.ReadAllText(file).Split("case:", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1)
        select ($"{Path.GetFileNameWithoutExtension(file)}: {text.Split('\n')[0]}", text);

    public static CaseText Read(string text)
    {
        List<string> lines = [.. text.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        List<string> options = [.. lines.TakeWhile(line => line.StartsWith("with:", StringComparison.Ordinal))];
        var tables = new List<List<string>> { new() };
        foreach (string line in lines.Skip(options.Count))
            if (line.StartsWith("---", StringComparison.Ordinal))
                tables.Add([]);
            else
                tables[^1].Add(line);
        return new CaseText(options, [.. tables.Select(Table)]);
    }

    public static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Line(Dictionary<string, string> row, IEnumerable<string> columns) => string.Join(' ', columns.Select(column => row[column]));

    /// <summary>An employment; columns that are not named have a usual value, and <c>-</c> is a missing one.</summary>
    public static Employment ToEmployment(Dictionary<string, string> row)
    {
        var usual = new Employment(int.Parse(row["year"], CultureInfo.InvariantCulture), row["person"], row["workplace"]);
        return usual with
        {
            Municipality = Text("municipality", usual.Municipality),
            Size = row.TryGetValue("size", out string? size) ? size == "-" ? null : (int)(decimal.Parse(size, CultureInfo.InvariantCulture) * 100) : usual.Size,
            Start = row.TryGetValue("start", out string? start) && start != "-" ? DateOnly.Parse(start, CultureInfo.InvariantCulture) : null,
            Position = Text("position", usual.Position),
            PositionName = Text("position_name", usual.PositionName),
            Area = Text("area", usual.Area),
            Form = Text("form", usual.Form),
            WorkplaceName = Text("workplace_name", usual.WorkplaceName),
            BirthYear = row.TryGetValue("born", out string? born) ? born == "-" ? null : int.Parse(born, CultureInfo.InvariantCulture) : usual.BirthYear,
            Pay = row.TryGetValue("pay", out string? pay) && pay != "-" ? int.Parse(pay, CultureInfo.InvariantCulture) : null,
        };

        string? Text(string column, string? otherwise) => row.TryGetValue(column, out string? text) ? text == "-" ? null : text : otherwise;
    }

    private static List<Dictionary<string, string>> Table(List<string> lines)
    {
        string[] names = Words(lines[0]);
        return [.. lines.Skip(1).Select(line => names.Zip(Words(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
