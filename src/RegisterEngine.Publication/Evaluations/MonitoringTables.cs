using RegisterEngine.Cells;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Publication.Evaluations;

/// <summary>The monitoring of a programme of mentors as tables. Where a number is missing, a note in its row says why.</summary>
public static class MonitoringTables
{
    private const string All = "all";

    /// <summary>Mentors, trained mentors, new hires, those with a mentor, and of these the ones who left, by municipality and year.</summary>
    /// <param name="table">The counts.</param>
    /// <param name="measures">What counts as leaving.</param>
    public static OutputTable Monitoring(MonitoringTable table, IReadOnlyList<Measure> measures) => new(
        "monitoring", "Mentors, new hires, those of them with a mentor, and of these the ones who left by the next year (all: the municipalities above together)",
        [
            new("population", ValueKind.Text), new("municipality", ValueKind.Text), new("year", ValueKind.Text), new("mentors", ValueKind.Count), new("trained_mentors", ValueKind.Count),
            new("new_hires", ValueKind.Count), new("with_mentor", ValueKind.Count), new("share_with_mentor", ValueKind.Share), new("known_transitions", ValueKind.Count),
            .. measures.SelectMany(measure => (OutputColumn[])[new($"{ColumnOf(measure)}_left", ValueKind.Count), new(ColumnOf(measure), ValueKind.Share)]),
            new("note", ValueKind.Text),
        ],
        table.Lines.Select(line => Row(line, measures)));

    /// <summary>What became of those whom the mentor table lists.</summary>
    /// <param name="table">The counts.</param>
    public static OutputTable Listed(MonitoringTable table) => new(
        "monitoring_listed", "Those whom the mentor table lists, each once a year (trained mentors are among mentors)",
        [
            new("population", ValueKind.Text), new("role", ValueKind.Text), new("listed", ValueKind.Count), new("other_years", ValueKind.Count), new("not_in_panel", ValueKind.Count),
            new("no_new_hires", ValueKind.Count), new("counted", ValueKind.Count), new("note", ValueKind.Text),
        ],
        table.Listed.Select(line => (Value[])
        [
            Value.Of(line.Population), Value.Of(line.Role), Value.Of(line.Listed), Value.Of(line.OtherYears), Value.Of(line.NotFound),
            line.NotNewHires is { } others ? Value.Of(others) : Value.Missing, Value.Of(line.Counted), Value.Of(line.NotNewHires is null ? "mentors need not be new hires" : null),
        ]));

    /// <summary>What the user should know of those who are listed and not counted.</summary>
    /// <param name="table">The counts.</param>
    public static IEnumerable<string> Remarks(MonitoringTable table) =>
        from line in table.Listed
        where line.Counted < line.Listed
        let why = (string[])
        [
            .. line.OtherYears > 0 ? [$"{line.OtherYears} in other years than those evaluated"] : (string[])[],
            .. line.NotFound > 0 ? [$"{line.NotFound} not in the panel in that year"] : (string[])[],
            .. line.NotNewHires > 0 ? [$"{line.NotNewHires} not known as new hires of the population"] : (string[])[],
        ]
        select $"{line.Population}: {line.Counted} of {line.Listed} listed as {line.Role} are counted; {string.Join(", ", why)}.";

    private static Value[] Row(MonitoringLine line, IReadOnlyList<Measure> measures)
    {
        // Zero would say that there are none.
        bool isKnown = line.NewHires > 0 || line.PerhapsNewHires == 0;
        return
        [
            Value.Of(line.Population), Value.Of(line.Municipality is { } municipality ? municipality.Length > 0 ? municipality : "unknown" : All), Value.Of(line.Year is { } year ? $"{year}" : All),
            Value.Of(line.Mentors), Value.Of(line.TrainedMentors), isKnown ? Value.Of(line.NewHires) : Value.Missing, isKnown ? Value.Of(line.WithMentor.Count) : Value.Missing,
            Value.Share(line.WithMentor), isKnown ? Value.Of(line.KnownTransitions) : Value.Missing,
            .. measures.SelectMany(measure => (Value[])[isKnown && HasLeavers(line) ? Value.Of(line.Left(measure).Count) : Value.Missing, Value.Share(line.Left(measure))]),
            Value.Of(string.Join("; ", Notes(line))),
        ];
    }

    // Of nobody, nobody has left; of those whose transitions are all unknown, nobody knows.
    private static bool HasLeavers(MonitoringLine line) => line.WithMentor.Count == 0 || line.KnownTransitions > 0;

    private static IEnumerable<string> Notes(MonitoringLine line)
    {
        if (line.PerhapsNewHires > 0)
            yield return $"of {line.PerhapsNewHires} nobody knows whether they are new hires";
        if (line.NewHires == 0 && line.PerhapsNewHires == 0)
            yield return "no new hires";
        else if (line.NewHires > 0 && line.WithMentor.Count == 0)
            yield return "no new hire has a mentor";
        else if (line.NewHires > 0 && line.KnownTransitions == 0)
            yield return "no transition is known";
    }

    private static string ColumnOf(Measure measure) => TurnoverOutput.NameOf(measure).Replace(' ', '_');
}
