namespace RegisterEngine.Sources;

/// <summary>An input cannot be read as an extract; the message names it and tells what to do.</summary>
public sealed class ExtractException(string input, string problem, Exception? inner = null) : Exception($"{input}: {problem}", inner)
{
    /// <summary>The input that it is about.</summary>
    public string Input { get; } = input;
}
