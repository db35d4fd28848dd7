using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Tests.Synthetic;

/// <summary>Runs the engine on written extracts, and reads its tables.</summary>
internal static class EngineRun
{
    /// <summary>All extracts of a folder.</summary>
    public static RunResult Of(string folder, params CellPlan[] tables) => Pipeline.Run(new RunPlan
    {
        Inputs = ExtractInputs.Find([Path.Combine(folder, "pai_*")]),
        Tables = tables,
        Ages = new AgeGroups(PublishedTargets.AgeStarts),
        Threads = 2,
    });

    /// <summary>By year, one cell a year.</summary>
    public static CellPlan ByYear { get; } = new() { Name = "year", By = [Dimension.Year] };

    /// <summary>By year and another dimension.</summary>
    public static CellPlan By(Dimension dimension, Sample? sample = null) => new() { Name = $"{dimension}", By = [Dimension.Year, dimension], Sample = sample ?? new() };

    /// <summary>The counts of a table by the labels of its dimensions, joined by a blank.</summary>
    public static Dictionary<string, Counted> Counts(CellTable table)
    {
        var counts = new Dictionary<string, Counted>(StringComparer.Ordinal);
        for (int cell = 0; cell < table.Count; cell++)
            counts[string.Join(' ', Enumerable.Range(0, table.Dimensions.Count).Select(i => table.Label(cell, i)))] = new Counted(table.Counts(cell));
        return counts;
    }
}

/// <summary>Person-years by what became of them.</summary>
internal sealed record Counted(int Unknown, int Stays, int MovesWithin, int MovesBetween, int SectorExits)
{
    public Counted(CellCounts counts)
        : this(
            counts[Transition.Unknown], counts[Transition.Stay], counts[Transition.MoveWithinMunicipality],
            counts[Transition.MoveBetweenMunicipalities], counts[Transition.LeaveUniverse] + counts[Transition.LeaveRegister])
    {
    }

    public static Counted None { get; } = new(0, 0, 0, 0, 0);

    public int Persons => Unknown + Stays + MovesWithin + MovesBetween + SectorExits;

    public int Moves => MovesWithin + MovesBetween;

    /// <summary>What the truth says: all unknown where it does not know.</summary>
    public static Counted Of(GroupTruth truth) =>
        truth.SectorExits is { } exits ? new(0, truth.Stays!.Value, truth.MovesWithin!.Value, truth.MovesBetween!.Value, exits) : new(truth.Persons, 0, 0, 0, 0);
}
