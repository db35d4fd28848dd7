using RegisterEngine.Publication.Releases;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli;

/// <summary>Turns what can go wrong into a message for the user and an exit code for scripts.</summary>
internal static class Guard
{
    /// <summary>Runs a command.</summary>
    public static Task<int> Run(Func<int> command) => Task.FromResult(Guarded(command));

    private static int Guarded(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return code;
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            // Whoever read our output has seen enough.
            return ExitCode.Ok;
        }
        catch (Exception e)
        {
            // Messages of unforeseen errors may hold data; the kind and the place do not.
            Console.Error.WriteLine($"error: a fault of the engine ({e.GetType().Name}). Please report it with these lines:\n{e.StackTrace}");
            return ExitCode.Internal;
        }
    }

    private static int? CodeOf(Exception e) => e switch
    {
        RejectLimitException => ExitCode.DataErrors,
        UsageException or LayoutException => ExitCode.Usage,
        ArgumentException { Source: "RegisterEngine", InnerException: null, ParamName: "cells" } => ExitCode.Usage,
        ExtractException => ExitCode.Unreadable,
        OutputExistsException => ExitCode.OutputExists,
        OutOfMemoryException => ExitCode.Resources,
        IOException io when IsDiskFull(io) => ExitCode.Resources,
        UnauthorizedAccessException => ExitCode.Resources,
        _ => null,
    };

    // ENOSPC, or ERROR_DISK_FULL.
    private static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) is 28 or 112;

    // EPIPE, or ERROR_BROKEN_PIPE.
    private static bool IsBrokenPipe(IOException e) => (e.HResult & 0xFFFF) is 32 or 109;
}
