using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources;

/// <summary>
/// Reads mentor tables: CSV with a header that names <c>person</c> (as in the extracts), <c>year</c> (of the count) and <c>role</c> (<c>mentor</c>,
/// <c>trained mentor</c> or <c>mentee</c>), a row for each role of a person in a year; other columns are not read.
/// </summary>
/// <remarks>Columns may be mixed up, or have no names: so no message repeats anything that stands in the file.</remarks>
public static class MentorFile
{
    private const string What = "mentor table";
    private const string Header = "person,year,role";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pseudonymiser">Replaces its person ids as those of the extracts; null where they are pseudonyms already.</param>
    /// <exception cref="UserTableException">It cannot be read, or a line says something that cannot be; the message names file, line and column.</exception>
    /// <exception cref="ExtractException">Its persons are national identity numbers, and there is no pseudonymiser.</exception>
    public static MentorList Read(string path, Pseudonymiser? pseudonymiser) => UserTable.Open(path, What, (reader, name) => Read(reader, name, pseudonymiser));

    /// <summary>Reads a table.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="pseudonymiser">Replaces its person ids as those of the extracts; null where they are pseudonyms already.</param>
    /// <inheritdoc cref="Read(string, Pseudonymiser?)"/>
    public static MentorList Read(TextReader reader, string name, Pseudonymiser? pseudonymiser)
    {
        var table = new UserTable(reader, name, What, Header);
        int person = Required("person"), year = Required("year"), role = Required("role");
        var list = new MentorList();
        var counts = new SourceCounts();
        var lines = new Dictionary<(string, int, MentorRoles), int>();
        byte[] pseudonym = new byte[Pseudonymiser.PseudonymLength];
        while (table.Read())
        {
            if (table[person].Length == 0)
                throw Wrong("person", "is empty; name the person by the id in the extracts.");
            int of = table.Number(year, RegisterLimits.Years.From, RegisterLimits.Years.To) ?? throw Wrong("year", $"is not a year in {RegisterLimits.Years}.");
            MentorRoles roles = MentorList.Roles.FirstOrDefault(known => known.Name.Equals(table[role], StringComparison.OrdinalIgnoreCase)).Role;
            if (roles == MentorRoles.None)
                throw Wrong("role", $"is none of {string.Join(", ", MentorList.Roles.Select(known => known.Name))}.");
            if (!lines.TryAdd((table[person], of, roles), table.Line))
                throw new UserTableException($"{table.Place}: the same person, year and role are in line {lines[(table[person], of, roles)]} too.");
            byte[] key = Encoding.UTF8.GetBytes(table[person]);
            if (pseudonymiser is null)
                Count(key, of, counts);
            else
                pseudonymiser.Write(key, pseudonym);
            list.Add(pseudonymiser is null ? key : pseudonym, of, roles);
        }
        Extract.CheckPersons(name, counts);
        return lines.Count > 0 ? list : throw new UserTableException($"{name}: the mentor table has no person below its header.");

        int Required(string column) => table.Find(column) is var at and >= 0 ? at
            : throw new UserTableException($"{name}, line 1: there is no column '{column}'; the first line should name the columns: {Header}.");

        UserTableException Wrong(string column, string what) => new($"{table.Place}, column {column}: {what}");
    }

    private static void Count(scoped ReadOnlySpan<byte> key, int year, SourceCounts counts)
    {
        Span<byte> digits = stackalloc byte[NationalId.Length];
        if (NationalId.TryJoin(key, digits))
            key = digits;
        if (key.Length != NationalId.Length || key.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return;
        counts.Count(Finding.ElevenDigitPerson, 1);
        counts.Count(Finding.NationalIdPerson, NationalId.IsPersonal(key, year) ? 1 : 0);
    }
}
