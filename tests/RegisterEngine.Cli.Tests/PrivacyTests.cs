namespace RegisterEngine.Cli.Tests;

/// <summary>No key of a person is ever printed or released; only the panel has them, which is made to.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string NationalId = "02013299997";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("check bad.csv --max-rejects 100%")]
    [InlineData("check bad.csv")]
    [InlineData("turnover bad.csv --max-rejects 100%")]
    [InlineData("run bad.csv --max-rejects 100% --format json")]
    [InlineData("run bad.csv")]
    [InlineData("schema infer bad.csv")]
    [InlineData("panel bad.csv --max-rejects 100% --out panel.csv")]
    [InlineData("check broken.csv")]
    public void PersonsAreNeverPrinted(string arguments)
    {
        // Every kind of bad value, in the column of persons too.
        string good = Register.Employments[0].ToLine();
        string[] bad =
        [
            good.Replace("2020;", $"{Register.Secret};"), good + $";{Register.Secret}", good.Replace(";7174;", $";\"{Register.Secret};"), good.Replace("988077917", ""),
            good.Replace("K;", $"{Register.Secret};"), good.Replace("M;", $"{Register.Secret};"), good.Replace("2015-01-01", Register.Secret),
        ];
        _folder.Write("bad.csv", Register.Csv + string.Join('\n', bad) + "\n");
        _folder.Write("broken.csv", $"{good}\n{good}\n");

        Outcome outcome = Tool.Run(_folder.Path, arguments.Split(' '));

        Assert.Contains(outcome.Code, (int[])[0, 1, 3]);
        Assert.DoesNotContain(Register.Secret, outcome.Out + outcome.Error, StringComparison.Ordinal);
        string release = Path.Combine(_folder.Path, "release");
        if (Directory.Exists(release))
            Assert.All(Register.Contents(release), file => Assert.DoesNotContain(Register.Secret, System.Text.Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(NationalId)]
    [InlineData("020132 99997")]
    [InlineData("530972-48016")]
    public void NationalIdentityNumbersAreProcessedOnlyWithAKey(string id)
    {
        _folder.Write("ids.csv", Employment.ToCsv([new(2020, id, "988077917"), new(2021, id, "123456785")]));
        Outcome refused = Tool.Run(_folder.Path, "panel", "ids.csv");

        Assert.Equal((3, ""), (refused.Code, refused.Out));
        Assert.Contains("--pseudonymise-key FILE", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(id, refused.Error, StringComparison.Ordinal);

        _folder.Write("key", "a key of more than sixteen bytes");
        Outcome outcome = Tool.Run(_folder.Path, "panel", "ids.csv", "--pseudonymise-key", "key");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(3, outcome.Lines.Length);
        Assert.DoesNotContain(id, outcome.Out, StringComparison.Ordinal);
        Assert.Contains("move-within-municipality", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("038515 98730")]
    [InlineData("020132 99987")]
    [InlineData("020132.99997")]
    [InlineData("0201329 9997")]
    public void TextsThatAreNobodysNumberPass(string id)
    {
        _folder.Write("ids.csv", Employment.ToCsv([new(2020, id, "988077917"), new(2021, id, "123456785")]));
        Assert.Equal(0, Tool.Run(_folder.Path, "panel", "ids.csv").Code);
    }

    [Fact]
    public void KeyThatIsTooShortIsRefused()
    {
        Register.Write(_folder);
        _folder.Write("key", "short");
        Outcome outcome = Tool.Run(_folder.Path, "panel", "pai.csv", "--pseudonymise-key", "key");

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("at least 16 bytes", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("short'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PanelFileCanBeReadByItsOwnerOnly()
    {
        Register.Write(_folder);
        Assert.Equal(0, Tool.Run(_folder.Path, "panel", "pai.csv", "--out", "panel.csv").Code);
        Outcome printed = Tool.Run(_folder.Path, "panel", "pai.csv");

        Assert.Equal(printed.Out, File.ReadAllText(Path.Combine(_folder.Path, "panel.csv")));
        Assert.Equal(Register.Employments.Count + 1, printed.Lines.Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "panel.csv")));
    }
}
