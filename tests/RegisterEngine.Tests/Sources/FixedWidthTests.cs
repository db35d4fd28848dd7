using System.Text;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Sources;

public sealed class FixedWidthTests
{
    private static readonly Layout Layout = LayoutLibrary.BuiltIn.First(layout => layout.Format == LayoutFormat.FixedWidth);

    static FixedWidthTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("\n", 1252)]
    [InlineData("\r\n", 1252)]
    [InlineData("\n", 65001)]
    [InlineData("\r\n", 65001)]
    public void RecordsAreReadByPositionsWhateverTheEncoding(string lineEnd, int codePage)
    {
        using var folder = new TemporaryFolder();
        string text = Line("2020", "1", "Sølvåsen", " 75,50", "20100801") + lineEnd + Line("2021", "1", "Sølvåsen", "100,00", "20100801");
        using RunResult result = Engine.Run([folder.Write("register.txt", Encoding.GetEncoding(codePage).GetBytes(text).Where(b => b is not 0xEF and not 0xBB and not 0xBF).ToArray())]);

        List<PersonYear> panel = Engine.Panel(result);
        Assert.Equal(["Sølvåsen", "Sølvåsen"], panel.Select(row => row.WorkplaceName));
        Assert.Equal([7550, 10_000], panel.Select(row => row.Size!.Value));
        Assert.Equal(new DateOnly(2010, 8, 1), panel[0].Start);
        Assert.Equal(["Stay", "Unknown"], panel.Select(row => row.Transition));
    }

    [Fact]
    public void RecordOfAnotherLengthIsRejected()
    {
        using var folder = new TemporaryFolder();
        string good = Line("2020", "1", "Solhaug", "100,00", "20100801");
        string path = folder.Write("register.txt", $"{good}\n{good[..^3]}\n\n{good.Replace("2020", "2021")}\n");
        using RunResult result = Engine.Run([path], plan => plan with { MaxRejects = new RejectLimit(1, null) });

        Reject reject = Assert.Single(result.Sources[0].Rejects);
        Assert.Equal((2L, RejectReason.RecordLength), (reject.Line, reject.Reason));
        Assert.Contains($"{Layout.RecordLength} characters", reject.Expected, StringComparison.Ordinal);
        Assert.Equal(2, result.Counts.PersonYears);
    }

    private static string Line(string year, string person, string name, string size, string start)
    {
        char[] line = new string(' ', Layout.RecordLength).ToCharArray();
        foreach ((string field, string value) in ((string, string)[])[("aar", year), ("personid", person), ("fodselsaar", "1980"), ("kjonn", "2"), ("kommunenr", "0301"),
            ("orgnr", "988077917"), ("virksomhet", name), ("stillingskode", "7174"), ("stillingsnavn", "Sykepleier"), ("tjenesteomrade", "helse"), ("stillingsprosent", size),
            ("ansettelsesform", "Fast"), ("ansattdato", start), ("grunnlonn", "500000")])
            value.CopyTo(0, line, Layout.Fields.First(candidate => candidate.Name == field).Start - 1, value.Length);
        return new string(line);
    }
}
