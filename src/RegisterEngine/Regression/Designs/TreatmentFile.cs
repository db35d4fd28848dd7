using RegisterEngine.Columns;

namespace RegisterEngine.Regression.Designs;

/// <summary>Reads treatment tables: CSV with a header that names <c>workplace</c> and <c>start_year</c>, and may name <c>label</c>, <c>centrality</c> and <c>type</c>; other columns are not read.</summary>
public static class TreatmentFile
{
    private const string What = "treatment table";
    private const int FirstYear = 1900;
    private const int LastYear = 2100;
    private const int MostCentrality = 6;

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserTableException">It cannot be read, or a line says something that cannot be; the message names file, line and column.</exception>
    public static Treatments Read(string path) => UserTable.Open(path, What, Read);

    /// <summary>Reads a table.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Its name in messages.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static Treatments Read(TextReader reader, string name)
    {
        var table = new UserTable(reader, name, What, "workplace,start_year,label,centrality,type");
        int workplace = Required("workplace"), start = Required("start_year");
        int label = table.Find("label"), centrality = table.Find("centrality"), type = table.Find("type");
        var all = new List<Treatment>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (table.Read())
        {
            string id = table[workplace];
            if (id.Length == 0)
                throw Wrong("workplace", "is empty; name the workplace by its id in the extracts.");
            if (!lines.TryAdd(id, table.Line))
                throw Wrong("workplace", $"'{id}' is in line {lines[id]} too; a workplace can begin the programme only once.");
            int year = table.Number(start, FirstYear, LastYear) ?? throw Wrong("start_year", $"'{table[start]}' is not a year such as 2022.");
            int? central = centrality < 0 || table[centrality].Length == 0 ? null
                : table.Number(centrality, 1, MostCentrality) ?? throw Wrong("centrality", $"'{table[centrality]}' is not a class from 1 to 6.");
            all.Add(new Treatment(id, year, Optional(label) ?? id, central, Optional(type)));
        }
        return all.Count > 0 ? new Treatments(all) : throw new UserTableException($"{name}: the treatment table has no workplace below its header.");

        int Required(string column) => table.Find(column) is var at and >= 0 ? at
            : throw new UserTableException($"{name}, line 1: there is no column '{column}'; the header names {string.Join(", ", table.Columns)}.");

        string? Optional(int column) => column < 0 || table[column].Length == 0 ? null : table[column];

        UserTableException Wrong(string column, string what) => new($"{table.Place}, column {column}: {what}");
    }
}
