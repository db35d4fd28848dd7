using System.Globalization;
using System.Text;
using RegisterEngine.Columns;

namespace RegisterEngine.Sources;

/// <summary>Writes rejected rows to a file that only its owner can read: the place, the value, and what was expected there.</summary>
public static class Quarantine
{
    private const string Header = "file,line,column,value,reason,expected";

    /// <summary>Writes the rejected rows of some inputs, by input and line, as CSV.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SourceReport> sources)
    {
        using var file = new OutputFile(path, ownerOnly: true);
        using (var writer = new StreamWriter(file.Stream, new UTF8Encoding(false), leaveOpen: true))
        {
            writer.Write(Header + "\n");
            foreach (Reject reject in sources.SelectMany(source => source.Rejects))
                writer.Write(string.Join(',', Quoted(reject.Input), reject.Line.ToString(CultureInfo.InvariantCulture), Quoted(reject.Column),
                    Quoted(reject.Value), reject.Reason, Quoted(reject.Expected)) + "\n");
        }
        file.Commit();
    }

    /// <summary>Removes the file of an earlier run, whose rows are rejected no more; a file that is no quarantine stays.</summary>
    /// <exception cref="IOException">The file cannot be read or removed.</exception>
    public static void Remove(string path)
    {
        if (File.Exists(path) && Begins(path))
            File.Delete(path);
    }

    // Looks at no more than the header, and never waits for a pipe, which has no length.
    private static bool Begins(string path)
    {
        byte[] beginning = new byte[Header.Length + 1];
        if (new FileInfo(path).Length < beginning.Length)
            return false;
        using FileStream file = File.OpenRead(path);
        file.ReadExactly(beginning);
        return beginning.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Header + "\n"));
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
