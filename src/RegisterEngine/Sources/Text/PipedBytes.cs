using System.Buffers;
using System.IO.Pipelines;

namespace RegisterEngine.Sources.Text;

/// <summary>A stream (compressed, or standard input) that is read ahead on another thread, through a pipe that holds a few megabytes.</summary>
internal sealed class PipedBytes : IByteSource
{
    private const int ReadAhead = 4 << 20;
    private const int Piece = 256 << 10;

    // A file that is read ahead is at the end of its piece sooner; standard input may never be.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly CancellationToken _cancellation;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: ReadAhead, resumeWriterThreshold: ReadAhead / 2, minimumSegmentSize: Piece, useSynchronizationContext: false));

    private readonly Task _filling;

    public PipedBytes(Stream stream, CancellationToken cancellation = default)
    {
        _stream = stream;
        _cancellation = cancellation;
        _filling = Task.Run(FillAsync, CancellationToken.None);
    }

    public int Read(Span<byte> target)
    {
        ReadResult result = _pipe.Reader.ReadAsync(_cancellation).AsTask().GetAwaiter().GetResult();
        ReadOnlySequence<byte> available = result.Buffer;
        int count = (int)Math.Min(available.Length, target.Length);
        ReadOnlySequence<byte> taken = available.Slice(0, count);
        taken.CopyTo(target);
        _pipe.Reader.AdvanceTo(taken.End);
        return count;
    }

    public void Dispose()
    {
        _pipe.Reader.Complete();
        if (_filling.Wait(LongestWait))
            _stream.Dispose();
        else
            _ = _filling.ContinueWith(_ => _stream.Dispose(), TaskScheduler.Default);
    }

    // An error of the stream reaches the reader through the pipe.
    private async Task FillAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                int read = await _stream.ReadAsync(_pipe.Writer.GetMemory(Piece)).ConfigureAwait(false);
                if (read == 0)
                    break;
                _pipe.Writer.Advance(read);
                FlushResult flushed = await _pipe.Writer.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or NotSupportedException or UnauthorizedAccessException)
        {
            failure = e;
        }
        await _pipe.Writer.CompleteAsync(failure).ConfigureAwait(false);
    }
}
