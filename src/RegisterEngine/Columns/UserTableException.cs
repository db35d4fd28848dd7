namespace RegisterEngine.Columns;

/// <summary>A table that the user wrote beside the extracts cannot be read, or says something that cannot be; the message names file, line and column.</summary>
public sealed class UserTableException(string message) : Exception(message);
