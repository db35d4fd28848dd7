namespace RegisterEngine.Sources.Compression;

/// <summary>Bytes are not what their format asks for. Whoever knows the file turns it into an <see cref="ExtractException"/> that names the place.</summary>
internal sealed class MalformedException(string problem, Exception? inner = null) : Exception(problem, inner);
