using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Designs;

/// <summary>The effect on a cohort in a year.</summary>
/// <param name="Cohort">The year in which its workplaces begin.</param>
/// <param name="Year">The year.</param>
/// <param name="Value">The effect; null where a group is empty.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Note">Why something is missing; null where nothing is.</param>
public sealed record GroupTimeEffect(int Cohort, int Year, double? Value, double? Error, string? Note)
{
    /// <summary>In how many treated workplaces it is identified; null where there is no effect.</summary>
    public int? TreatedClusters { get; init; }
}

/// <summary>Group-time effects of one measure, and what they come to together.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Effects">By cohort and year.</param>
/// <param name="BySinceStart">By years since the start.</param>
/// <param name="ByCohort">By cohort, from its start on; the name is the year of the start.</param>
/// <param name="ByYear">By year, of cohorts that have begun; the name is the year.</param>
/// <param name="Overall">All from the start on.</param>
public sealed record GroupTimeEffects(
    Measure Measure, IReadOnlyList<GroupTimeEffect> Effects, IReadOnlyList<PooledEffect> BySinceStart, IReadOnlyList<PooledEffect> ByCohort, IReadOnlyList<PooledEffect> ByYear,
    PooledEffect Overall);

/// <summary>Effects by cohort and year against those who are never treated, from shares of repeated cross-sections.</summary>
/// <remarks>
/// B. Callaway and P. H. C. Sant'Anna, Journal of Econometrics 225 (2021); the base is the year before the start, or the year before for years before the start, as in R's did. A person-year's
/// influence depends on its cohort, year and outcome only, and next to controls on its age and sex too, so errors follow exactly from counts.
/// </remarks>
public static class CallawaySantAnna
{
    internal const int Never = 0;

    /// <summary>Estimates it for each measure, without covariates.</summary>
    public static IReadOnlyList<GroupTimeEffects> Estimate(EvaluationSample sample, IReadOnlyList<Measure> measures)
    {
        int[] cohortOf = new int[sample.Frame.Count];
        for (int cell = 0; cell < cohortOf.Length; cell++)
            cohortOf[cell] = sample.Treated[cell] >= 0 ? sample.StartOf(cell) : Never;
        int[] years = [.. sample.Years.Distinct().Order()], cohorts = [.. cohortOf.Distinct().Where(cohort => cohort != Never).Order()];
        var seen = new TreatedSeen(sample);
        return [.. measures.Select(measure => Of(measure, Counts(measure)))];

        // Person-years that stay, and those that the measure counts.
        Dictionary<(int Cohort, int Year), double[]> Counts(Measure measure)
        {
            var counts = new Dictionary<(int, int), double[]>();
            for (int cell = 0; cell < cohortOf.Length; cell++)
            {
                if (!counts.TryGetValue((cohortOf[cell], sample.Years[cell]), out double[]? own))
                    counts[(cohortOf[cell], sample.Years[cell])] = own = new double[2];
                long counted = sample.Frame.Counted(cell, measure);
                own[0] += sample.Frame.RowsOf(cell) - counted;
                own[1] += counted;
            }
            return counts;
        }

        GroupTimeEffects Of(Measure measure, Dictionary<(int Cohort, int Year), double[]> counts) =>
            new CohortPools(counts, seen).Of(measure, [.. Contrasts(cohorts, years).Select(at => OfShares(counts, at.Cohort, at.Year, at.Before))]);
    }

    /// <summary>Estimates it for each measure next to age and sex: doubly robust. Person-years whose age or sex is unknown do not count.</summary>
    /// <exception cref="RegressionException">The table does not keep its distinct person-years.</exception>
    public static IReadOnlyList<GroupTimeEffects> EstimateWithControls(EvaluationSample sample, IReadOnlyList<Measure> measures)
    {
        var persons = PersonKinds.Of(sample, measures);
        int[] years = [.. sample.Years.Distinct().Order()], cohorts = [.. persons.Cohorts.Where(cohort => cohort != Never)];
        var seen = new TreatedSeen(sample, KnownControls.Both);
        return [.. measures.Select((measure, i) => new CohortPools(persons.Counts(i), seen).Of(measure, [.. Contrasts(cohorts, years).Select(at => OfPersons(persons, i, at.Cohort, at.Year, at.Before))]))];
    }

    private static IEnumerable<(int Cohort, int Year, int Before)> Contrasts(int[] cohorts, int[] years) =>
        from cohort in cohorts
        from place in Enumerable.Range(1, Math.Max(years.Length - 1, 0))
        select (cohort, years[place], years[place] >= cohort ? cohort - 1 : years[place - 1]);

    // A difference of differences of shares.
    private static CohortContrast OfShares(Dictionary<(int Cohort, int Year), double[]> counts, int cohort, int year, int before)
    {
        double value = 0, squares = 0;
        var influence = new Dictionary<(int, int), double[]>();
        foreach ((int of, int at, double sign) in (ReadOnlySpan<(int, int, double)>)[(cohort, year, 1), (cohort, before, -1), (Never, year, -1), (Never, before, 1)])
        {
            if (!counts.TryGetValue((of, at), out double[]? own) || own[0] + own[1] == 0)
                return new CohortContrast(cohort, year, before, null, null, $"no person-years {(of == Never ? "of controls" : $"of those who begin in {of}")} in {at}");
            double rows = own[0] + own[1], share = own[1] / rows;
            value += sign * share;
            squares += share * (1 - share) / rows;
            influence[(of, at)] = [sign * -share / rows, sign * (1 - share) / rows];
        }
        return new CohortContrast(cohort, year, before, value, Math.Sqrt(squares), null) { Influence = influence };
    }

    private static CohortContrast OfPersons(PersonKinds persons, int measure, int cohort, int year, int before)
    {
        // In the order of the groups of the estimator.
        (int, int)[] groups = [(Never, before), (Never, year), (cohort, before), (cohort, year)];
        DoublyRobust.Effect effect = DoublyRobust.Estimate(
        [
            .. persons.Kinds(Never, before, measure, false, false), .. persons.Kinds(Never, year, measure, false, true),
            .. persons.Kinds(cohort, before, measure, true, false), .. persons.Kinds(cohort, year, measure, true, true),
        ]);
        return new CohortContrast(cohort, year, before, effect.Value, effect.Error, effect.Lack)
        {
            Influence = effect.Influence.Select((own, i) => (groups[i], own)).ToDictionary(pair => pair.Item1, pair => pair.own),
        };
    }
}
