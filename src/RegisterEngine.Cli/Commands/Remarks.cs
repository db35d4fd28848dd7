using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Commands;

/// <summary>What the user should know although a run went well.</summary>
internal static class Remarks
{
    /// <summary>All remarks about a run.</summary>
    public static IEnumerable<string> Of(RunResult result) => [.. OfSources(result), .. OfOptions(result), .. OfPanel(result)];

    private static IEnumerable<string> OfSources(RunResult result)
    {
        long rejected = result.Sources.Sum(source => source.Counts.Rejected);
        if (rejected > 0)
            yield return $"{rejected} rows were rejected{(result.Plan.Quarantine is { } path ? $"; they are in {path}" : "")}.";
        if (result.Plan.Sources.Years is { } years)
            yield return $"{result.Sources.Sum(source => source.Counts.OtherYears)} rows are of other years than {years}, and left out: the first year of the data has no new hires, the last no transitions.";
        if (result.Sources.Count(source => source.IsNotRead) is > 0 and var notRead)
            yield return $"{notRead} of {result.Sources.Count} files are of other years than {result.Plan.Sources.Years} by their names, and were not read; their rows are not counted.";
        if (result.Counts.DuplicateRows > 0)
            yield return $"{result.Counts.DuplicateRows} rows were equal to another in every column, and counted once.";
        foreach (SourceReport source in result.Sources)
        {
            if (source.YearFromName is { } year)
                yield return $"{source.Input.Name}: the year {year} is taken from the name of the file{(source.IsNotRead ? ", which was not read" : "")}.{AnotherYear(source)}";
            if (source.Lacking.Count > 0 && !source.IsNotRead)
                yield return $"{source.Input.Name}: has no {string.Join(", ", source.Lacking.Select(RegisterColumns.NameOf))}.";
            if (source.Counts.Encodings == (FoundEncodings.Utf8 | FoundEncodings.Windows1252))
                yield return $"{source.Input.Name}: holds texts in UTF-8 and texts in Windows-1252; each was read as what it is.";
        }
    }

    private static string AnotherYear(SourceReport source) => source.PatternOfLastYear is not { } pattern ? ""
        : $" Other years stand there too. If one of these is that of the data, rename the file, or say where it stands: \"yearInFileName\": \"{pattern.Replace(@"\", @"\\", StringComparison.Ordinal)}\" beside \"format\" in the layout"
            + (LayoutLibrary.BuiltInText(source.Layout) is null ? $" {source.Layout}." : $" (registerengine schema show {source.Layout} > my-layout.json, then --schema my-layout.json).");

    // A code that occurs nowhere is mostly one that was mistyped.
    private static IEnumerable<string> OfOptions(RunResult result)
    {
        Universe universe = result.Plan.Panel.Universe;
        IEnumerable<Sample> samples = result.Plan.Tables.Select(table => table.Sample);
        foreach ((RegisterColumn column, IEnumerable<string> named) in ((RegisterColumn, IEnumerable<string>)[])[
            (RegisterColumn.PositionCode, [.. universe.PositionCodes ?? [], .. samples.SelectMany(sample => sample.PositionCodes ?? [])]),
            (RegisterColumn.ServiceArea, [.. universe.ServiceAreas ?? [], .. samples.SelectMany(sample => sample.ServiceAreas ?? [])]),
            (RegisterColumn.Municipality, [.. universe.Municipalities ?? [], .. samples.SelectMany(sample => sample.Municipalities ?? [])]),
            (RegisterColumn.EmploymentForm, universe.EmploymentForms ?? []),
            (RegisterColumn.Workplace, samples.SelectMany(sample => sample.Workplaces ?? []))])
            if (named.Distinct().Where(code => !Occurs(result, column, code)).ToList() is { Count: > 0 } absent)
                yield return $"Asked for, but nowhere in the extracts: {RegisterColumns.NameOf(column)} {string.Join(", ", absent)}.";
        CoverageOptions coverage = result.Plan.Panel.Coverage;
        foreach (MissingDelivery missing in coverage.Missing)
            if (!result.Coverage.Years.Contains(missing.Year))
                yield return $"{missing.Unit}:{missing.Year} is said to be missing, but no extract has the year.";
            else if (!Occurs(result, RegisterColumn.Municipality, missing.Unit) && !(coverage.Level == CoverageLevel.Workplace && Occurs(result, RegisterColumn.Workplace, missing.Unit)))
                yield return $"{missing.Unit}:{missing.Year} is said to be missing, but no extract knows such a "
                    + (coverage.Level == CoverageLevel.Workplace ? "municipality or workplace." : "municipality (workplaces are looked at with coverage.level: workplace).");
    }

    private static IEnumerable<string> OfPanel(RunResult result)
    {
        if (result.Coverage.HasGaps)
            yield return "Some municipalities have gaps in delivery: person-years beside them are unknown. See them with: registerengine check";
        if (result.Counts.PersonYears == 0)
            yield return "No employment belongs to the universe: there is nothing to count.";
    }

    private static bool Occurs(RunResult result, RegisterColumn column, string code) => result.Panel.Codes.Books[column].Find(code) != CodeBook.Missing;
}
