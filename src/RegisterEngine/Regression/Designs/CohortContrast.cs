namespace RegisterEngine.Regression.Designs;

/// <summary>The effect on a cohort in a year, and by how much each person-year moves it.</summary>
/// <param name="Cohort">The year in which its workplaces begin.</param>
/// <param name="Year">The year.</param>
/// <param name="Before">The year that it is compared with.</param>
/// <param name="Value">The effect; null where there is none.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Lack">Why there is none; null where there is.</param>
internal sealed record CohortContrast(int Cohort, int Year, int Before, double? Value, double? Error, string? Lack)
{
    /// <summary>
    /// By cohort and year, and there by kind of person-year and outcome (at 2 * kind + outcome): the influence of one person-year, over the number of those that the effect is
    /// estimated from. Groups that it is not estimated from are not there.
    /// </summary>
    public IReadOnlyDictionary<(int Cohort, int Year), double[]> Influence { get; init; } = new Dictionary<(int, int), double[]>();
}
