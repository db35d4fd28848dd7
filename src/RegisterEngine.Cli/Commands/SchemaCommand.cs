using System.CommandLine;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>schema</c>: layouts of extracts.</summary>
internal static class SchemaCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine schema list
          registerengine schema show generic-delimited > my-layout.json
          registerengine schema infer extract.csv > my-layout.json
          registerengine schema check my-layout.json
        """;

    public static Command Create() => new("schema", "Layouts of extracts: which are built in, what one looks like, and a draft of a new one from an extract.")
    {
        List(),
        Show(),
        Infer(),
        Check(),
    };

    private static Command List()
    {
        var command = new Command("list", "The built-in layouts");
        command.SetAction((_, _) => Guard.Run(() =>
        {
            foreach (Layout layout in LayoutLibrary.BuiltIn)
                Console.Out.WriteLine($"{layout.Name}  {layout.Title}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("name") { Description = "Name of a built-in layout" };
        var command = new Command("show", "The file of a built-in layout, to start a new one from") { name };
        command.SetAction((parsed, _) => Guard.Run(() =>
        {
            Console.Out.Write(LayoutLibrary.BuiltInText(parsed.GetValue(name)!)
                ?? throw new UsageException($"'{parsed.GetValue(name)}' is no built-in layout; there are {string.Join(", ", LayoutLibrary.BuiltIn.Select(layout => layout.Name))}."));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Infer()
    {
        var file = new Argument<string>("file") { Description = "An extract of delimited text" };
        var command = new Command("infer", "Drafts a layout from an extract: read it, and correct what was guessed wrong") { file };
        command.SetAction((parsed, _) => Guard.Run(() =>
        {
            Console.Out.Write(LayoutInference.Draft(ExtractInputs.Find([parsed.GetValue(file)!])[0]));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "A layout file" };
        var command = new Command("check", "Whether a layout file can be used") { file };
        command.SetAction((parsed, _) => Guard.Run(() =>
        {
            Layout layout = LayoutReader.Read(parsed.GetValue(file)!);
            Console.Out.WriteLine($"{layout.Name}: {layout.Fields.Count} fields, {layout.Fields.Count(field => field.Column is not null)} of them are read.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
