namespace RegisterEngine.Schemas;

/// <summary>A layout file says something that cannot be, or no layout fits an extract; the message tells what to change.</summary>
public sealed class LayoutException(string message, Exception? inner = null) : Exception(message, inner);
