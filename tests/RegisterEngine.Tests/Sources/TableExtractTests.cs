using RegisterEngine.Columns;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

public sealed class TableExtractTests
{
    public static TheoryData<ColumnStyle> Styles => [.. Enum.GetValues<ColumnStyle>()];

    [Theory]
    [MemberData(nameof(Styles))]
    public void ThePanelOfATableIsThatOfTheSameText(ColumnStyle style)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            List<Employment> employments = Padded(RandomRegister.Make(seed));
            using var folder = new TemporaryFolder();
            string csv = folder.Write("register.csv", Employment.ToCsv(employments));
            string[] tables =
            [
                folder.Write("register.parquet", RegisterTables.Parquet(employments, style)),
                folder.Write("small-groups.parquet", RegisterTables.Parquet(employments, style, groupRows: 7)),
                folder.Write("register.arrow", RegisterTables.Arrow(employments, style, isFile: true)),
                folder.Write("register.arrows", RegisterTables.Arrow(employments, style, isFile: false)),
                folder.Write("no-ending", RegisterTables.Arrow(employments, style, isFile: false)),
            ];
            List<PersonYear> expected = Panel(csv, threads: 1);
            foreach (string table in tables)
                Assert.True(expected.SequenceEqual(Panel(table, threads: 1 + (seed % 3))), $"seed {seed}, {Path.GetFileName(table)}");
        }
    }

    [Fact]
    public void TextAndTablesCanBeReadTogether()
    {
        List<Employment> employments = RandomRegister.Make(5);
        using var folder = new TemporaryFolder();
        string whole = folder.Write("whole.csv", Employment.ToCsv(employments));
        folder.Write("extracts.csv", Employment.ToCsv(employments.Where((_, i) => i % 3 == 0)));
        Directory.CreateDirectory(Path.Combine(folder.Path, "parts"));
        folder.Write("parts/a.csv", Employment.ToCsv(employments.Where((_, i) => i % 3 == 0)));
        folder.Write("parts/b.parquet", RegisterTables.Parquet([.. employments.Where((_, i) => i % 3 == 1)], ColumnStyle.Texts));
        folder.Write("parts/c.feather", RegisterTables.Arrow([.. employments.Where((_, i) => i % 3 == 2)], ColumnStyle.Codes, isFile: true));
        Assert.Equal(Panel(whole, 1), Panel(Path.Combine(folder.Path, "parts"), 2));
    }

    [Fact]
    public void BadRowsOfATableAreRejectedByTheirNumber()
    {
        List<Employment> employments = [.. Enumerable.Range(0, 3000).Select(i => new Employment(2020, $"{i + 1}", "W1") { Size = 10_000, BirthYear = 1980 })];
        employments[1500] = employments[1500] with { BirthYear = 1700 };
        employments[2999] = employments[2999] with { Workplace = "" };
        using var folder = new TemporaryFolder();
        foreach (ColumnStyle style in Enum.GetValues<ColumnStyle>())
        {
            string table = folder.Write($"{style}.parquet", RegisterTables.Parquet(employments, style, groupRows: 1100));
            using RunResult result = Engine.Run([table]);
            List<Reject> rejects = [.. result.Sources[0].Rejects];
            Assert.Equal([1501, 3000], rejects.Select(reject => reject.Line));
            Assert.Equal(["fodselsaar", "orgnr"], rejects.Select(reject => reject.Column));
            Assert.Equal(["1700", ""], rejects.Select(reject => reject.Value));
            Assert.Equal(2998, result.Counts.PersonYears);
        }
    }

    [Fact]
    public void RepairsAndFindingsOfATableAreCountedByRow()
    {
        List<Employment> employments = [.. Enumerable.Range(0, 100).Select(i => new Employment(2020, $"{i + 1}", i % 2 == 0 ? "123456785" : "123456784") { Municipality = "301" })];
        using var folder = new TemporaryFolder();
        string csv = folder.Write("r.csv", Employment.ToCsv(employments));
        using RunResult expected = Engine.Run([csv]);
        foreach (ColumnStyle style in Enum.GetValues<ColumnStyle>())
        {
            string table = folder.Write($"{style}.parquet", RegisterTables.Parquet(employments, style));
            using RunResult result = Engine.Run([table]);
            Assert.Equal(100, result.Sources[0].Counts[Repair.PaddedCode]);
            Assert.Equal(50, result.Sources[0].Counts[Finding.InvalidOrganisationNumber]);
            Assert.Equal(Engine.Panel(expected), Engine.Panel(result));
        }
    }

    [Fact]
    public void TablesThatCannotBeReadAreRefusedWithWhatToDo()
    {
        using var folder = new TemporaryFolder();
        byte[] parquet = RegisterTables.Parquet([new Employment(2020, "1", "W1")], ColumnStyle.Texts);
        Assert.Contains("cut short", Refusal("cut.parquet", parquet[..^9]), StringComparison.Ordinal);
        Assert.Contains("is no parquet file", Refusal("text.parquet", "aar;personid\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("version 1", Refusal("old.feather", "FEA1...."u8.ToArray()), StringComparison.Ordinal);
        BatchSchema schema = RandomTables.Schema([new("x", ColumnType.Int32)]);
        Assert.Contains("no layout fits", Refusal("other.arrow", Arrow.ArrowWriterTests.Write(schema, [], isFile: true)), StringComparison.Ordinal);

        string Refusal(string name, byte[] bytes) => Assert.Throws<ExtractException>(() => Engine.Run([folder.Write(name, bytes)])).Message;
    }

    // Numbers keep no zeros in front: codes get them back by the layout, keys of persons do not.
    private static List<Employment> Padded(List<Employment> employments) =>
        [.. employments.Select(employment => employment with { Person = employment.Person[0] == '0' ? "9" + employment.Person : employment.Person })];

    private static List<PersonYear> Panel(string path, int threads)
    {
        using RunResult result = Engine.Run([path], plan => plan with { Threads = threads });
        Assert.Equal(0, result.Sources.Sum(source => source.Counts.Rejected));
        return Engine.Panel(result);
    }
}
