using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace RegisterEngine.Cli.Terminal;

/// <summary>Help with examples at its end, in which the program has its own name.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    private const string Name = "registerengine";

    private readonly HelpAction _usual;
    private readonly IReadOnlyDictionary<Command, string> _examples;

    private Help(HelpAction usual, IReadOnlyDictionary<Command, string> examples)
    {
        _usual = usual;
        _examples = examples;
    }

    /// <summary>Gives all commands of a root this help.</summary>
    public static void Use(RootCommand root, IReadOnlyDictionary<Command, string> examples)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
            option.Action = new Help((HelpAction)option.Action!, examples);
    }

    /// <summary>Says what is wrong with a command line, and where to read on; never on standard output, which is for results.</summary>
    public static void ShowErrors(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError wrong in parsed.Errors)
            error.WriteLine($"error: {wrong.Message}");
        error.WriteLine($"See: {NameOf(parsed.CommandResult)} --help");
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        int code = _usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(text.ToString().Replace(RootCommand.ExecutableName, Name, StringComparison.Ordinal).TrimEnd() + "\n");
        if (_examples.TryGetValue(parseResult.CommandResult.Command, out string? examples))
            output.Write($"\nExamples:\n{examples}\n");
        return code;
    }

    private static string NameOf(CommandResult command) => command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : Name;
}
