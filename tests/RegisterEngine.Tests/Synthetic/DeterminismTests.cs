using System.Security.Cryptography;
using RegisterEngine.Synthetic;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Synthetic;

public sealed class DeterminismTests
{
    private static readonly SyntheticOptions Options = new() { Years = new(2018, 2021), Persons = 6_000, Traps = Traps.All };

    [Theory]
    [InlineData(ExtractFormat.Delimited)]
    [InlineData(ExtractFormat.FixedWidth)]
    public void FilesAreTheSameForEveryNumberOfThreads(ExtractFormat format) =>
        Assert.Equal(Hashes(Options with { Threads = 1 }, format), Hashes(Options with { Threads = 5 }, format));

    [Fact]
    public void AnotherSeedMakesOtherPersons()
    {
        Dictionary<string, string> one = Hashes(Options, ExtractFormat.Delimited);
        Dictionary<string, string> other = Hashes(Options with { Seed = 2 }, ExtractFormat.Delimited);
        Assert.All(one, file => Assert.NotEqual(file.Value, other[file.Key]));
    }

    [Fact]
    public void NothingIsLeftBesideTheFiles() => Assert.Equal(
        ["pai_2018.csv", "pai_2019.csv", "pai_2020.csv", "pai_2021.csv", "truth/mentors.csv", "truth/treatments.csv", "truth/truth.json"],
        Hashes(Options, ExtractFormat.Delimited).Keys.Order(StringComparer.Ordinal));

    /// <summary>Committed with the generator: a change of any byte on any machine shows here, and is then a change of the register that must be meant.</summary>
    [Fact]
    public void RegisterIsTheSameOnEveryMachine()
    {
        Dictionary<string, string> hashes = Hashes(Options with { Traps = Traps.None }, ExtractFormat.Delimited);
        Assert.Equal("d72dd7a3896aa9d8", hashes["pai_2018.csv"]);
        Assert.Equal("65df1bbf0296b45e", hashes["pai_2021.csv"]);
    }

    [Theory]
    [InlineData(SyntheticOptions.FewestPersons - 1, 2015, 2024)]
    [InlineData(10_000, 2020, 2019)]
    [InlineData(10_000, 1960, 2019)]
    [InlineData(10_000, 2015, 2100)]
    public void ImpossibleOptionsAreRefused(int persons, int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticRegister.Simulate(new SyntheticOptions { Persons = persons, Years = new(from, to) }));

    private static Dictionary<string, string> Hashes(SyntheticOptions options, ExtractFormat format)
    {
        using var folder = new TemporaryFolder();
        SyntheticRegister.Simulate(options).Write(folder.Path, format);
        return Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..16]);
    }
}
