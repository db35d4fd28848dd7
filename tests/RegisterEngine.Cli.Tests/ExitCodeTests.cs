namespace RegisterEngine.Cli.Tests;

public sealed class ExitCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "turnover pai.csv")]
    [InlineData(0, "panel pai.csv")]
    [InlineData(0, "run pai.csv --out release")]
    [InlineData(0, "run --help")]
    [InlineData(1, "turnover bad.csv")]
    [InlineData(1, "run bad.csv --out release")]
    [InlineData(2, "")]
    [InlineData(2, "chek pai.csv")]
    [InlineData(2, "check")]
    [InlineData(2, "check pai.csv --nonsense")]
    [InlineData(2, "check pai.csv --format excel")]
    [InlineData(2, "check pai.csv --threads 0")]
    [InlineData(2, "check pai.csv --memory 1MB")]
    [InlineData(2, "check pai.csv --config absent.yaml")]
    [InlineData(2, "check pai.csv --schema absent.json")]
    [InlineData(2, "check pai.csv --pseudonymise-key absent.key")]
    [InlineData(2, "check pai.csv --missing 0301")]
    [InlineData(2, "check pai.csv --without shoe_size")]
    [InlineData(2, "check pai.csv --without pay,person")]
    [InlineData(2, "turnover pai.csv --by shoe-size")]
    [InlineData(2, "turnover pai.csv --by year,year")]
    [InlineData(2, "turnover pai.csv --by workplace --denominator average-stock")]
    [InlineData(2, "turnover pai.csv --minimum-size 1,000.5")]
    [InlineData(2, "panel pai.csv --out .")]
    [InlineData(2, "verify .")]
    [InlineData(2, "schema show absent")]
    [InlineData(2, "check pai.csv --json pai.csv --force")]
    [InlineData(2, "check bad.csv --quarantine bad.csv")]
    [InlineData(2, "check . --quarantine taken/../bad.csv")]
    [InlineData(2, "check bad.csv --config years.yaml --quarantine years.yaml")]
    [InlineData(2, "check bad.csv --pseudonymise-key key --quarantine key")]
    [InlineData(2, "check bad.csv --schema layouts --quarantine layouts/generic.json")]
    [InlineData(2, "evaluate bad.csv --treatments treatments.csv --quarantine treatments.csv")]
    [InlineData(2, "evaluate bad.csv --treatments treatments.csv --mentors mentors.csv --quarantine mentors.csv")]
    [InlineData(2, "evaluate bad.csv --treatments treatments.csv --evaluation evaluation.yaml --quarantine evaluation.yaml")]
    [InlineData(2, "evaluate bad.csv --treatments treatments.csv --evaluation evaluation.yaml --quarantine mentors.csv")]
    [InlineData(2, "regress bad.csv --model model.yaml --quarantine treatments.csv")]
    [InlineData(2, "regress bad.csv --model model.yaml --quarantine model.yaml")]
    [InlineData(2, "panel pai.csv --pseudonymise-key key --out key --force")]
    [InlineData(2, "check pai.csv --config years.yaml --json years.yaml --force")]
    [InlineData(2, "run pai.csv --config old/pai.yaml --out old --force")]
    [InlineData(2, "check link.csv --json pai.csv --force")]
    [InlineData(2, "panel pai.csv --out ./pai.csv --force")]
    [InlineData(2, "convert pai.csv pai.csv --force")]
    [InlineData(2, "convert pai.csv taken")]
    [InlineData(2, "run . --out . --force")]
    [InlineData(2, "run old/data/pai.csv --out old --force")]
    [InlineData(2, "evaluate old/data/pai.csv --treatments treatments.csv --out old --force")]
    [InlineData(3, "schema infer absent.csv")]
    [InlineData(5, "run pai.csv --out taken")]
    [InlineData(5, "run pai.csv --out taken --force")]
    [InlineData(5, "run pai.csv --out pai.csv --force")]
    [InlineData(5, "panel pai.csv --out bad.csv")]
    [InlineData(5, "convert pai.csv bad.csv")]
    [InlineData(5, "check pai.csv --json bad.csv")]
    [InlineData(6, "run pai.csv --out pai.csv/release")]
    [InlineData(6, "panel pai.csv --out pai.csv/panel.csv")]
    [InlineData(6, "check bad.csv --quarantine pai.csv/rejected.csv")]
    public void EndsWithTheDocumentedCode(int code, string arguments)
    {
        Register.Write(_folder);
        _folder.Write("bad.csv", Register.WithBadRows(2));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "taken"));
        _folder.Write(Path.Combine("taken", "thesis.docx"), "precious");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "old", "data"));
        _folder.Write(Path.Combine("old", "manifest.json"), "{}");
        _folder.Write(Path.Combine("old", "data", "pai.csv"), Register.Csv);
        _folder.Write(Path.Combine("old", "pai.yaml"), "max-rejects: 5%\n");
        _folder.Write("years.yaml", "data-years: 2020-2021\n");
        _folder.Write("key", "a key of more than sixteen bytes, for all cases");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "layouts"));
        _folder.Write(Path.Combine("layouts", "generic.json"), Schemas.LayoutLibrary.BuiltInText("generic-delimited")!);
        _folder.Write("mentors.csv", "person,year,role\n1,2021,mentor\n");
        _folder.Write("evaluation.yaml", "mentors: mentors.csv\n");
        _folder.Write("model.yaml", "outcomes: [total]\ntreatments: treatments.csv\n");
        _folder.Write("treatments.csv", "workplace,start_year\n988077917,2021\n");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.csv"), "pai.csv");
        SortedDictionary<string, byte[]> before = Register.Contents(_folder.Path);

        Outcome outcome = Tool.Run(_folder.Path, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.True(code == outcome.Code, outcome.ToString());
        Assert.DoesNotContain("fault of the engine", outcome.Error, StringComparison.Ordinal);
        if (code is 2 or 3 or 5 or 6)
        {
            Assert.Equal("", outcome.Out);
            Assert.NotEqual("", outcome.Error);
            Assert.Equal(before, Register.Contents(_folder.Path));
        }
        if (arguments.Contains("--help", StringComparison.Ordinal))
            Assert.Contains("Examples:\n  registerengine run", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ReleaseIsReplacedOnlyWhenForced()
    {
        Register.Write(_folder);
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);
        SortedDictionary<string, byte[]> first = Register.Contents(Path.Combine(_folder.Path, "release"));

        Outcome refused = Tool.Run(_folder.Path, "run", "pai.csv", "--label", "end");
        Assert.Equal(5, refused.Code);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(first, Register.Contents(Path.Combine(_folder.Path, "release")));

        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--label", "end", "--force").Code);
        Assert.NotEqual(first, Register.Contents(Path.Combine(_folder.Path, "release")));
        Assert.Equal(["pai.csv", "release"], Register.Names(_folder.Path));
    }

    [Fact]
    public void VerifyEndsWithOneWhenAByteHasChanged()
    {
        Register.Write(_folder);
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);
        Assert.Equal(0, Tool.Run(_folder.Path, "verify", "release").Code);
        File.AppendAllText(Path.Combine(_folder.Path, "release", "turnover", "by-year.csv"), " ");
        Outcome outcome = Tool.Run(_folder.Path, "verify", "release", "--format", "csv");

        Assert.Equal(1, outcome.Code);
        Assert.Equal(["turnover/by-year.csv,output,changed"], outcome.Lines[1..].Where(line => !line.EndsWith("unchanged", StringComparison.Ordinal)));
    }

    [Fact]
    public void VerifyFindsTheInputsOfARunThatWasStartedElsewhere()
    {
        Register.Write(_folder);
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);
        string release = Path.Combine(_folder.Path, "release"), elsewhere = Directory.CreateDirectory(Path.Combine(_folder.Path, "elsewhere")).FullName;

        Outcome lost = Tool.Run(elsewhere, "verify", release, "--format", "csv");
        Assert.Equal(1, lost.Code);
        Assert.Contains("pai.csv,input,missing", lost.Lines);
        Assert.Equal(0, Tool.Run(elsewhere, "verify", release, "--inputs", _folder.Path).Code);
    }
}
