namespace RegisterEngine.Sources.Compression;

/// <summary>Bytes are not what their format asks for. Whoever knows the file turns it into an <see cref="ExtractException"/> that names the place.</summary>
internal class MalformedException(string problem, Exception? inner = null) : Exception(problem, inner);

/// <summary>The bytes end too early: more of them might help.</summary>
internal sealed class CutShortException(string problem) : MalformedException(problem);
