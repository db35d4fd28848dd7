using System.Globalization;
using System.Text;

namespace RegisterEngine.Columns;

/// <summary>
/// Reads a table that the user writes beside the extracts, row by row: text in UTF-8 whose first line names the columns, with semicolons, tabs or commas between
/// fields, and quotes around fields that hold any of these. Blank lines are no rows.
/// </summary>
internal sealed class UserTable
{
    private readonly TextReader _reader;
    private readonly string _name;
    private readonly char _separator;
    private string[] _fields = [];

    /// <summary>Reads the names of the columns.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="what">What it is, such as <c>treatment table</c>.</param>
    /// <param name="header">What its first line should be.</param>
    /// <exception cref="UserTableException">There is no line, or no end of a quote.</exception>
    public UserTable(TextReader reader, string name, string what, string header)
    {
        _reader = reader;
        _name = name;
        string first = reader.ReadLine() ?? throw new UserTableException($"{name}: the {what} is empty; its first line should name its columns: {header}.");
        _separator = first.Contains(';', StringComparison.Ordinal) ? ';' : first.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        Columns = [.. Split(first).Select(column => column.Trim().TrimStart('\uFEFF').ToLowerInvariant())];
    }

    /// <summary>Names of the columns, in lower case.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The line of the row, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Where the row stands, for messages.</summary>
    public string Place => $"{_name}, line {Line}";

    /// <summary>A field of the row, without blanks around it.</summary>
    public string this[int column] => _fields[column];

    /// <summary>Opens a file and reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is.</param>
    /// <param name="read">Reads the text, whose name is the path.</param>
    /// <exception cref="UserTableException">It cannot be read.</exception>
    public static T Open<T>(string path, string what, Func<TextReader, string, T> read)
    {
        try
        {
            using var reader = new StreamReader(path);
            return read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserTableException($"{path}: the {what} cannot be read: {e.Message}");
        }
    }

    /// <summary>Place of a column; negative where there is none.</summary>
    public int Find(string column) => Columns.Index().Where(known => known.Item == column).Select(known => known.Index).FirstOrDefault(-1);

    /// <summary>Reads the next row; false where there is none.</summary>
    /// <exception cref="UserTableException">It has more or fewer fields than there are columns, or a quote is wrong.</exception>
    public bool Read()
    {
        while (_reader.ReadLine() is { } text)
        {
            Line++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            _fields = [.. Split(text).Select(field => field.Trim())];
            return _fields.Length == Columns.Count
                ? true
                : throw new UserTableException($"{Place}: {_fields.Length} fields where the header has {Columns.Count} columns.");
        }
        return false;
    }

    /// <summary>The whole number in a field; null where it has none from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int? Number(int column, int least, int most) =>
        int.TryParse(_fields[column], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;

    private IEnumerable<string> Split(string line)
    {
        for (int at = 0; at <= line.Length;)
        {
            if (at < line.Length && line[at] == '"')
            {
                var field = new StringBuilder();
                for (at++; ; at++)
                {
                    int quote = line.IndexOf('"', at);
                    if (quote < 0)
                        throw new UserTableException($"{Place}: a quote is opened and not closed.");
                    field.Append(line, at, quote - at);
                    at = quote + 1;
                    if (at >= line.Length || line[at] != '"')
                        break;
                    field.Append('"');
                }
                yield return field.ToString();
                if (at < line.Length && line[at] != _separator)
                    throw new UserTableException($"{Place}: there is something after a closing quote.");
                at++;
                continue;
            }
            int end = line.IndexOf(_separator, at) is var found and >= 0 ? found : line.Length;
            yield return line[at..end];
            at = end + 1;
        }
    }
}
