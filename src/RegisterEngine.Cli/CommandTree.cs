using System.CommandLine;
using RegisterEngine.Cli.Commands;
using RegisterEngine.Cli.Terminal;

namespace RegisterEngine.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>The root of the commands, each with its help.</summary>
    public static RootCommand Create()
    {
        var commands = new Dictionary<Command, string>
        {
            [DemoCommand.Create()] = DemoCommand.Examples,
            [SynthCommand.Create()] = SynthCommand.Examples,
            [CheckCommand.Create()] = CheckCommand.Examples,
            [RunCommand.Create()] = RunCommand.Examples,
            [PanelCommand.Create()] = PanelCommand.Examples,
            [TurnoverCommand.Create()] = TurnoverCommand.Examples,
            [ConvertCommand.Create()] = ConvertCommand.Examples,
            [EvaluateCommand.Create()] = EvaluateCommand.Examples,
            [RegressCommand.Create()] = RegressCommand.Examples,
            [VerifyCommand.Create()] = VerifyCommand.Examples,
            [SchemaCommand.Create()] = SchemaCommand.Examples,
        };
        var root = new RootCommand("Turns extracts of a national personnel register into turnover figures that can be trusted.");
        foreach (Command command in commands.Keys)
            root.Add(command);
        commands[root] = """
              registerengine demo
              registerengine check data/*.csv
              registerengine run data/*.csv --out release
              registerengine run --help
            """;
        Help.Use(root, commands);
        return root;
    }
}
