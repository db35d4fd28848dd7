using System.Runtime.ExceptionServices;

namespace RegisterEngine;

/// <summary>Runs the same work on some threads at once.</summary>
internal static class Workers
{
    /// <summary>Runs <paramref name="work"/> once on each thread, and waits for all; the first failure stops the others and is thrown.</summary>
    /// <param name="threads">How many threads, this one among them.</param>
    /// <param name="work">The work; it looks at the token now and then.</param>
    /// <param name="cancellation">Stops all.</param>
    public static void Run(int threads, Action<CancellationToken> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        List<Thread> others = [.. Enumerable.Range(1, threads - 1).Select(_ => new Thread(Guarded))];
        foreach (Thread other in others)
            other.Start();
        Guarded();
        foreach (Thread other in others)
            other.Join();
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();

        void Guarded()
        {
            try
            {
                work(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }
    }
}
