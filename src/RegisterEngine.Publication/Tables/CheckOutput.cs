using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

namespace RegisterEngine.Publication.Tables;

/// <summary>Turns what was found about the extracts into tables that go out: nothing in them can be traced to a person.</summary>
public static class CheckOutput
{
    /// <summary>A row for each input: what became of its rows.</summary>
    public static OutputTable Files(RunResult result)
    {
        // Reasons, repairs and findings that occurred nowhere have no column.
        List<RejectReason> reasons = [.. Enum.GetValues<RejectReason>().Where(reason => result.Sources.Any(source => source.Counts[reason] > 0))];
        List<Repair> repairs = [.. Enum.GetValues<Repair>().Where(repair => result.Sources.Any(source => source.Counts[repair] > 0))];
        List<(string Name, Func<SourceCounts, long> Count)> otherYears = result.Plan.Sources.Years is null ? [] : [("other_years", counts => counts.OtherYears), ("skipped", counts => counts.Skipped)];
        bool isAnyNotRead = result.Sources.Any(source => source.IsNotRead);
        return new OutputTable(
            "files", "What became of the rows of each file",
            [
                new("file", ValueKind.Text), new("layout", ValueKind.Text), .. isAnyNotRead ? [new OutputColumn("not_read", ValueKind.Text)] : (OutputColumn[])[], new("rows", ValueKind.Count), .. otherYears.Select(column => new OutputColumn(column.Name, ValueKind.Count)),
                new("accepted", ValueKind.Count), new("rejected", ValueKind.Count), .. reasons.Select(reason => new OutputColumn($"rejected_{NameOf(reason)}", ValueKind.Count)),
                .. repairs.Select(repair => new OutputColumn($"repaired_{NameOf(repair)}", ValueKind.Count)),
                new("duplicates", ValueKind.Count), new("invalid_organisation_numbers", ValueKind.Count), new("unknown_position_codes", ValueKind.Count),
                new("lacking", ValueKind.Text),
            ],
            result.Sources.Select(source => (Value[])
            [
                Value.Of(source.Input.Name), Value.Of(source.Layout), .. isAnyNotRead ? [Value.Of(source.IsNotRead ? $"its name says {source.YearFromName}" : "")] : (Value[])[], Value.Of(source.Counts.Read), .. otherYears.Select(column => Value.Of(column.Count(source.Counts))),
                Value.Of(source.Counts.Accepted), Value.Of(source.Counts.Rejected), .. reasons.Select(reason => Value.Of(source.Counts[reason])),
                .. repairs.Select(repair => Value.Of(source.Counts[repair])),
                Value.Of(Places(result).Sum(year => (long)result.Counts.DuplicatesInInput(source.Origin, year))),
                Value.Of(source.Counts[Finding.InvalidOrganisationNumber]),
                source.KnowsCodes ? Value.Of(source.Counts[Finding.UnknownCode]) : Value.Of("no list given"),
                Value.Of(string.Join(' ', source.Lacking.Select(RegisterColumns.NameOf))),
            ]));
    }

    /// <summary>A row for each input and year: rows, employments, persons.</summary>
    public static OutputTable Years(RunResult result) => new(
        "years", "Employments and persons by file and year",
        [
            new("file", ValueKind.Text), new("year", ValueKind.Text), new("rows", ValueKind.Count), new("duplicates", ValueKind.Count),
            new("employments", ValueKind.Count), new("persons", ValueKind.Count),
        ],
        from source in result.Sources
        from year in Places(result)
        let rows = result.Counts.RowsInInput(source.Origin, year)
        where rows > 0
        let duplicates = result.Counts.DuplicatesInInput(source.Origin, year)
        select (Value[])
        [
            Value.Of(source.Input.Name), Value.Of($"{result.Coverage.Years[year]}"), Value.Of((long)rows), Value.Of((long)duplicates),
            Value.Of((long)(rows - duplicates)), Value.Of((long)result.Counts.PersonsInInput(source.Origin, year)),
        ]);

    /// <summary>A row for each municipality and year: what was delivered, and the change against the year before. A municipality of other years than those wanted has none.</summary>
    public static OutputTable Coverage(RunResult result)
    {
        CodeBook book = result.Panel.Codes.Books[RegisterColumn.Municipality];
        int[] municipalityOfUnit = result.Panel.Codes.Books.CodesOf(RegisterColumn.Municipality);
        int[][] rows = [.. result.Coverage.Years.Select(year => result.Deliveries.RowsOf(year - PanelRow.FirstYear, municipalityOfUnit, book.Count))];
        return new OutputTable(
            "coverage", "Deliveries by municipality and year",
            [
                new("municipality", ValueKind.Text), new("year", ValueKind.Text), new("delivered", ValueKind.Text), new("rows", ValueKind.Count),
                new("persons", ValueKind.Count), new("change", ValueKind.Share),
            ],
            from municipality in book.Order()
            where result.Plan.Sources.Years is null || rows.Any(year => year[municipality] > 0)
            from year in Places(result)
            let isGap = result.Coverage.IsMunicipalityGap(municipality, year)
            let now = rows[year][municipality]
            let before = year > 0 ? rows[year - 1][municipality] : 0
            select (Value[])
            [
                Value.Of(book.Text(municipality)), Value.Of($"{result.Coverage.Years[year]}"), Value.Of(isGap ? "gap" : now > 0 ? "yes" : "no"),
                Value.Of((long)now), Value.Of((long)result.Counts.PersonsInMunicipality(municipality, year)),
                Value.Share(before > 0 ? (double)(now - before) / before : null),
            ]);
    }

    /// <summary>The name of a reason, repair or finding in output.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    private static IEnumerable<int> Places(RunResult result) => Enumerable.Range(0, result.Coverage.YearCount);
}
