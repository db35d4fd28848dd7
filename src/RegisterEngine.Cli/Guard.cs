using RegisterEngine.Columns;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Regression;
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
            Console.Error.WriteLine("Stopped before the end; no output is left half-written.");
            return ExitCode.Cancelled;
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            // Whoever read our output has seen enough.
            return ExitCode.Ok;
        }
        catch (OutOfMemoryException)
        {
            Console.Error.WriteLine("error: the memory is not enough for codes and tables, which do not go to disk. Give more with --memory, or ask for fewer groups.");
            return ExitCode.Resources;
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return code;
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
        UsageException or UserTableException or LayoutException or RegressionException => ExitCode.Usage,
        // A table that cannot be made of these extracts: known only when all codes are.
        ArgumentException { Source: "RegisterEngine", ParamName: null } => ExitCode.Usage,
        ExtractException => ExitCode.Unreadable,
        OutputExistsException => ExitCode.OutputExists,
        // Extracts that cannot be read have an exception of their own: these are disks and folders that cannot be written to.
        IOException or UnauthorizedAccessException => ExitCode.Resources,
        // What the runtime throws where a file would be larger than the system or the user's limit allows.
        ArgumentOutOfRangeException { Source: "System.Private.CoreLib", ParamName: "value" } => ExitCode.Resources,
        _ => null,
    };

    // ERROR_BROKEN_PIPE, or EPIPE.
    private static bool IsBrokenPipe(IOException e) => (e.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 109 : 32);
}
