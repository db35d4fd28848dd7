using System.Globalization;

namespace RegisterEngine.Regression.Designs;

/// <summary>Reads treatment tables: CSV with a header that names <c>workplace</c> and <c>start_year</c>, and may name <c>label</c>, <c>centrality</c> and <c>type</c>; other columns are not read.</summary>
public static class TreatmentFile
{
    private const int FirstYear = 1900;
    private const int LastYear = 2100;
    private const int MostCentrality = 6;

    /// <summary>Reads a file.</summary>
    /// <exception cref="RegressionException">It cannot be read, or a line says something that cannot be; the message names file, line and column.</exception>
    public static Treatments Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegressionException($"{path}: the treatment table cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads a table.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Its name in messages.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static Treatments Read(TextReader reader, string name)
    {
        string header = reader.ReadLine() ?? throw new RegressionException($"{name}: the treatment table is empty; its first line should name its columns: workplace,start_year,label,centrality,type.");
        char separator = header.Contains(';', StringComparison.Ordinal) ? ';' : header.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        List<string> columns = [.. Split(header, separator, $"{name}, line 1").Select(column => column.Trim().TrimStart('\uFEFF').ToLowerInvariant())];
        int workplace = Required("workplace"), start = Required("start_year");
        int label = columns.IndexOf("label"), centrality = columns.IndexOf("centrality"), type = columns.IndexOf("type");
        var all = new List<Treatment>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        int line = 1;
        while (reader.ReadLine() is { } text)
        {
            string place = $"{name}, line {++line}";
            if (string.IsNullOrWhiteSpace(text))
                continue;
            string[] fields = [.. Split(text, separator, place).Select(field => field.Trim())];
            if (fields.Length != columns.Count)
                throw new RegressionException($"{place}: {fields.Length} fields where the header has {columns.Count} columns.");
            string id = fields[workplace].Length > 0 ? fields[workplace] : throw new RegressionException($"{place}, column workplace: is empty; name the workplace by its id in the extracts.");
            if (lines.TryGetValue(id, out int before))
                throw new RegressionException($"{place}, column workplace: '{id}' is in line {before} too; a workplace can begin the programme only once.");
            lines[id] = line;
            int year = Number(fields[start], $"{place}, column start_year", FirstYear, LastYear, "a year such as 2022");
            int? central = centrality < 0 || fields[centrality].Length == 0 ? null : Number(fields[centrality], $"{place}, column centrality", 1, MostCentrality, "a class from 1 to 6");
            all.Add(new Treatment(id, year, Optional(label) ?? id, central, Optional(type)));

            string? Optional(int column) => column < 0 || fields[column].Length == 0 ? null : fields[column];
        }
        return all.Count > 0 ? new Treatments(all) : throw new RegressionException($"{name}: the treatment table has no workplace below its header.");

        int Required(string column) => columns.IndexOf(column) is var at and >= 0 ? at
            : throw new RegressionException($"{name}, line 1: there is no column '{column}'; the header names {string.Join(", ", columns)}.");
    }

    private static int Number(string text, string place, int least, int most, string expected) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new RegressionException($"{place}: '{text}' is not {expected}.");

    private static IEnumerable<string> Split(string line, char separator, string place)
    {
        for (int at = 0; at <= line.Length;)
        {
            if (at < line.Length && line[at] == '"')
            {
                var field = new System.Text.StringBuilder();
                for (at++; ; at++)
                {
                    int quote = line.IndexOf('"', at);
                    if (quote < 0)
                        throw new RegressionException($"{place}: a quote is opened and not closed.");
                    field.Append(line, at, quote - at);
                    at = quote + 1;
                    if (at >= line.Length || line[at] != '"')
                        break;
                    field.Append('"');
                }
                yield return field.ToString();
                if (at < line.Length && line[at] != separator)
                    throw new RegressionException($"{place}: there is something after a closing quote.");
                at++;
                continue;
            }
            int end = line.IndexOf(separator, at) is var found and >= 0 ? found : line.Length;
            yield return line[at..end];
            at = end + 1;
        }
    }
}
