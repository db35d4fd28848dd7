using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using RegisterEngine.Cli;
using RegisterEngine.Cli.Commands;
using RegisterEngine.Cli.Terminal;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var commands = new Dictionary<Command, string>
{
    [DemoCommand.Create()] = DemoCommand.Examples,
    [SynthCommand.Create()] = SynthCommand.Examples,
    [CheckCommand.Create()] = CheckCommand.Examples,
    [RunCommand.Create()] = RunCommand.Examples,
    [PanelCommand.Create()] = PanelCommand.Examples,
    [TurnoverCommand.Create()] = TurnoverCommand.Examples,
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
ParseResult parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    Help.ShowErrors(parsed, Console.Error);
    return ExitCode.Usage;
}
using var stop = new StopSignal();
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token).ConfigureAwait(false);
