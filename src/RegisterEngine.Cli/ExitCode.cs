namespace RegisterEngine.Cli;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>More rows were rejected than the limit allows, or a release differs from its manifest.</summary>
    public const int DataErrors = 1;

    /// <summary>The command line, the configuration or a layout is wrong.</summary>
    public const int Usage = 2;

    /// <summary>An input cannot be read.</summary>
    public const int Unreadable = 3;

    /// <summary>Output exists and <c>--force</c> was not said.</summary>
    public const int OutputExists = 5;

    /// <summary>Memory or disk is not enough, or output cannot be written to its place.</summary>
    public const int Resources = 6;

    /// <summary>A fault of the engine.</summary>
    public const int Internal = 70;

    /// <summary>Stopped by the user.</summary>
    public const int Cancelled = 130;
}
