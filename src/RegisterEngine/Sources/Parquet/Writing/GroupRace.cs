using System.Runtime.ExceptionServices;
using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Makes row groups on some threads; each thread writes its group when all before it are written.</summary>
internal sealed class GroupRace(ParquetWriter writer, int count, Action<int, Action<ColumnBatch>> fill)
{
    private readonly object _turn = new();
    private int _next;
    private int _written;
    private volatile bool _isStopped;

    /// <summary>Makes and writes all groups.</summary>
    public void Run(int threads, CancellationToken cancellation)
    {
        try
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, _ => Make(cancellation));
        }
        catch (AggregateException e) when (e.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
        cancellation.ThrowIfCancellationRequested();
    }

    private void Make(CancellationToken cancellation)
    {
        using RowGroupEncoder encoder = writer.NewEncoder();
        try
        {
            for (int group; !_isStopped && (group = Interlocked.Increment(ref _next) - 1) < count;)
            {
                cancellation.ThrowIfCancellationRequested();
                fill(group, batch => encoder.Add(batch, 0, batch.Rows));
                Write(group, encoder.Rows > 0 ? encoder.Encode() : null, encoder);
            }
        }
        catch
        {
            // Nobody may wait for a group that never comes.
            lock (_turn)
            {
                _isStopped = true;
                Monitor.PulseAll(_turn);
            }
            throw;
        }
    }

    private void Write(int group, EncodedGroup? encoded, RowGroupEncoder encoder)
    {
        lock (_turn)
        {
            while (_written != group && !_isStopped)
                Monitor.Wait(_turn);
            if (encoded is not null && !_isStopped)
                writer.Add(encoded, encoder.Bytes);
            _written++;
            Monitor.PulseAll(_turn);
        }
    }
}
