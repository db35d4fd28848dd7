using System.CommandLine;
using RegisterEngine.Cli.Configuration;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Cli.Commands;

/// <summary><c>synth</c>: a synthetic national register, with its truth.</summary>
internal static class SynthCommand
{
    /// <summary>Examples for the help.</summary>
    public const string Examples = """
          registerengine synth --years 2015-2024 --persons 480000 --seed 1 --out register
          registerengine synth --persons 20000 --traps all --out dirty
          registerengine synth --persons 20000 --traps encodings,gaps,mergers --layout fixed-width --out dirty
        """;

    public static Command Create()
    {
        var register = new SynthOptions();
        Option<string[]> traps = CommonOptions.ListOf("--traps", $"What is wrong with the files: {string.Join(", ", Words.Traps.Keys)}");
        var layout = new Option<string>("--layout") { HelpName = "LAYOUT", Description = $"How records are written: {string.Join(", ", Words.ExtractFormats.Keys)}", DefaultValueFactory = _ => "delimited" };
        var noTreatment = new Option<bool>("--no-treatment") { Description = "No programme for new hires at any workplace" };
        var output = new Option<string>("--out", "-o") { HelpName = "FOLDER", Description = "Folder to write", DefaultValueFactory = _ => "register" };
        var force = new Option<bool>("--force") { Description = "Replace the folder if it exists" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No remarks" };
        var command = new Command("synth",
            $"A synthetic national register: one extract a year, calibrated to the published figures, with the truth ({RegisterTruth.FileName}) and the workplaces of a " +
            $"programme with a known effect ({SyntheticRegister.TreatmentsFileName}), with mentors and mentees ({SyntheticRegister.MentorsFileName}), beside it. Nobody in it exists.");
        register.AddTo(command);
        foreach (Option option in (Option[])[traps, layout, noTreatment, output, force, quiet])
            command.Add(option);
        command.SetAction((parsed, cancellation) => Guard.Run(() =>
        {
            SyntheticOptions options = register.Of(parsed);
            options = options with
            {
                Traps = (CommonOptions.Given(parsed, traps) ?? []).Aggregate(Traps.None, (all, word) => all | Words.Find(Words.Traps, word, "--traps")),
                Treatment = parsed.GetValue(noTreatment) ? null : options.Treatment,
            };
            ExtractFormat format = Words.Find(Words.ExtractFormats, parsed.GetValue(layout)!, "--layout");
            Make(options, format, parsed.GetValue(output)!, parsed.GetValue(force), new Session(parsed.GetValue(quiet), cancellation));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Makes a register in a folder, which appears whole or not at all.</summary>
    private static RegisterTruth Make(SyntheticOptions options, ExtractFormat format, string path, bool force, Session session)
    {
        using var folder = new ReleaseFolder(path, force, RegisterTruth.FileName);
        RegisterTruth truth = Make(options, format, folder, session);
        folder.Commit();
        session.Remark($"The register is in {path}: {truth.Extracts.Sum(extract => (long)extract.Rows):N0} rows in {truth.Extracts.Count} files, {RegisterTruth.FileName}, {SyntheticRegister.TreatmentsFileName} and {SyntheticRegister.MentorsFileName}.");
        return truth;
    }

    /// <summary>Makes a register in a folder, which has not yet its place.</summary>
    internal static RegisterTruth Make(SyntheticOptions options, ExtractFormat format, ReleaseFolder folder, Session session)
    {
        session.Remark($"Making a synthetic register: {options.Persons:N0} persons, {options.Years}.");
        var register = SyntheticRegister.Simulate(options, session.Cancellation);
        return register.Write(folder.Beside, format, session.Cancellation);
    }
}
