using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using RegisterEngine.Cli;
using RegisterEngine.Cli.Terminal;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
ParseResult parsed = CommandTree.Create().Parse(args);
if (parsed.Action is ParseErrorAction)
{
    Help.ShowErrors(parsed, Console.Error);
    return ExitCode.Usage;
}
using var stop = new StopSignal();
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token).ConfigureAwait(false);
