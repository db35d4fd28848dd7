using System.IO.Compression;
using System.Text;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

/// <summary>The same three employments in every form that delimited text takes.</summary>
public sealed class DelimitedTests
{
    private static readonly List<Employment> Register =
    [
        new(2020, "1", "988077917") { WorkplaceName = "Sølvåsen sykehjem", Area = "Pleie og omsorg", Size = 7550, Start = new DateOnly(2010, 8, 1), Pay = 512_000 },
        new(2020, "2", "123456785") { WorkplaceName = "Ærlighet skole", Area = "Skole", Size = 10_000, Sex = "M", Position = "7962", PositionName = "Lærer" },
        new(2021, "1", "988077917") { WorkplaceName = "Sølvåsen sykehjem", Area = "Pleie og omsorg", Size = 5000, Start = new DateOnly(2010, 8, 1), Pay = 520_000 },
    ];

    private static readonly string Text = Employment.ToCsv(Register);

    private static readonly List<PersonYear> Expected = Engine.Panel(Register);

    static DelimitedTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, Func<string, byte[]>> Forms() => new()
    {
        { "UTF-8", text => Encoding.UTF8.GetBytes(text) },
        { "UTF-8 with a mark", text => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)] },
        { "Windows-1252", text => Encoding.GetEncoding(1252).GetBytes(text) },
        { "ISO-8859-1", Encoding.Latin1.GetBytes },
        { "comma", text => Encoding.UTF8.GetBytes(text.Replace(',', '.').Replace(';', ',')) },
        { "tab", text => Encoding.UTF8.GetBytes(text.Replace(';', '\t')) },
        { "bar", text => Encoding.UTF8.GetBytes(text.Replace(';', '|')) },
        { "carriage return and line feed", text => Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n")) },
        { "carriage return", text => Encoding.UTF8.GetBytes(text.Replace('\n', '\r')) },
        { "mixed line ends", text => Encoding.UTF8.GetBytes(text.Replace("Fast;;\n", "Fast;;\r\n")) },
        { "no last line end", text => Encoding.UTF8.GetBytes(text.TrimEnd('\n')) },
        { "blank lines", text => Encoding.UTF8.GetBytes(text.Replace("\n", "\n\n  \n")) },
        { "everything quoted", text => Encoding.UTF8.GetBytes(string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? "" : $"\"{line.Replace(";", "\";\"")}\""))) },
        { "everything quoted, two-byte line ends", text => Encoding.UTF8.GetBytes(string.Join("\r\n", text.Split('\n').Select(line => line.Length == 0 ? "" : $"\"{line.Replace(";", "\";\"")}\""))) },
        { "trailing blanks", text => Encoding.UTF8.GetBytes(text.Replace(";", "  ;")) },
        { "leading blanks", text => Encoding.UTF8.GetBytes(text.Replace(";", "; \t")) },
        { "reversed columns and extra ones", text => Encoding.UTF8.GetBytes(string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => $"x;{string.Join(";y;", line.Split(';').Reverse())};\"z;\"\n"))) },
        { "other names and case", text => Encoding.UTF8.GetBytes(("ÅR" + text["aar".Length..]).Replace("kjonn", "Kjønn").Replace("orgnr", "OrganisasjonsNummer")) },
        { "decimal point", text => Encoding.UTF8.GetBytes(text.Replace("75,50", "75.50")) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void ExtractIsReadInEveryForm(string form, Func<string, byte[]> write)
    {
        Assert.NotEmpty(form);
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", write(Text))]);

        Assert.Equal(Expected, Engine.Panel(result));
        Assert.Equal((3, 0), (result.Sources[0].Counts.Read, result.Sources[0].Counts.Rejected));
    }

    [Fact]
    public void QuotedFieldsKeepSeparatorsQuotesAndLineBreaks()
    {
        string text = Text.Replace("Sølvåsen sykehjem", "\"Sølvåsen; \"\"Blå\"\"\nsykehjem\"");
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", text)]);

        Assert.Equal("Sølvåsen; \"Blå\"\nsykehjem", Engine.Panel(result)[0].WorkplaceName);
        Assert.Equal(Expected.Count, Engine.Panel(result).Count);
    }

    [Theory]
    [InlineData("\r", "\n")]
    [InlineData("\r", "\r\n")]
    [InlineData("\r", "\r")]
    [InlineData("\n", "\r")]
    [InlineData("\r\n", "\n")]
    [InlineData("\r\n", "\r")]
    public void LinesEndAsTheyDoOutsideQuotes(string end, string inside)
    {
        string text = Text.Replace("\n", end).Replace("Ærlighet skole", $"\"Ærlighet{inside}skole\"");
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", text)]);

        Assert.Equal((3, 0), (result.Sources[0].Counts.Read, result.Sources[0].Counts.Rejected));
        Assert.Equal(Expected.Select(row => row.WorkplaceName?.Replace("Ærlighet skole", $"Ærlighet{inside}skole")), Engine.Panel(result).Select(row => row.WorkplaceName));
    }

    [Fact]
    public void QuoteInsideUnquotedTextIsText()
    {
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", Text.Replace("Sølvåsen sykehjem", "Rør 5\" og \"mer\""))]);

        Assert.Equal("Rør 5\" og \"mer\"", Engine.Panel(result)[0].WorkplaceName);
    }

    [Fact]
    public void CompressedFilesArchivesFoldersAndPatternsAreReadAlike()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        using var gzip = new MemoryStream();
        using (var compressor = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true))
            compressor.Write(bytes);
        string compressed = folder.Write("register.csv.gz", gzip.ToArray());
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("inside/register.csv").Open();
            entry.Write(bytes);
        }
        string archived = folder.Write("register.zip", zip.ToArray());
        string members = folder.Write("members.csv.gz", [.. gzip.ToArray(), .. Compressed(Encoding.UTF8.GetBytes(Register[0].ToLine() + "\n"))]);
        Directory.CreateDirectory(Path.Combine(folder.Path, "2020"));
        File.WriteAllBytes(Path.Combine(folder.Path, "2020", "pai_a.csv"), bytes);

        foreach (string name in (string[])[compressed, archived, Path.Combine(folder.Path, "2020"), Path.Combine(folder.Path, "*", "pai_?.csv"), members])
        {
            using RunResult result = Engine.Run([name]);
            Assert.Equal(Expected, Engine.Panel(result));
        }
    }

    [Fact]
    public void YearComesFromTheNameOfTheFileWhereNoColumnHasIt()
    {
        using var folder = new TemporaryFolder();
        string WithoutYear(int year) => string.Concat(Employment.ToCsv(Register.Where(job => job.Year == year)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[(line.IndexOf(';') + 1)..] + "\n"));
        folder.Write("pai_2020.csv", WithoutYear(2020));
        folder.Write("pai_2021.csv", WithoutYear(2021));
        using RunResult result = Engine.Run([folder.Path]);

        Assert.Equal(Expected, Engine.Panel(result));
        Assert.Equal([2020, 2021], result.Sources.Select(source => source.YearFromName!.Value));
    }

    [Fact]
    public void ColumnsThatAnExtractLacksAreMissingAndSaid()
    {
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", "year,person,workplace,position_size\n2020,1,A,50.00\n2020,1,B,60\n2021,1,B,60\n")]);

        Assert.Equal(["B", "B"], Engine.Panel(result).Select(row => row.Workplace));
        Assert.Equal([null, null], Engine.Panel(result).Select(row => row.Municipality));
        Assert.Equal(["Stay", "Unknown"], Engine.Panel(result).Select(row => row.Transition));
        Assert.Equal(
            ["birth_year", "sex", "municipality", "workplace_name", "position_code", "position_name", "service_area", "employment_form", "start_date", "pay"],
            result.Sources[0].Lacking.Select(RegisterEngine.Columns.RegisterColumns.NameOf));
    }

    [Fact]
    public void ExtractsOfAnotherCountryNeedALayoutOnly()
    {
        const string layout = """
            {
              "name": "elsewhere",
              "missingValues": ["", "n/a"],
              "fields": [
                { "name": "Employee", "registerengine": { "column": "person" } },
                { "name": "Age", "registerengine": { "column": "age" } },
                { "name": "Gender", "registerengine": { "column": "sex", "values": { "w": "female", "m": "male", "d": "other" } } },
                { "name": "Site", "registerengine": { "column": "workplace" } },
                { "name": "FTE", "type": "number", "decimalChar": ".", "registerengine": { "column": "position_size", "unit": "fraction" } },
                { "name": "Since", "type": "date", "format": "%m/%d/%Y", "registerengine": { "column": "start_date" } }
              ],
              "registerengine": { "format": "delimited", "delimiter": "|", "yearInFileName": "FY(\\d{4})" }
            }
            """;
        using var folder = new TemporaryFolder();
        string extract = folder.Write("FY2020-b17.csv", "Employee|Age|Gender|Site|FTE|Since\nE-77/ä|40|w|Haus 1|0.755|12/31/2019\nE-78|n/a|d|Haus 1|1|\nE-79|-1|w|Haus 1|1|\n");
        using RunResult result = Engine.Run([extract], plan => plan with
        {
            MaxRejects = new RejectLimit(1, null),
            Sources = plan.Sources with { Layouts = [RegisterEngine.Schemas.LayoutReader.Parse(layout, "elsewhere.json")] },
        });

        List<PersonYear> panel = Engine.Panel(result);
        Assert.Equal(["E-77/ä", "E-78"], panel.Select(row => row.Person));
        Assert.Equal([7550, 10_000], panel.Select(row => row.Size!.Value));
        Assert.Equal([1980, null], panel.Select(row => row.BirthYear));
        Assert.Equal(new DateOnly(2019, 12, 31), panel[0].Start);
        Assert.Equal("Haus 1", panel[0].Workplace);
        Assert.Equal("an age of 0 or more", Assert.Single(result.Sources[0].Rejects).Expected);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var compressor = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            compressor.Write(bytes);
        return target.ToArray();
    }
}
