using System.Globalization;
using System.Text;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

public sealed class RejectTests
{
    private const string Good = "2020;1;1980;K;0301;988077917;Solhaug;7174;Sykepleier;helse;75,50;Fast;2010-01-01;500000";

    [Fact]
    public void ThereIsRoomToCountEveryKind()
    {
        var counts = new SourceCounts();
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
            counts.Count(reason);
        foreach (Repair repair in Enum.GetValues<Repair>())
            counts.Count(repair);
        foreach (Finding finding in Enum.GetValues<Finding>())
            counts.Count(finding);
        Assert.Equal(Enum.GetValues<RejectReason>().Length, counts.Rejected);
        Assert.All(Enum.GetValues<Finding>(), finding => Assert.Equal(1, counts[finding]));
    }

    public static TheoryData<string, RejectReason, string, string> BadRows() => new()
    {
        { "2020;1;1980;K;0301;988077917;Solhaug;7174;Sykepleier;helse;75,50;Fast;2010-01-01", RejectReason.FieldCount, "", "2020;1;1980;K;0301;988077917;Solhaug;7174;Sykepleier;helse;75,50;Fast;2010-01-01" },
        { Good + ";7", RejectReason.FieldCount, "", Good + ";7" },
        { Good.Replace("75,50", "halv"), RejectReason.Number, "stillingsprosent", "halv" },
        { Good.Replace("75,50", "-5"), RejectReason.Range, "stillingsprosent", "-5" },
        { Good.Replace("75,50", "1000000"), RejectReason.Range, "stillingsprosent", "1000000" },
        { Good.Replace("75,50", "99999999"), RejectReason.Range, "stillingsprosent", "99999999" },
        { Good.Replace("2010-01-01", "2010-02-30"), RejectReason.Date, "ansattdato", "2010-02-30" },
        { Good.Replace("2010-01-01", "01.01.2010"), RejectReason.Date, "ansattdato", "01.01.2010" },
        { Good.Replace("2010-01-01", "0001-01-01"), RejectReason.Range, "ansattdato", "0001-01-01" },
        { Good.Replace(";1;1980", ";;1980"), RejectReason.Missing, "personid", "" },
        { Good.Replace("988077917", ""), RejectReason.Missing, "orgnr", "" },
        { Good.Replace("2020;", ";"), RejectReason.Missing, "aar", "" },
        { Good.Replace("2020;", "to tusen;"), RejectReason.Number, "aar", "to tusen" },
        { Good.Replace("2020;", "1066;"), RejectReason.Range, "aar", "1066" },
        { Good.Replace(";1980;", ";80;"), RejectReason.Range, "fodselsaar", "80" },
        { Good.Replace(";1980;", ";2021;"), RejectReason.Range, "fodselsaar", "2021" },
        { Good.Replace(";K;", ";X;"), RejectReason.Value, "kjonn", "X" },
        { Good.Replace("500000", "mye"), RejectReason.Number, "grunnlonn", "mye" },
        { Good.Replace("500000", "-1"), RejectReason.Range, "grunnlonn", "-1" },
        { Good.Replace("Solhaug", "\"Sol\"haug"), RejectReason.Quotes, "virksomhet", "\"Sol\"haug" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void BadRowIsRejectedWithItsPlaceAndTheOthersAreKept(string bad, RejectReason reason, string column, string value)
    {
        string text = $"{Employment.Header}\n{Good}\n{Good.Replace(";1;", ";2;")}\n{bad}\n{Good.Replace(";1;", ";3;")}\n";
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", text);
        using RunResult result = Engine.Run([path], plan => plan with { MaxRejects = new RejectLimit(1, null) });

        Reject reject = Assert.Single(result.Sources[0].Rejects);
        Assert.Equal((path, 4L, column, value, reason), (reject.Input, reject.Line, reject.Column, reject.Value, reject.Reason));
        Assert.NotEmpty(reject.Expected);
        Assert.Equal(["1", "2", "3"], Engine.Panel(result).Select(row => row.Person));
        Assert.Equal((4, 1, 1), (result.Sources[0].Counts.Read, result.Sources[0].Counts.Rejected, result.Sources[0].Counts[reason]));
    }

    [Fact]
    public void AmountWithSpacesTellsHowItIsWritten()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", $"{Employment.Header}\n{Good.Replace("500000", "500 000")}\n");
        using RunResult result = Engine.Run([path], plan => plan with { MaxRejects = new RejectLimit(1, null) });

        Assert.EndsWith("without spaces", Assert.Single(result.Sources[0].Rejects).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void UnclosedQuoteCostsItsOwnLineOnly()
    {
        var text = new StringBuilder(Employment.Header + "\n");
        for (int person = 0; person < 300; person++)
            text.Append(Good.Replace(";1;", $";{person};").Replace("Solhaug", person == 150 ? "\"Solhaug" : "Solhaug")).Append('\n');
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", text.ToString())], plan => plan with
        {
            Sources = plan.Sources with { BlockSize = 4096 },
        });

        Reject reject = Assert.Single(result.Sources[0].Rejects);
        Assert.Equal((152L, RejectReason.Quotes), (reject.Line, reject.Reason));
        Assert.Equal(299, result.Counts.PersonYears);
    }

    [Fact]
    public void OverlongLineCostsItselfOnly()
    {
        string text = $"{Employment.Header}\n{Good}\n{Good.Replace("Solhaug", new string('x', 100_000))}\n{Good.Replace(";1;", ";2;")}\n";
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", text)], plan => plan with
        {
            MaxRejects = new RejectLimit(1, null),
            Sources = plan.Sources with { BlockSize = 4096 },
        });

        Reject reject = Assert.Single(result.Sources[0].Rejects);
        Assert.Equal((3L, RejectReason.TooLong), (reject.Line, reject.Reason));
        Assert.Equal(["1", "2"], Engine.Panel(result).Select(row => row.Person));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void LinesOfRejectsAreRightInEveryBlockAndUnderQuotes(int threads)
    {
        var text = new StringBuilder(Employment.Header + "\n");
        var bad = new List<long>();
        long line = 2;
        for (int person = 0; person < 2000; person++)
        {
            bool isBad = person % 97 == 3;
            bool hasBreak = person % 50 == 7;
            if (isBad)
                bad.Add(line);
            text.Append(Good.Replace(";1;", $";{person};").Replace("75,50", isBad ? "x" : "75,50").Replace("Solhaug", hasBreak ? "\"Sol\nhaug\"" : "Solhaug"));
            text.Append(person % 31 == 0 ? "\n\n" : "\n");
            line += 1 + (hasBreak ? 1 : 0) + (person % 31 == 0 ? 1 : 0);
        }
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", text.ToString())], plan => plan with
        {
            Threads = threads,
            MaxRejects = new RejectLimit(1000, null),
            Sources = plan.Sources with { BlockSize = 3001 },
        });

        Assert.Equal(bad, result.Sources[0].Rejects.Select(reject => reject.Line));
        Assert.Equal(2000 - bad.Count, result.Counts.PersonYears);
    }

    [Fact]
    public void QuarantineCanBeReadByItsOwnerOnlyAndHoldsEveryReject()
    {
        using var folder = new TemporaryFolder();
        string quarantine = Path.Combine(folder.Path, "rejected.csv");
        string text = $"{Employment.Header}\n{Good}\n{Good.Replace("75,50", "\"ha;lv, \"\"ja\"\"\"")}\n";
        RejectLimitException e = Assert.Throws<RejectLimitException>(() => Engine.Run([folder.Write("register.csv", text)], plan => plan with { Quarantine = quarantine }));

        Assert.Contains("1 of 2 rows", e.Message, StringComparison.Ordinal);
        Assert.Contains(quarantine, e.Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(quarantine));
        string[] lines = File.ReadAllLines(quarantine);
        Assert.Equal("file,line,column,value,reason,expected", lines[0]);
        Assert.EndsWith("register.csv,3,stillingsprosent,\"\"\"ha;lv, \"\"\"\"ja\"\"\"\"\"\"\",Number,\"a number, such as 75,50\"", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1%", 100, 1, false)]
    [InlineData("1%", 100, 2, true)]
    [InlineData("0", 100, 1, true)]
    [InlineData("5", 10, 5, false)]
    [InlineData("0.5%", 1000, 5, false)]
    [InlineData("0.5%", 1000, 6, true)]
    public void LimitIsANumberOrAShare(string text, long read, long rejected, bool exceeded)
    {
        Assert.True(RejectLimit.TryParse(text, out RejectLimit limit));
        Assert.Equal(exceeded, limit.IsExceededBy(rejected, read));
        Assert.Equal(text, limit.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("101%")]
    public void OtherLimitsAreRefused(string text) => Assert.False(RejectLimit.TryParse(text, out _));

    [Fact]
    public void TheQuarantineOfAnEarlierRunGoesWhenNothingIsRejectedAnyMore()
    {
        using var folder = new TemporaryFolder();
        string quarantine = Path.Combine(folder.Path, "rejected.csv");
        Run(Good.Replace("75,50", "halv"));
        Assert.True(File.Exists(quarantine));
        Run(Good);
        Assert.False(File.Exists(quarantine));

        File.WriteAllText(quarantine, "another file");
        Run(Good);
        Assert.Equal("another file", File.ReadAllText(quarantine));

        void Run(string row) =>
            Engine.Run([folder.Write("register.csv", $"{Employment.Header}\n{row}\n")], plan => plan with { Quarantine = quarantine, MaxRejects = new RejectLimit(1, null) }).Dispose();
    }

    [Theory]
    [InlineData("2010-1-2", "2010-01-02")]
    [InlineData("2010-1-02", "2010-01-02")]
    [InlineData("2010-11-2 00:00", "2010-11-02")]
    [InlineData("2010-1", null)]
    [InlineData("2010-1-", null)]
    [InlineData("2010--2", null)]
    [InlineData("2010-1-2-", null)]
    [InlineData("2010-1.2", null)]
    [InlineData("2010-13-2", null)]
    [InlineData("2010-001-2", null)]
    [InlineData("201-1-2", null)]
    [InlineData("2010-1-2 10:30", null)]
    public void ADayOrAMonthMayLackItsZero(string written, string? date)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", $"{Employment.Header}\n{Good.Replace("2010-01-01", written)}\n");
        using RunResult result = Engine.Run([path], plan => plan with { MaxRejects = new RejectLimit(1, null) });

        Assert.Equal(date is null ? [] : [DateOnly.Parse(date, CultureInfo.InvariantCulture)], Engine.Panel(result).Select(row => row.Start!.Value));
        Assert.Equal(date is null ? 0 : 1, result.Sources[0].Counts[Repair.PaddedDate]);
    }

    [Fact]
    public void RepairsAndFindingsAreCounted()
    {
        string[] rows =
        [
            Good.Replace(";0301;", ";301;"),
            Good.Replace("75,50", "75.5"),
            Good.Replace("75,50", "33,335"),
            Good.Replace("2010-01-01", "2010-01-01 00:00:00"),
            Good.Replace("988077917", "988077918"),
            Good.Replace("Solhaug", "Åsen"),
        ];
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", $"{Employment.Header}\n{string.Concat(rows.Select((row, i) => row.Replace(";1;", $";{i};") + "\n"))}");
        using RunResult result = Engine.Run([path]);
        SourceCounts counts = result.Sources[0].Counts;

        Assert.Equal((1, 1, 1, 1), (counts[Repair.PaddedCode], counts[Repair.DecimalSign], counts[Repair.Rounded], counts[Repair.TimeOfDay]));
        Assert.Equal((1, FoundEncodings.Utf8), (counts[Finding.InvalidOrganisationNumber], counts.Encodings));
        Assert.Equal([7550, 7550, 3334, 7550, 7550, 7550], Engine.Panel(result).Select(row => row.Size!.Value));
        Assert.All(Engine.Panel(result), row => Assert.Equal("0301", row.Municipality));
    }
}
