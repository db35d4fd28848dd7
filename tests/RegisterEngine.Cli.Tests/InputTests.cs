namespace RegisterEngine.Cli.Tests;

public sealed class InputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ResultsAreTheSameHoweverTheExtractsAreGiven()
    {
        string[] years = [.. Register.Employments.GroupBy(row => row.Year).Select(Employment.ToCsv)];
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data"));
        for (int i = 0; i < years.Length; i++)
            _folder.Write(Path.Combine("data", $"pai_{i}.csv"), years[i]);
        _folder.Write(Path.Combine("data", "readme.md"), "no extract");
        _folder.Write("all.csv.gz", Register.Gzip(Register.Csv));
        _folder.Write("all.zip", Register.Zip([.. years.Select((text, i) => ($"in/pai_{i}.csv", text))]));
        string expected = Turnover([], Register.Write(_folder));

        Assert.Equal(expected, Turnover([], "data"));
        Assert.Equal(expected, Turnover([], "data/pai_*.csv"));
        Assert.Equal(expected, Turnover([], "d?ta/pai_*.csv", "data/pai_1.csv"));
        Assert.Equal(expected, Turnover([], "data/pai_2.csv", "data/pai_0.csv", "data/pai_1.csv"));
        Assert.Equal(expected, Turnover([], "all.csv.gz"));
        Assert.Equal(expected, Turnover([], "all.zip"));
        Assert.Equal(expected, Turnover(System.Text.Encoding.UTF8.GetBytes(Register.Csv), "-"));
        Assert.Equal(expected, Turnover(System.Text.Encoding.UTF8.GetBytes(years[1]), "data/pai_0.csv", "-", "data/pai_2.csv", "--threads", "3"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("arrow")]
    public void APanelIsAnExtractThatHasTheSamePanel(string format)
    {
        Assert.Equal(0, Tool.Run(_folder.Path, "panel", Register.Write(_folder), "--out", $"first.{format}").Code);
        Outcome outcome = Tool.Run(_folder.Path, "panel", $"first.{format}", "--out", $"second.{format}");

        Assert.True(outcome.Code == 0, $"{outcome}");
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder.Path, $"first.{format}")), File.ReadAllBytes(Path.Combine(_folder.Path, $"second.{format}")));
    }

    [Theory]
    [InlineData("check --stdin arrow")]
    [InlineData("convert - copy.parquet")]
    public void TextInPlaceOfAnArrowStreamIsSaidToBeText(string arguments)
    {
        Outcome outcome = Tool.Run(_folder.Path, System.Text.Encoding.UTF8.GetBytes(Register.Csv), arguments.Split(' '));

        Assert.Equal((3, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("error: standard input: it looks like text, and is no Arrow stream: to read delimited text from standard input, say --stdin text", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Register.Names(_folder.Path));
    }

    [Theory]
    [InlineData("truncated.csv.gz", "damaged or cut short")]
    [InlineData("no.csv.gz", "damaged or cut short")]
    [InlineData("no.zip", "no readable zip archive")]
    [InlineData("binary.csv", "zero byte")]
    [InlineData("other.csv", "no layout fits")]
    [InlineData("empty.csv", "is empty")]
    [InlineData("absent.csv", "no such file or folder")]
    [InlineData("absent*.csv", "no file matches")]
    [InlineData("nothing", "the folder holds no extract")]
    public void BadInputIsNamedWithItsProblem(string name, string problem)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "nothing"));
        byte[] gzip = Register.Gzip(string.Concat(Enumerable.Range(0, 40).Select(_ => Register.Csv)));
        _folder.Write("truncated.csv.gz", gzip[..(gzip.Length / 2)]);
        _folder.Write("no.csv.gz", Register.Csv);
        _folder.Write("no.zip", Register.Csv);
        _folder.Write("binary.csv", Register.Csv + "\0\u0001");
        _folder.Write("other.csv", "dato;varme\n2020-01-01;12,5\n");
        _folder.Write("empty.csv", "");

        Outcome outcome = Tool.Run(_folder.Path, "run", name);

        Assert.Equal((3, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith($"error: {name}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(problem, outcome.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Register.Names(_folder.Path), file => file.Contains("release", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("schema infer")]
    public void PipeThatIsNamedLikeAFileIsRefusedWithWhatToDo(string command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Outcome outcome = Tool.Run(_folder.Path, System.Text.Encoding.UTF8.GetBytes(Register.Csv), [.. command.Split(' '), "/dev/stdin"]);

        Assert.Equal((3, ""), (outcome.Code, outcome.Out));
        Assert.Contains("is a pipe, not a file", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void BadFileAmongManyIsTheOneThatIsNamed()
    {
        Register.Write(_folder);
        _folder.Write("other.csv", "dato;varme\n2020-01-01;12,5\n");

        Assert.StartsWith("error: ./other.csv: ", Tool.Run(_folder.Path, "check", ".").Error.Replace('\\', '/'), StringComparison.Ordinal);
    }

    private string Turnover(byte[] input, params string[] names)
    {
        Outcome outcome = Tool.Run(_folder.Path, input, ["turnover", .. names, "--format", "csv", "--by", "year,new-hire,workplace", "--by", "year,age-group"]);
        Assert.True(outcome.Code == 0, outcome.ToString());
        return outcome.Out;
    }
}
