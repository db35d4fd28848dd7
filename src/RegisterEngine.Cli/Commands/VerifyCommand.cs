using System.CommandLine;
using System.Text.Json;
using RegisterEngine.Cli.Terminal;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>verify</c>: a release against its manifest.</summary>
internal static class VerifyCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine verify release
          registerengine verify /srv/releases/2024 --inputs /srv/pai      # started in another folder than the run was
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("release") { Description = "Folder of the release" };
        var inputs = new Option<string>("--inputs") { Description = "Folder that the run was started in, where it was another than this one", HelpName = "FOLDER", DefaultValueFactory = _ => "" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No remarks" };
        Option<string> format = Session.FormatOption();
        var command = new Command("verify", "Checks that every file of a release, and every input that it was made of, still has the bytes that its manifest tells, and that the manifest itself was not changed.")
        {
            folder,
            inputs,
            quiet,
            format,
        };
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            TableFormat? chosen = TableView.FormatOf(parsed.GetValue(format)!);
            IReadOnlyList<FileCheck> checks = Check(parsed.GetValue(folder)!, parsed.GetValue(inputs)!);
            var table = new OutputTable(
                "verify", "Files against the manifest", [new("file", ValueKind.Text), new("role", ValueKind.Text), new("state", ValueKind.Text)],
                checks.Select(check => (Value[])[Value.Of(check.Name), Value.Of(check.Role), Value.Of(CheckOutput.NameOf(check.State).Replace('_', ' '))]));
            TableView.Show([new ShownTable(table)], chosen);
            var session = new Session(parsed.GetValue(quiet), cancellation);
            if (checks[^1].State == FileState.NotSealed)
                session.Remark($"{Manifest.FileName} is of an earlier version, which had no seal: whether its counts or options were changed by hand cannot be told. Files are checked all the same.");
            if (checks[^1].State == FileState.Changed)
                session.Remark($"{Manifest.FileName} is not as it was written: its counts, its options and what it tells of files cannot be relied on.");
            return checks.All(check => check.State is FileState.Unchanged or FileState.NotHashed or FileState.NotSealed) ? ExitCode.Ok : ExitCode.DataErrors;
        }));
        return command;
    }

    private static IReadOnlyList<FileCheck> Check(string release, string inputs)
    {
        try
        {
            return ManifestCheck.Run(release, inputs);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            throw new UsageException($"{release} cannot be verified: {e.Message}");
        }
    }
}
