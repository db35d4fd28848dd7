namespace RegisterEngine.Cli;

/// <summary>The command line or the configuration says something that cannot be; the message tells what to say instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
