using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Designs;

/// <summary>What effects by cohort and year come to together: by years since the start, by cohort, by year, and over all.</summary>
/// <remarks>
/// B. Callaway and P. H. C. Sant'Anna, Journal of Econometrics 225 (2021), section 3: cohorts are weighted by their person-years, as aggte of R's did does (types dynamic, group, calendar and simple), and
/// errors are by influence functions, those of the weights too.
/// </remarks>
/// <param name="counts">By cohort and year, person-years by kind and outcome (at 2 * kind + outcome).</param>
/// <param name="seen">The treated workplaces behind them.</param>
internal sealed class CohortPools(IReadOnlyDictionary<(int Cohort, int Year), double[]> counts, TreatedSeen seen)
{
    private readonly double _all = counts.Values.Sum(own => own.Sum());

    /// <summary>All effects of a measure.</summary>
    public GroupTimeEffects Of(Measure measure, IReadOnlyList<CohortContrast> contrasts)
    {
        List<CohortContrast> whole = [.. contrasts.Where(contrast => contrast.Value is not null)];
        List<CohortContrast> after = whole.FindAll(contrast => contrast.Year >= contrast.Cohort);
        return new GroupTimeEffects(
            measure,
            [
                .. contrasts.Select(contrast => new GroupTimeEffect(contrast.Cohort, contrast.Year, contrast.Value, contrast.Error, contrast.Lack)
                {
                    TreatedClusters = contrast.Value is null ? null : seen.In(contrast.Cohort, contrast.Year, contrast.Before),
                }),
            ],
            Pools(whole, contrast => contrast.Year - contrast.Cohort, EventStudy.TermOf),
            Pools(after, contrast => contrast.Cohort, cohort => $"{cohort}"),
            Pools(after, contrast => contrast.Year, year => $"{year}"),
            Pool("after the start", after));
    }

    private List<PooledEffect> Pools(List<CohortContrast> parts, Func<CohortContrast, int> key, Func<int, string> name) =>
        [.. parts.GroupBy(key).OrderBy(same => same.Key).Select(same => Pool(name(same.Key), [.. same]))];

    private PooledEffect Pool(string name, List<CohortContrast> parts)
    {
        if (parts.Count == 0)
            return new PooledEffect(name, null, null, "no cohort is seen before and after");
        double[] share = [.. parts.Select(part => counts.Where(pair => pair.Key.Cohort == part.Cohort).Sum(pair => pair.Value.Sum()) / _all)];
        double total = share.Sum();
        double value = parts.Zip(share, (part, weight) => weight / total * part.Value!.Value).Sum();
        double squares = 0;
        foreach (((int cohort, int year) group, double[] rows) in counts)
        {
            double common = 0, ofWeights = 0;
            for (int k = 0; k < parts.Count; k++)
                common += (parts[k].Cohort == group.cohort ? 1 : 0) - share[k];
            for (int k = 0; k < parts.Count; k++)
                ofWeights += ((((parts[k].Cohort == group.cohort ? 1 : 0) - share[k]) / total) - (common * share[k] / total / total)) * parts[k].Value!.Value;
            double[] influence = new double[rows.Length];
            for (int k = 0; k < parts.Count; k++)
                if (parts[k].Influence.TryGetValue(group, out double[]? own))
                    for (int i = 0; i < influence.Length; i++)
                        influence[i] += share[k] / total * own[i] * _all;
            for (int i = 0; i < influence.Length; i++)
                squares += rows[i] * (influence[i] + ofWeights) * (influence[i] + ofWeights);
        }
        return new PooledEffect(name, value, Math.Sqrt(squares) / _all, null)
        {
            TreatedClusters = seen.Together(parts.Select(part => (part.Cohort, part.Year, part.Before))),
        };
    }
}
