using System.CommandLine;
using System.Globalization;
using RegisterEngine.Columns;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Cli.Commands;

/// <summary>Options that say which synthetic register is made.</summary>
internal sealed class SynthOptions
{
    private static readonly SyntheticOptions Usual = new();

    private readonly Option<string> _years = new("--years") { HelpName = "FROM-TO", Description = "Years of the counts", DefaultValueFactory = _ => $"{Usual.Years}" };
    private readonly Option<int> _persons = new("--persons") { HelpName = "N", Description = "Employees in each year, about", DefaultValueFactory = _ => Usual.Persons };
    private readonly Option<ulong> _seed = new("--seed") { HelpName = "N", Description = "Another seed makes another register with the same figures", DefaultValueFactory = _ => Usual.Seed };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_years, _persons, _seed])
            command.Add(option);
    }

    /// <summary>What was said.</summary>
    /// <exception cref="UsageException">Such a register cannot be made.</exception>
    public SyntheticOptions Of(ParseResult parsed)
    {
        SyntheticOptions options = Usual with { Years = Years(parsed.GetValue(_years)!), Persons = parsed.GetValue(_persons), Seed = parsed.GetValue(_seed) };
        return options.Persons is >= SyntheticOptions.FewestPersons and <= SyntheticOptions.MostPersons
            ? options
            : throw new UsageException($"--persons: {options.Persons} is not from {SyntheticOptions.FewestPersons} to {SyntheticOptions.MostPersons}.");
    }

    private static YearSpan Years(string text)
    {
        string[] ends = text.Split('-');
        YearSpan possible = SyntheticOptions.PossibleYears;
        return ends.Length is 1 or 2 && Year(ends[0]) is { } from && Year(ends[^1]) is { } to && from <= to && possible.Contains(from) && possible.Contains(to)
            ? new YearSpan(from, to)
            : throw new UsageException($"--years: '{text}' is not a year or a span such as {Usual.Years}, from {possible.From} to {possible.To}.");
    }

    private static int? Year(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? year : null;
}
