namespace RegisterEngine.Kernels;

/// <summary>The bytes that end a field and a line.</summary>
internal readonly record struct Separators(byte Delimiter, byte Newline);
