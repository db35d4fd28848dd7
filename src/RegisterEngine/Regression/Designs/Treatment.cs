namespace RegisterEngine.Regression.Designs;

/// <summary>A workplace of a programme.</summary>
/// <param name="Workplace">Its id, as in the extracts.</param>
/// <param name="StartYear">First year of the programme: its new hires of this year are treated.</param>
/// <param name="Label">Its name in tables.</param>
/// <param name="Centrality">Class of centrality of its municipality, 1 (most central) to 6; null where not given.</param>
/// <param name="Type">What kind of workplace it is; null where not given.</param>
public sealed record Treatment(string Workplace, int StartYear, string Label, int? Centrality, string? Type);

/// <summary>The workplaces of a programme: each once.</summary>
public sealed class Treatments
{
    /// <summary>A programme.</summary>
    /// <exception cref="RegressionException">There is no workplace, or one is there twice.</exception>
    public Treatments(IReadOnlyList<Treatment> all)
    {
        if (all.Count == 0)
            throw new RegressionException("The treatment table has no workplace.");
        if (all.GroupBy(treatment => treatment.Workplace, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new RegressionException($"The treatment table has workplace '{twice.Key}' {twice.Count()} times; it can begin the programme only once.");
        All = all;
        StartYear = all.GroupBy(treatment => treatment.StartYear).OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key;
    }

    /// <summary>The workplaces, in the order of the table.</summary>
    public IReadOnlyList<Treatment> All { get; }

    /// <summary>The year in which most of them begin (the earliest of such): the programme's own, which divides years into before and after for those who are not treated.</summary>
    public int StartYear { get; }
}
