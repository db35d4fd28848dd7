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

    [Theory]
    [InlineData(".register", false)]
    [InlineData("register", false)]
    [InlineData("register", true)]
    public void DemoThatIsStoppedLeavesWhatWasThereBefore(string waitsFor, bool isSecond)
    {
        if (OperatingSystem.IsWindows())
            return;
        string demo = Path.Combine(_folder.Path, "made", "demo");
        if (isSecond)
        {
            Assert.Equal(0, Tool.Run(_folder.Path, "demo", "--persons", "5000", "--years", "2021-2023", "--out", "made/demo", "--quiet").Code);
            File.WriteAllText(Path.Combine(demo, "notes.txt"), "precious");
        }
        SortedDictionary<string, byte[]> before = Register.Contents(_folder.Path);
        using Process process = Tool.Start(_folder.Path, "demo", "--persons", "100000", "--out", "made/demo");
        Tool.WaitUntil(() => Directory.Exists(demo) && IsThere(), process);

        AssertStops(process, Tool.Interrupt);
        Assert.Equal(before, Register.Contents(_folder.Path));
        Assert.Equal(isSecond ? ["made"] : [], Register.Names(_folder.Path));

        // The register of the second demo has the years of the usual one.
        bool IsThere() => waitsFor == "register" ? File.Exists(Path.Combine(demo, "register", "pai_2015.csv"))
            : Register.Names(demo).Any(name => name.StartsWith(waitsFor, StringComparison.Ordinal));
    }

    [Fact]
    public void EvaluationStopsWhileItDrawsPlaceboTreatments()
    {
        if (OperatingSystem.IsWindows())
            return;
        Register.Write(_folder);
        _folder.Write("treatments.csv", "workplace,start_year\n988077917,2021\n");
        _folder.Write("evaluation.yaml", "draws: 2000000000\nbootstrap-draws: 2000000000\nbootstrap-weights: webb\nyears: [2020-2021]\nnew-hires-only: no\nservice-areas: [skole, helse]\n");
        SortedDictionary<string, byte[]> before = Register.Contents(_folder.Path);
        using Process process = Tool.Start(_folder.Path, "evaluate", "pai.csv", "--treatments", "treatments.csv", "--evaluation", "evaluation.yaml", "--out", "evaluation");
        Tool.WaitUntil(() => Register.Names(_folder.Path).Any(name => name.StartsWith(".evaluation", StringComparison.Ordinal)), process);
        Thread.Sleep(TimeSpan.FromSeconds(2));

        Assert.False(process.HasExited);
        AssertStops(process, Tool.Interrupt);
        Assert.Equal(before, Register.Contents(_folder.Path));
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
