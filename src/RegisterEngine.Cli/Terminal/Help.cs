using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace RegisterEngine.Cli.Terminal;

/// <summary>Help whose options stand in groups, with examples at its end, and in which the program has its own name.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    private const string Name = "registerengine";

    // The option that comes first in a group, and what the group is called.
    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["--by"] = "Tables",
        ["--minimum-size"] = "Person-years that tables count, while all stay in the panel",
        ["--config"] = "What is read",
        ["--main-job"] = "Rules, by which the panel is built",
        ["--threads"] = "How it runs",
    };

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
        foreach (string line in text.ToString().Replace(RootCommand.ExecutableName, Name, StringComparison.Ordinal).TrimEnd().Split('\n'))
        {
            if (Groups.TryGetValue(line.TrimStart().Split(' ')[0], out string? group))
                output.Write($"\n{group}:\n");
            output.Write(line + "\n");
        }
        output.Write($"\nExamples:\n{ExamplesOf(parseResult.CommandResult)}\n");
        return code;
    }

    // Those of the command above, where it has none of its own.
    private string ExamplesOf(CommandResult command) =>
        _examples.TryGetValue(command.Command, out string? examples) ? examples : ExamplesOf((CommandResult)command.Parent!);

    private static string NameOf(CommandResult command) => command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : Name;
}
