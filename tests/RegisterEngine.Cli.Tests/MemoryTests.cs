using System.Diagnostics;

namespace RegisterEngine.Cli.Tests;

/// <summary>What --memory says is kept, changes no result, and leaves nothing on the disk.</summary>
public sealed class MemoryTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _scratch = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void RunStaysWithinItsMemoryWhereItWouldTakeMore()
    {
        if (!OperatingSystem.IsLinux())
            return;
        (Outcome free, long freePeak) = Peak("turnover", "-", "--format", "csv", "--threads", "2");
        (Outcome bounded, long boundedPeak) = Peak("turnover", "-", "--format", "csv", "--threads", "2", "--memory", "170MB", "--scratch", _scratch.Path);

        Assert.True(free.Code == 0 && bounded.Code == 0, free.ToString() + bounded.ToString());
        Assert.Equal(free.Out, bounded.Out);
        Assert.True(boundedPeak <= 170 * Megabyte, $"It took {boundedPeak / Megabyte} MB of 170.");
        Assert.True(freePeak > 170 * Megabyte, $"Without a bound it took {freePeak / Megabyte} MB only, which proves nothing.");
        Assert.Empty(Register.Names(_scratch.Path));
    }

    [Fact]
    public void ReleaseIsTheSameToTheByteWhenRowsGoToDisk()
    {
        _folder.Write("large.csv", [.. Register.Large(5, 40_000, 900).SelectMany(piece => piece)]);
        string[] run = ["run", "large.csv", "--panel", "--quiet", "--format", "csv"];
        Outcome free = Tool.Run(_folder.Path, [.. run, "--out", "free"]);
        Outcome bounded = Tool.Run(_folder.Path, [.. run, "--out", "bounded", "--memory", "161MB", "--scratch", _scratch.Path, "--threads", "3"]);

        Assert.True(free.Code == 0 && bounded.Code == 0, free.ToString() + bounded.ToString());
        Assert.Equal(free.Out, bounded.Out);
        Assert.Equal(WithoutTimings("free"), WithoutTimings("bounded"));
        Assert.Empty(Register.Names(_scratch.Path));
    }

    [Theory]
    [InlineData("panel pai.csv --out panel.csv")]
    [InlineData("panel pai.csv --out panel.parquet")]
    [InlineData("convert pai.csv pai.arrow")]
    [InlineData("run pai.csv --panel")]
    public void NothingIsLeftWhereTheDiskIsFull(string arguments)
    {
        if (!OperatingSystem.IsLinux())
            return;
        _folder.Write(Register.FileName, [.. Register.Large(3, 10_000, 9000).SelectMany(piece => piece)]);
        // No file may be larger than 40 KB. The runtime would make a large one of its own for code that it compiles.
        Outcome outcome = Tool.RunAfter(_folder.Path, "trap '' XFSZ; ulimit -f 40; export DOTNET_EnableWriteXorExecute=0", arguments.Split(' '));

        Assert.True(outcome.Code == 6, outcome.ToString());
        Assert.Equal([Register.FileName], Register.Names(_folder.Path));
    }

    [Fact]
    public void NothingIsLeftOnTheDiskByAProcessThatIsKilled()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using Process process = Tool.Start(_folder.Path, "turnover", "-", "--memory", "161MB", "--scratch", _scratch.Path);
        foreach (byte[] piece in Register.Large(4, 60_000, 50))
            process.StandardInput.BaseStream.Write(piece);
        process.StandardInput.BaseStream.Flush();
        Tool.WaitUntil(() => Spilled(process.Id) > 0, process);
        List<string> names = Register.Names(_scratch.Path);
        Tool.Signal(process, Tool.Kill);
        Assert.Equal(128 + Tool.Kill, Tool.Await(process).Code);

        Assert.Empty(names);
        Assert.Empty(Register.Names(_scratch.Path));
        Assert.Empty(Register.Names(_folder.Path));
    }

    [Fact]
    public void TooLittleMemoryIsRefusedWithTheLeastThatIsEnough()
    {
        Register.Write(_folder);
        Outcome outcome = Tool.Run(_folder.Path, "turnover", "pai.csv", "--memory", "100MB");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("needs at least 161MB", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run(_folder.Path, "turnover", "pai.csv", "--memory", "161MB").Code);
    }

    // The high-water mark of the resident set, read until the process ends: it never falls, so the last reading is the peak but for the last moment.
    private (Outcome Outcome, long Bytes) Peak(params string[] arguments)
    {
        using Process process = Tool.Start(_folder.Path, arguments);
        long peak = 0;
        var watch = new Thread(() =>
        {
            while (HighWater(process.Id) is > 0 and var bytes)
            {
                peak = bytes;
                Thread.Sleep(5);
            }
        });
        watch.Start();
        Outcome outcome = Tool.Finish(process, Register.Large(10, 700_000, 200));
        watch.Join();
        return (outcome, peak);
    }

    private static long HighWater(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // Bytes in files of the scratch folder that a process has open and that have no name any more.
    private long Spilled(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Sum(SpilledIn);

    private long SpilledIn(string handle)
    {
        try
        {
            string target = File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName ?? "";
            if (!target.StartsWith(_scratch.Path, StringComparison.Ordinal) || !target.EndsWith("(deleted)", StringComparison.Ordinal))
                return 0;
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(handle);
            return RandomAccess.GetLength(file);
        }
        catch (IOException)
        {
            // Closed by the process in the meantime.
            return 0;
        }
    }

    // The manifest tells how long each stage took, which is no result.
    private SortedDictionary<string, string> WithoutTimings(string release) => new(
        Register.Contents(Path.Combine(_folder.Path, release)).ToDictionary(
            file => file.Key,
            file => file.Key == "manifest.json" ? System.Text.Encoding.UTF8.GetString(file.Value).Split("\"timings\"")[0] : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Value))),
        StringComparer.Ordinal);
}
