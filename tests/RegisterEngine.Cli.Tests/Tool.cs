using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace RegisterEngine.Cli.Tests;

/// <summary>What a process left behind.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record Outcome(int Code, string Out, string Error)
{
    public string[] Lines => Out.TrimEnd('\n').Split('\n');

    public override string ToString() => $"exit code {Code}\nstandard output:\n{Out}\nstandard error:\n{Error}";
}

/// <summary>The built executable, run as a process.</summary>
public static partial class Tool
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(120);

    // The executable of the configuration that these tests were built in.
    private static string Executable { get; } = Path.Combine(
        Repository.Root, "src", "RegisterEngine.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name,
        OperatingSystem.IsWindows() ? "registerengine.exe" : "registerengine");

    /// <summary>Runs it in a folder, to its end.</summary>
    public static Outcome Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    /// <summary>Runs it with something on standard input.</summary>
    public static Outcome Run(string folder, byte[] input, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return Finish(process, input);
    }

    /// <summary>Starts it; standard input stays open.</summary>
    public static Process Start(string folder, params string[] arguments) => StartProcess(folder, Executable, arguments);

    /// <summary>Runs it, to its end, in a shell that has been told something before.</summary>
    public static Outcome RunAfter(string folder, string words, params string[] arguments)
    {
        using Process process = StartProcess(folder, "/bin/sh", ["-c", words + "; exec \"$@\"", "sh", Executable, .. arguments]);
        return Finish(process, []);
    }

    private static Process StartProcess(string folder, string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        // As on a terminal that knows colours: redirected output must not have any all the same.
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["COLORTERM"] = "truecolor";
        start.Environment.Remove("NO_COLOR");
        // The usual settings are for long runs; short ones start in two thirds of the time like this.
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Gives the rest of its input, and waits for its end.</summary>
    public static Outcome Finish(Process process, params IEnumerable<byte[]> input)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            foreach (byte[] piece in input)
                process.StandardInput.BaseStream.Write(piece);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all.
        }
        return End(process, output, error);
    }

    /// <summary>Waits for its end without closing its input.</summary>
    public static Outcome Await(Process process) => End(process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    /// <summary>Waits until something is so, which must be soon.</summary>
    public static void WaitUntil(Func<bool> isSo, Process process)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.False(process.HasExited, "The process ended too early.");
            Assert.True(Stopwatch.GetElapsedTime(start) < LongestRun, "What was waited for did not come.");
            Thread.Sleep(2);
        }
    }

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(Process process, int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    private static Outcome End(Process process, Task<string> output, Task<string> error)
    {
        bool ended = process.WaitForExit(LongestRun);
        if (!ended)
            process.Kill();
        Assert.True(ended, "The process did not end.");
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult().ReplaceLineEndings("\n"), error.GetAwaiter().GetResult().ReplaceLineEndings("\n"));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
