using System.Runtime.ExceptionServices;
using RegisterEngine.Kernels;

namespace RegisterEngine;

/// <summary>Runs the same work on some threads at once.</summary>
public static class Workers
{
    /// <summary>Does <paramref name="work"/> on each item, on some threads at once: whoever is free takes the next.</summary>
    /// <param name="threads">How many threads, this one among them.</param>
    /// <param name="items">The items, the longest work best first.</param>
    /// <param name="work">The work; it looks at the token now and then.</param>
    /// <param name="cancellation">Stops all.</param>
    public static void ForEach<T>(int threads, IReadOnlyList<T> items, Action<T, CancellationToken> work, CancellationToken cancellation) =>
        For(threads, items.Count, (i, stop) => work(items[i], stop), cancellation);

    /// <summary>Does <paramref name="work"/> on 0, 1, 2 ..., on some threads at once: whoever is free takes the next.</summary>
    /// <param name="threads">How many threads, this one among them.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="work">The work; it looks at the token now and then.</param>
    /// <param name="cancellation">Stops all.</param>
    public static void For(int threads, int count, Action<int, CancellationToken> work, CancellationToken cancellation = default)
    {
        int next = 0;
        Run(Math.Clamp(count, 1, threads), TakeNext, cancellation);

        void TakeNext(CancellationToken stop)
        {
            for (int i; (i = Interlocked.Increment(ref next) - 1) < count;)
            {
                stop.ThrowIfCancellationRequested();
                work(i, stop);
            }
        }
    }

    /// <summary>Does <paramref name="work"/> on parts of a fixed size of 0, 1, 2 ..., on all processors; few parts on this thread alone, since they are not worth another.</summary>
    /// <param name="count">How many numbers.</param>
    /// <param name="size">How many numbers a part has; the last may have fewer.</param>
    /// <param name="work">The work, from a first number to before another.</param>
    /// <param name="fewest">Parts that are worth another thread.</param>
    public static void ForParts(int count, int size, Action<int, int> work, int fewest = 4)
    {
        int parts = (count + size - 1) / size;
        For(parts < fewest ? 1 : Environment.ProcessorCount, parts, (part, _) => work(part * size, Math.Min(count, (part + 1) * size)));
    }

    /// <summary>Runs <paramref name="work"/> once on each thread, and waits for all; the first failure stops the others and is thrown.</summary>
    /// <param name="threads">How many threads, this one among them.</param>
    /// <param name="work">The work; it looks at the token now and then.</param>
    /// <param name="cancellation">Stops all.</param>
    public static void Run(int threads, Action<CancellationToken> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        Thread[] others = Arrays.Make(threads - 1, _ => new Thread(Guarded));
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
