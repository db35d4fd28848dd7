using System.IO.Compression;
using System.Text;

namespace RegisterEngine.Cli.Tests;

/// <summary>Small registers as files; every person key begins with <see cref="Secret"/>, which must never be printed.</summary>
public static class Register
{
    public const string Secret = "hemmelig";

    /// <summary>Name of the file of <see cref="Write"/>.</summary>
    public const string FileName = "pai.csv";

    /// <summary>Three years, two municipalities, new hires, moves and leavers.</summary>
    public static List<Employment> Employments { get; } =
    [
        .. from year in Enumerable.Range(2020, 3)
           from person in Enumerable.Range(0, 60)
           where (person + year) % 7 != 0
           let workplace = (person + (person % 5 == 0 ? year : 0)) % 4
           select new Employment(year, $"{Secret}-{person:000}", workplace switch { 0 => "988077917", 1 => "123456785", 2 => "971526920", _ => "701730496" })
           {
               Municipality = workplace < 2 ? "0301" : "5001", BirthYear = 1955 + person, Sex = person % 3 == 0 ? "M" : "K",
               Position = person % 2 == 0 ? "7174" : "7076", Area = person % 4 == 0 ? "skole" : "helse", Size = 5000 + (person * 50), Pay = 500_000,
               Start = new DateOnly(2015, 1, 1),
           },
    ];

    public static string Csv { get; } = Employment.ToCsv(Employments);

    public static string Write(TemporaryFolder folder) => folder.Write(FileName, Csv);

    /// <summary>A register in which so many of a hundred rows have a size that is no number.</summary>
    public static string WithBadRows(int bad) =>
        Csv.Split('\n')[0] + "\n" + string.Concat(Enumerable.Range(0, 100).Select(i => new Employment(2020 + (i % 2), $"{Secret}-{i}", "988077917").ToLine().Replace("100,00", i < bad ? "halv" : "100,00") + "\n"));

    public static byte[] Gzip(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return target.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
            foreach ((string name, string text) in files)
                using (Stream entry = zip.CreateEntry(name).Open())
                    entry.Write(Encoding.UTF8.GetBytes(text));
        return target.ToArray();
    }

    /// <summary>Years from 2015 of so many persons who never move: year, person and workplace only.</summary>
    public static IEnumerable<byte[]> Large(int years, int persons, int workplaces)
    {
        yield return "aar;personid;orgnr\n"u8.ToArray();
        byte[] rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, persons).Select(person => $"2015;{1_000_000 + person};{800_000_000 + (person % workplaces)}\n")));
        int length = rows.Length / persons;
        for (int year = 2015; year < 2015 + years; year++)
        {
            byte[] tail = Encoding.ASCII.GetBytes($"{year % 100}");
            for (int row = 0; row < rows.Length; row += length)
                tail.CopyTo(rows, row + 2);
            yield return rows;
        }
    }

    /// <summary>Everything in a folder, by name, as bytes.</summary>
    public static SortedDictionary<string, byte[]> Contents(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes), StringComparer.Ordinal);

    /// <summary>Names of everything that lies in a folder itself, hidden or not.</summary>
    public static List<string> Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
