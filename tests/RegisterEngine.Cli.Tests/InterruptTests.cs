using System.Diagnostics;
using System.Text;

namespace RegisterEngine.Cli.Tests;

/// <summary>A run that is stopped leaves the last release whole and nothing beside it.</summary>
public sealed class InterruptTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Tool.Interrupt)]
    [InlineData(Tool.Terminate)]
    public void RunThatWaitsForItsInputStopsAtOnce(int signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        SortedDictionary<string, byte[]> before = OldRelease();
        using Process process = Tool.Start(_folder.Path, "run", "-", "--force");
        process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(Register.Csv));
        process.StandardInput.BaseStream.Flush();
        Tool.WaitUntil(() => Register.Names(_folder.Path).Any(name => name.StartsWith(".release", StringComparison.Ordinal)), process);

        AssertStops(process, signal);
        Assert.Equal(before, Register.Contents(_folder.Path));
        Assert.Equal(["pai.csv", "release"], Register.Names(_folder.Path));
    }

    [Fact]
    public void RunThatWritesItsReleaseStopsAtOnce()
    {
        if (OperatingSystem.IsWindows())
            return;
        SortedDictionary<string, byte[]> before = OldRelease();
        using Process process = Tool.Start(_folder.Path, "run", "-", "--force", "--panel", "--tables-as", "json,csv,csv-no,markdown");
        foreach (byte[] piece in Register.Large(3, 100_000, 100_000))
            process.StandardInput.BaseStream.Write(piece);
        process.StandardInput.Close();
        Tool.WaitUntil(() => Directory.EnumerateFiles(_folder.Path, "by-year-workplace.*", SearchOption.AllDirectories).Any(path => path.Contains(".release", StringComparison.Ordinal)), process);

        AssertStops(process, Tool.Interrupt);
        Assert.Equal(before, Register.Contents(_folder.Path));
        Assert.Equal(["pai.csv", "release"], Register.Names(_folder.Path));
    }

    [Fact]
    public void PanelThatIsStoppedLeavesNoFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        Register.Write(_folder);
        using Process process = Tool.Start(_folder.Path, "panel", "pai.csv", "-", "--out", "panel.csv");
        Tool.WaitUntil(() => Register.Names(_folder.Path).Count > 1, process);

        AssertStops(process, Tool.Interrupt);
        Assert.Equal(["pai.csv"], Register.Names(_folder.Path));
    }

    // Those who send a signal to a process and to its group send it twice.
    [Fact]
    public void SignalThatComesTwiceAtOnceLeavesNothingHalfWritten()
    {
        if (OperatingSystem.IsWindows())
            return;
        Register.Write(_folder);
        using Process process = Tool.Start(_folder.Path, "panel", "pai.csv", "-", "--out", "panel.csv");
        Tool.WaitUntil(() => Register.Names(_folder.Path).Count > 1, process);

        Tool.Signal(process, Tool.Terminate);
        Tool.Signal(process, Tool.Interrupt);
        AssertStops(process, Tool.Terminate);
        Assert.Equal(["pai.csv"], Register.Names(_folder.Path));
    }

    private SortedDictionary<string, byte[]> OldRelease()
    {
        Register.Write(_folder);
        Assert.Equal(0, Tool.Run(_folder.Path, "run", "pai.csv", "--quiet").Code);
        return Register.Contents(_folder.Path);
    }

    private static void AssertStops(Process process, int signal)
    {
        long start = Stopwatch.GetTimestamp();
        Tool.Signal(process, signal);
        Outcome outcome = Tool.Await(process);

        Assert.Equal((130, ""), (outcome.Code, outcome.Out));
        Assert.Contains("Stopped before the end", outcome.Error, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < Soon);
    }
}
