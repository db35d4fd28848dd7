using System.Text.Json.Serialization;

namespace RegisterEngine.Cells;

/// <summary>A turnover table to make.</summary>
public sealed record TurnoverPlan
{
    /// <summary>The cells that it is made of.</summary>
    public required CellPlan Cells { get; init; }

    /// <summary>The cells to count: an average of stocks needs those of the year after the last too.</summary>
    [JsonIgnore]
    public CellPlan Counted => Denominator == Denominator.AverageStock ? Cells with { HasYearAfter = true } : Cells;

    /// <summary>The measures that it shows.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = RegisterEngine.Cells.Measures.All;

    /// <summary>What leavers are divided by.</summary>
    public Denominator Denominator { get; init; }

    /// <summary>How the years of a transition are written.</summary>
    public YearLabel Label { get; init; }
}
