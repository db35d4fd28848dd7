using RegisterEngine.Columns;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

/// <summary>A run of some years is that of extracts which have no others, and says what it left out.</summary>
public sealed class YearsTests
{
    public static TheoryData<string> Formats => ["csv", "fixed", "arrow", .. Enum.GetNames<ColumnStyle>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void RestrictingARunIsTakingTheRowsOutOfTheExtract(string format)
    {
        foreach ((int seed, YearSpan years) in (IEnumerable<(int, YearSpan)>)[(1, new(2019, 2021)), (2, new(2018, 2019)), (4, new(2020, 2020)), (5, new(2019, 2040)), (6, new(2017, 2019))])
        {
            List<Employment> all = [.. RandomRegister.Make(seed).OrderBy(employment => seed % 2 == 0 ? employment.Year : 0)];
            // A municipality that is only in other years is nowhere in the data.
            all.Add(new Employment(2017, "77", "W77") { Municipality = "7777" });
            List<Employment> kept = [.. all.Where(employment => years.Contains(employment.Year))];
            using var folder = new TemporaryFolder();
            using RunResult expected = Engine.Run([Write(folder, "kept", format, kept)]);
            using RunResult result = Engine.Run([Write(folder, "all", format, all)], plan => Of(years, plan with { Threads = 1 + (seed % 3) }));

            Assert.Equal(Outcome(expected), Outcome(result));
            SourceCounts counts = result.Sources[0].Counts;
            Assert.Equal((all.Count, all.Count - kept.Count, kept.Count, 0), (counts.Read, counts.OtherYears, counts.Accepted, counts.Rejected));
        }
    }

    [Theory]
    [InlineData(ColumnStyle.Texts)]
    [InlineData(ColumnStyle.Codes)]
    [InlineData(ColumnStyle.Numbers)]
    public void RowGroupsOfOtherYearsAreNotEvenRead(ColumnStyle style)
    {
        List<Employment> employments = [.. Enumerable.Range(0, 40).Select(i => new Employment(2015 + (i / 10), $"{i + 1}", "W1") { BirthYear = i == 25 ? 1700 : 1980 })];
        byte[] parquet = RegisterTables.Parquet(employments, style, groupRows: 10);
        parquet.AsSpan(4, 40).Fill(0xFF);
        using var folder = new TemporaryFolder();
        string damaged = folder.Write("damaged.parquet", parquet);
        Assert.Throws<ExtractException>(() => Engine.Run([damaged]));

        using RunResult result = Engine.Run([damaged], plan => Of(new(2017, 2018), plan) with { MaxRejects = new RejectLimit(1, null) });
        SourceCounts counts = result.Sources[0].Counts;
        Assert.Equal((40, 20, 20, 1, 19), (counts.Read, counts.OtherYears, counts.Skipped, counts.Rejected, counts.Accepted));
        // A row has the number that it has in the file, though those before it were skipped.
        Assert.Equal(26, Assert.Single(result.Sources[0].Rejects).Line);
    }

    [Theory]
    [InlineData(ColumnStyle.Texts)]
    [InlineData(ColumnStyle.Numbers)]
    public void RowGroupsWithoutASoundYearAreReadAndRejected(ColumnStyle style)
    {
        List<Employment> employments = [.. Enumerable.Range(0, 20).Select(i => new Employment(i < 10 ? 20201 : 2020, $"{i + 1}", "W1"))];
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.parquet", RegisterTables.Parquet(employments, style, groupRows: 10));
        using RunResult result = Engine.Run([path], plan => Of(new(2020, 2020), plan) with { MaxRejects = new RejectLimit(10, null) });

        SourceCounts counts = result.Sources[0].Counts;
        Assert.Equal((20, 0, 10), (counts.Read, counts.OtherYears, counts.Rejected));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    [InlineData("parquet")]
    public void FileOfAnotherYearByItsNameIsNotEvenRead(string format)
    {
        using var folder = new TemporaryFolder();
        foreach (int year in (int[])[2018, 2019, 2020, 2021])
            folder.Write($"pai_{year}.{format}", Damaged(year < 2020, format, [new(year, "1", "W1"), new(year, "2", "W1")]));
        Assert.ThrowsAny<Exception>(() => Engine.Run([folder.Path]));
        foreach (int threads in (int[])[1, 3])
        {
            using RunResult result = Engine.Run([folder.Path], plan => Of(new(2020, 2021), plan) with { Threads = threads });

            Assert.Equal([(2018, true, 0L), (2019, true, 0), (2020, false, 2), (2021, false, 2)], result.Sources.Select(source => (source.YearFromName!.Value, source.IsNotRead, source.Counts.Read)));
            Assert.Equal([2020, 2021], result.Coverage.Years);
            Assert.Equal(2, result.Counts.PersonYears / 2);
        }

        // Without a column of the year, and where it is to be, a fault behind what is looked at to find the layout.
        static byte[] Damaged(bool isDamaged, string format, IReadOnlyList<Employment> employments)
        {
            if (format == "parquet")
            {
                byte[] parquet = RegisterTables.Parquet(employments, ColumnStyle.Texts);
                for (int at; (at = parquet.AsSpan().IndexOf("aar"u8)) >= 0;)
                    parquet[at] = (byte)'x';
                // The first column is not read any more.
                parquet.AsSpan(4, isDamaged ? 120 : 0).Fill(0xFF);
                return parquet;
            }
            byte[] text = System.Text.Encoding.UTF8.GetBytes(Employment.ToCsv(employments).Replace("aar;", "unused;") + (isDamaged ? string.Concat(Enumerable.Repeat("bad\n", 100)) : ""));
            if (format == "csv")
                return text;
            using var target = new MemoryStream();
            using (var gzip = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionLevel.Fastest))
                gzip.Write(text);
            return target.ToArray();
        }
    }

    [Fact]
    public void FileWithAColumnOfTheYearIsReadWhateverItsName()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("pai_2019.csv", Employment.ToCsv([new(2019, "1", "W1"), new(2020, "2", "W1")]));
        using RunResult result = Engine.Run([path], plan => Of(new(2020, 2021), plan));

        Assert.Equal((2, 1, 1, false), (result.Sources[0].Counts.Read, result.Sources[0].Counts.OtherYears, result.Sources[0].Counts.Accepted, result.Sources[0].IsNotRead));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("fixed")]
    [InlineData("arrow")]
    [InlineData("Texts")]
    [InlineData("Codes")]
    public void RowInErrorIsOfAnotherYearWhereItsYearIsSound(string format)
    {
        List<Employment> employments = [.. Enumerable.Range(0, 60).Select(i => new Employment(2018 + (i / 20), $"{i + 1}", "W1") { BirthYear = i is 5 or 6 or 25 or 50 ? 1700 : 1980 })];
        using var folder = new TemporaryFolder();
        string path = Write(folder, "all", format, employments);
        using RunResult result = Engine.Run([path], plan => Of(new(2019, 2019), plan) with { MaxRejects = new RejectLimit(10, null) });

        SourceCounts counts = result.Sources[0].Counts;
        Assert.Equal((60, 40, 1, 19), (counts.Read, counts.OtherYears, counts.Rejected, counts.Accepted));
        Assert.Equal(format == "csv" ? 27 : 26, Assert.Single(result.Sources[0].Rejects).Line);
    }

    [Fact]
    public void RowInErrorStaysOneWhereItsYearIsNotSound()
    {
        string sound = new Employment(2020, "1", "W1").ToLine(), bad = new Employment(2019, "2", "W1") { BirthYear = 1700 }.ToLine();
        string[] lines =
        [
            Employment.Header, sound, bad, bad.Replace("2019;", "\"2019\";"), bad.Replace("2019;", " 2019;"),
            bad.Replace("2019;", "1066;"), bad.Replace("2019;", "20l9;"), bad.Replace("2019;", ";"), bad.Replace("2019;", "2020;"), "2019;2", bad.Replace("2019;", "\"2019\"x;"), sound,
        ];
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", string.Join('\n', lines) + "\n");
        using RunResult result = Engine.Run([path], plan => Of(new(2020, 2020), plan) with { MaxRejects = new RejectLimit(10, null) });

        SourceCounts counts = result.Sources[0].Counts;
        Assert.Equal((11, 3, 6, 2), (counts.Read, counts.OtherYears, counts.Rejected, counts.Accepted));
        Assert.Equal([6L, 7, 8, 9, 10, 11], result.Sources[0].Rejects.Select(reject => (long)reject.Line));
    }

    [Theory]
    [InlineData("pai_2019.csv", null)]
    [InlineData("pai_2019_av_2019.csv", null)]
    [InlineData("2020/pai_2019.csv", null)]
    [InlineData("pai_20190401_2020.csv", null)]
    [InlineData("pai_2019_levert_2020.csv", @"^pai_\d{4}_levert_(\d{4})")]
    [InlineData("2019+2020 (2).2021", @"^\d{4}\+\d{4}\ \(2\)\.(\d{4})")]
    public void NameWithSeveralYearsHasAPatternForTheLast(string name, string? pattern)
    {
        Assert.Equal(pattern, NamedFields.PatternOfLastYear(name));
        if (pattern is not null)
            Assert.Equal(name.Contains("levert", StringComparison.Ordinal) ? "2020" : "2021", NamedFields.YearInName(name, LayoutLibrary.BuiltIn[0] with { YearInFileName = pattern }));
    }

    [Fact]
    public void BadRowsAreAShareOfTheRowsOfTheData()
    {
        List<string> lines = [.. Enumerable.Range(0, 1000).Select(i => new Employment(i < 900 ? 2019 : 2020, $"{i + 1}", "W1").ToLine())];
        foreach (int bad in (int[])[950, 970])
            lines[bad] = lines[bad].Replace("100,00", "halv");
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", $"{Employment.Header}\n{string.Join('\n', lines)}");

        using RunResult whole = Engine.Run([path]);
        Assert.Contains("2 of 100 rows", Assert.Throws<RejectLimitException>(() => Engine.Run([path], plan => Of(new(2020, 2020), plan))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void KeptRowsOfABatchAreWhatTheyWereAndTheBatchCanBeFilledAgain(int seed)
    {
        BatchSchema schema = RandomTables.Schema([new("number", ColumnType.Int32), new("long", ColumnType.Int64), new("text", ColumnType.Utf8)]);
        ColumnBatch batch = RandomTables.Make(schema, 300, seed, 0.4), same = RandomTables.Make(schema, 300, seed, 0.4);
        var random = new Random(seed);
        int[] rows = [.. Enumerable.Range(0, 300).Where(_ => random.Next(3) > 0)];
        var before = new List<string?[]>();
        TableText.Add(before, same);

        RowChoice.Keep(batch, rows);

        var after = new List<string?[]>();
        TableText.Add(after, batch);
        Assert.Equal(rows.Select(row => before[row]), after);
        Assert.All(Enumerable.Range(0, 3), column => Assert.Equal(rows.Count(same[column].IsNull), batch[column].NullCount));
        batch.Clear();
        Assert.All(Enumerable.Range(0, 3), column => Assert.True(batch[column].NullCount == 0 && !Enumerable.Range(0, 300).Any(batch[column].IsNull)));
    }

    private static RunPlan Of(YearSpan years, RunPlan plan) => plan with { Sources = plan.Sources with { Years = years } };

    // The panel with all that is known of each person-year, and who delivered when.
    private static (string Panel, string Coverage) Outcome(RunResult result)
    {
        using MemoryStream panel = new(), coverage = new();
        PanelTable.Write(result.Panel, TableFileFormat.Csv, panel, threads: 1);
        TableWriter.Write(CheckOutput.Coverage(result), TableFormat.Csv, coverage);
        return (System.Text.Encoding.UTF8.GetString(panel.ToArray()), System.Text.Encoding.UTF8.GetString(coverage.ToArray()));
    }

    private static string Write(TemporaryFolder folder, string name, string format, IReadOnlyList<Employment> employments) => format switch
    {
        "csv" => folder.Write($"{name}.csv", Employment.ToCsv(employments)),
        "fixed" => folder.Write($"{name}.txt", string.Concat(employments.Select(FixedWidth))),
        "arrow" => folder.Write($"{name}.arrow", RegisterTables.Arrow(employments, ColumnStyle.Codes, isFile: true)),
        _ => folder.Write($"{name}.parquet", RegisterTables.Parquet(employments, Enum.Parse<ColumnStyle>(format), groupRows: 7)),
    };

    private static Layout FixedLayout { get; } = LayoutLibrary.BuiltIn.First(layout => layout.Format == LayoutFormat.FixedWidth);

    private static string FixedWidth(Employment employment)
    {
        char[] line = new string(' ', FixedLayout.RecordLength).ToCharArray();
        foreach ((string name, string value) in Employment.Header.Split(';').Zip(employment.ToLine().Split(';')))
        {
            LayoutField field = FixedLayout.Fields.First(candidate => candidate.Name == name);
            string text = name == "ansattdato" ? value.Replace("-", "") : value;
            text[..Math.Min(text.Length, field.Length)].CopyTo(line.AsSpan(field.Start - 1));
        }
        return new string(line) + "\n";
    }
}
