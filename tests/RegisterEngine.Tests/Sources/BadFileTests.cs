using System.IO.Compression;
using System.Text;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

public sealed class BadFileTests
{
    private static readonly string Text = Employment.ToCsv([new Employment(2020, "1", "988077917")]);

    public static TheoryData<string, byte[], string> BadFiles() => new()
    {
        { "empty.csv", [], "is empty" },
        { "other.csv", Encoding.UTF8.GetBytes("a;b;c\n1;2;3\n"), "no column 'personid'" },
        { "utf16.csv", Encoding.Unicode.GetBytes(Text), "zero byte" },
        { "binary.csv", [.. Encoding.UTF8.GetBytes(Text), 1, 2, 0, 3, 10], "zero byte" },
        { "zipped.csv", [.. "PK\u0003\u0004"u8, 20, 0, 0, 0], "zip archive or a workbook" },
        { "gzipped.csv", Compressed(Encoding.UTF8.GetBytes(Text)), "compressed with gzip" },
        { "noyear.csv", Encoding.UTF8.GetBytes("personid;orgnr\n1;988077917\n"), "year" },
        { "twice.csv", Encoding.UTF8.GetBytes("aar;personid;person;orgnr\n2020;1;1;988077917\n"), "both mean 'person'" },
        { "cut.csv.gz", Compressed(Encoding.UTF8.GetBytes(Employment.ToCsv(Enumerable.Range(0, 9000).Select(i => new Employment(2020, $"{i * 7919}", "988077917")))))[..^900], "damaged or cut short" },
        { "none.csv.gz", Encoding.UTF8.GetBytes(Text), "damaged or cut short" },
        { "none.zip", Encoding.UTF8.GetBytes(Text), "no readable zip archive" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void BadFileIsAnErrorThatNamesItAndTheProblem(string name, byte[] bytes, string problem)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write(name, bytes);
        ExtractException e = Assert.Throws<ExtractException>(() => Engine.Run([path]));

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArchiveOfNothingAndFolderOfNothingAreErrors()
    {
        using var folder = new TemporaryFolder();
        using var zip = new MemoryStream();
        using (new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
        }
        Assert.Throws<ExtractException>(() => Engine.Run([folder.Write("empty.zip", zip.ToArray())]));
        Directory.CreateDirectory(Path.Combine(folder.Path, "nothing"));
        Assert.Contains("no extract", Assert.Throws<ExtractException>(() => Engine.Run([Path.Combine(folder.Path, "nothing")])).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<ExtractException>(() => Engine.Run([Path.Combine(folder.Path, "absent*.csv")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFileOfAnArchiveCounts()
    {
        using var folder = new TemporaryFolder();
        string Archive(params (string Name, string Text)[] files)
        {
            using var zip = new MemoryStream();
            using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
                foreach ((string name, string text) in files)
                {
                    using Stream entry = archive.CreateEntry(name).Open();
                    entry.Write(Encoding.UTF8.GetBytes(text));
                }
            return folder.Write("files.zip", zip.ToArray());
        }

        // Folders, and what a Mac packs beside the files, are no extracts.
        using (RunResult result = Engine.Run([Archive(("a/", ""), ("a/one.csv", Text), ("__MACOSX/a/._one.csv", "\0\u0005"), ("a/.DS_Store", "\0"))]))
            Assert.Equal("one.csv", Path.GetFileName(Assert.Single(result.Sources).Input.Name));
        Assert.Contains("two.csv: is empty", Refusal(Archive(("one.csv", Text), ("two.csv", ""))), StringComparison.Ordinal);
        Assert.Contains("two files that are called 'one.csv'", Refusal(Archive(("one.csv", Text), ("one.csv", Text))), StringComparison.Ordinal);

        static string Refusal(string path) => Assert.Throws<ExtractException>(() => Engine.Run([path])).Message;
    }

    [Fact]
    public void FileThatIsNamedInTwoWaysIsReadOnce()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Text);
        string again = Path.Combine(folder.Path, ".", "register.csv");

        Assert.Equal(2, new HashSet<string> { path, again }.Count);
        Assert.Single(ExtractInputs.Find([path, again, folder.Path]));
    }

    [Fact]
    public void TwoLayoutsThatFitEquallyWellAreAnError()
    {
        Layout layout = LayoutLibrary.BuiltIn.First(candidate => candidate.Name == "generic-delimited");
        using var folder = new TemporaryFolder();
        ExtractException e = Assert.Throws<ExtractException>(() => Engine.Run([folder.Write("register.csv", Text)], plan => plan with
        {
            Sources = plan.Sources with { Layouts = [layout, layout with { Name = "another" }] },
        }));

        Assert.Contains("generic-delimited and another", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayoutsAreChosenByTheirYears()
    {
        Layout layout = LayoutLibrary.BuiltIn.First(candidate => candidate.Name == "generic-delimited");
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Text);
        using RunResult result = Engine.Run([path], plan => plan with
        {
            Sources = plan.Sources with { Layouts = [layout with { Name = "old", Years = new(1985, 2014) }, layout with { Name = "new", Years = new(2015, 2099) }] },
        });

        Assert.Equal("new", result.Sources[0].Layout);
    }

    [Theory]
    [InlineData("02013299997", 2020, true)]
    [InlineData("53097248016", 2020, true)]
    [InlineData("13527248013", 2020, true)]
    [InlineData("30108299939", 2020, false)]
    [InlineData("30108299939", 2032, true)]
    [InlineData("03851598730", 2020, false)]
    [InlineData("50846202355", 2020, false)]
    [InlineData("13097248032", 2020, false)]
    public void NationalIdentityNumbersAreRefusedAndSyntheticOnesPass(string person, int year, bool refused)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv([new Employment(year, "1", "988077917"), new Employment(year, person, "988077917")]));

        if (refused)
        {
            ExtractException e = Assert.Throws<ExtractException>(() => Engine.Run([path]));
            Assert.Contains("--pseudonymise-key", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(person, e.Message, StringComparison.Ordinal);
        }
        else
        {
            using RunResult result = Engine.Run([path]);
            Assert.Equal(2, result.Counts.PersonYears);
        }
    }

    [Fact]
    public void PseudonymsAreTheKeyedHashOfTheIds()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv([new Employment(2020, "02013299997", "988077917"), new Employment(2021, "02013299997", "123456785")]));
        byte[] key = Encoding.UTF8.GetBytes("a key of more than sixteen bytes");
        using RunResult result = Engine.Run([path], plan => plan with { Sources = plan.Sources with { Pseudonymiser = new Pseudonymiser(key) } });

        string expected = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("02013299997")));
        Assert.Equal([expected, expected], Engine.Panel(result).Select(row => row.Person));
        Assert.Equal(["MoveWithinMunicipality", "Unknown"], Engine.Panel(result).Select(row => row.Transition));
        Assert.Throws<ArgumentException>(() => new Pseudonymiser(new byte[15]));
    }

    [Theory]
    [InlineData("02013299997", "020132 99997")]
    [InlineData("020132-99997", "02013299997")]
    [InlineData("Bjørn", "Bjørn")]
    public void APersonHasOnePseudonymHoweverAnExtractSpellsTheId(string utf8, string windows1252)
    {
        using var folder = new TemporaryFolder();
        string[] paths =
        [
            folder.Write("pai_2020.csv", Encoding.UTF8.GetBytes(Employment.ToCsv([new Employment(2020, utf8, "988077917")]))),
            folder.Write("pai_2021.csv", Encoding.Latin1.GetBytes(Employment.ToCsv([new Employment(2021, windows1252, "988077917")]))),
        ];
        var pseudonymiser = new Pseudonymiser(Encoding.UTF8.GetBytes("a key of more than sixteen bytes"));
        using RunResult result = Engine.Run(paths, plan => plan with { Sources = plan.Sources with { Pseudonymiser = pseudonymiser } });

        Assert.Equal(["Stay", "Unknown"], Engine.Panel(result).Select(row => row.Transition));
    }

    [Fact]
    public void RandomElevenDigitPseudonymsPass()
    {
        var random = new Random(77);
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv(Enumerable.Range(0, 20_000).Select(_ => new Employment(2020, $"{random.NextInt64(10_000_000_000, 99_999_999_999)}", "988077917"))));
        using RunResult result = Engine.Run([path]);

        Assert.True(result.Sources[0].Counts[Finding.NationalIdPerson] > 0);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var compressor = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            compressor.Write(bytes);
        return target.ToArray();
    }
}
