using System.Diagnostics;
using System.Globalization;

namespace RegisterEngine.Cli.Terminal;

/// <summary>Shows on standard error how far a run is: a bar that moves on a terminal, a line now and then elsewhere, nothing where the user wants quiet.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 24;
    private const int ClearWidth = 100;

    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly RunProgress _progress;
    private readonly TextWriter _error;
    private readonly bool _isTerminal;
    private readonly Timer? _timer;
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _shown;
    private bool _ended;

    public ProgressLine(RunProgress progress, TextWriter error, bool isQuiet)
    {
        _progress = progress;
        _error = error;
        _isTerminal = !Console.IsErrorRedirected;
        if (isQuiet)
            return;
        TimeSpan every = _isTerminal ? OnTerminal : Elsewhere;
        _timer = new Timer(_ => Show(), null, every, every);
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_progress)
        {
            _ended = true;
            if (_shown && _isTerminal)
                _error.Write($"\r{new string(' ', ClearWidth)}\r");
        }
    }

    /// <summary>What a progress looks like.</summary>
    internal static string Describe(RunProgress progress, TimeSpan elapsed, bool withBar)
    {
        double seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        string speed = string.Create(CultureInfo.InvariantCulture, $"{progress.Rows / 1e6:0.0} M rows, {progress.Rows / 1e6 / seconds:0.0} M/s, {progress.Bytes / 1e6 / seconds:0} MB/s");
        if (progress.Share is not { } share)
            return $"{progress.Stage}: {speed}";
        int filled = (int)(share * BarWidth);
        string bar = withBar ? $" [{new string('=', filled)}{new string(' ', BarWidth - filled)}]" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Stage}{bar} {share * 100:0} %, {speed}");
    }

    private void Show()
    {
        lock (_progress)
        {
            // The timer may come once more after its end.
            if (_ended)
                return;
            string text = Describe(_progress, Stopwatch.GetElapsedTime(_start), _isTerminal);
            _error.Write(_isTerminal ? $"\r{text.PadRight(ClearWidth)[..ClearWidth]}" : text + "\n");
            _shown = true;
        }
    }
}
