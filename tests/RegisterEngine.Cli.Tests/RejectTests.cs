namespace RegisterEngine.Cli.Tests;

public sealed class RejectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RejectTests() => _folder.Write("bad.csv", Register.WithBadRows(3));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 1)]
    [InlineData("2", 1)]
    [InlineData("3", 0)]
    [InlineData("2.9%", 1)]
    [InlineData("3%", 0)]
    [InlineData("100%", 0)]
    [InlineData("0", 1)]
    public void LimitIsACountOrAPercentage(string? limit, int code)
    {
        Outcome outcome = Tool.Run(_folder.Path, ["turnover", "bad.csv", .. limit is null ? (string[])[] : ["--max-rejects", limit]]);

        Assert.Equal(code, outcome.Code);
        Assert.Contains(code == 0 ? "3 rows were rejected" : $"3 of 100 rows were rejected, and the limit is {limit ?? "1%"}", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(code != 0, outcome.Out.Length == 0);
        Assert.Equal(code != 0, outcome.Error.Contains("--quarantine FILE", StringComparison.Ordinal));
        Assert.DoesNotContain(Register.Secret, outcome.Out + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void QuarantineTellsPlaceValueAndExpectationToItsOwnerOnly()
    {
        Outcome outcome = Tool.Run(_folder.Path, "check", "bad.csv", "--quarantine", "rejected.csv");
        string path = Path.Combine(_folder.Path, "rejected.csv");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("3 rows were rejected; they are in rejected.csv", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["file,line,column,value,reason,expected", .. Enumerable.Range(2, 3).Select(line => $"bad.csv,{line},stillingsprosent,halv,Number,\"a number, such as 75,50\"")],
            File.ReadAllLines(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void QuarantineOfARunLiesBesideTheReleaseWhateverBecomesOfIt()
    {
        Assert.Equal(1, Tool.Run(_folder.Path, "run", "bad.csv").Code);
        Assert.Equal(["bad.csv", "release.rejected.csv"], Register.Names(_folder.Path));

        Assert.Equal(0, Tool.Run(_folder.Path, "run", "bad.csv", "--max-rejects", "3").Code);
        Assert.Equal(["bad.csv", "release", "release.rejected.csv"], Register.Names(_folder.Path));
    }

    [Fact]
    public void CheckShowsAllThatItFoundThoughTheLimitIsExceeded()
    {
        Outcome outcome = Tool.Run(_folder.Path, "check", "bad.csv", "--format", "csv");

        Assert.Equal(1, outcome.Code);
        Assert.StartsWith("file,layout,rows,accepted,rejected,rejected_number,", outcome.Out, StringComparison.Ordinal);
        Assert.StartsWith("bad.csv,generic-delimited,100,97,3,3,", outcome.Lines[1], StringComparison.Ordinal);
        Assert.Contains("--quarantine", outcome.Error, StringComparison.Ordinal);
    }
}
