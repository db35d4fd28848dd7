namespace RegisterEngine.Sources.Compression;

/// <summary>The system lacks a library that a file needs; the message names the package to install.</summary>
public sealed class MissingLibraryException(string message, Exception? inner = null) : Exception(message, inner);
