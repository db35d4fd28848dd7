using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Designs;

/// <summary>The effect on a cohort in a year.</summary>
/// <param name="Cohort">The year in which its workplaces begin.</param>
/// <param name="Year">The year.</param>
/// <param name="Value">The effect; null where a group is empty.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Note">Why something is missing; null where nothing is.</param>
public sealed record GroupTimeEffect(int Cohort, int Year, double? Value, double? Error, string? Note);

/// <summary>Group-time effects of one measure, and what they come to together.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Effects">By cohort and year.</param>
/// <param name="BySinceStart">By years since the start.</param>
/// <param name="Overall">All from the start on.</param>
public sealed record GroupTimeEffects(Measure Measure, IReadOnlyList<GroupTimeEffect> Effects, IReadOnlyList<PooledEffect> BySinceStart, PooledEffect Overall);

/// <summary>Effects by cohort and year against those who are never treated, from shares of repeated cross-sections.</summary>
/// <remarks>
/// B. Callaway and P. H. C. Sant'Anna, Journal of Econometrics 225 (2021), without covariates; the base is the year before the start, or the year before for years before the start, as in
/// R's did. Cohorts are weighted by their person-years, and errors are by influence functions, those of the weights too. A person-year's influence depends on its cohort,
/// year and outcome only, so errors follow exactly from counts.
/// </remarks>
public static class CallawaySantAnna
{
    internal const int Never = 0;

    /// <summary>Estimates it for each measure.</summary>
    public static IReadOnlyList<GroupTimeEffects> Estimate(EvaluationSample sample, IReadOnlyList<Measure> measures)
    {
        int[] cohortOf = [.. sample.Treated.Select((place, cell) => place >= 0 ? sample.StartOf(cell) : Never)];
        int[] years = [.. sample.Years.Distinct().Order()];
        int[] cohorts = [.. cohortOf.Distinct().Where(cohort => cohort != Never).Order()];
        return [.. measures.Select(measure => Of(measure, Counts(measure)))];

        Dictionary<(int Cohort, int Year), Proportion> Counts(Measure measure)
        {
            var counts = new Dictionary<(int, int), Proportion>();
            for (int cell = 0; cell < sample.Frame.Count; cell++)
            {
                Proportion so = counts.GetValueOrDefault((cohortOf[cell], sample.Years[cell]));
                counts[(cohortOf[cell], sample.Years[cell])] = new Proportion(so.Count + sample.Frame.Counted(cell, measure), so.Of + sample.Frame.RowsOf(cell));
            }
            return counts;
        }

        GroupTimeEffects Of(Measure measure, Dictionary<(int Cohort, int Year), Proportion> counts)
        {
            List<Contrast> contrasts = [];
            foreach (int cohort in cohorts)
                foreach (int year in years.Skip(1))
                    contrasts.Add(new Contrast(counts, cohort, year, year >= cohort ? cohort - 1 : years[Array.IndexOf(years, year) - 1]));
            List<Contrast> whole = contrasts.FindAll(contrast => contrast.Lack is null);
            return new GroupTimeEffects(
                measure,
                [.. contrasts.Select(contrast => new GroupTimeEffect(contrast.Cohort, contrast.Year, contrast.Value, contrast.Lack is null ? contrast.Error : null, contrast.Lack))],
                [.. whole.GroupBy(contrast => contrast.Year - contrast.Cohort).OrderBy(same => same.Key).Select(same => Pool(EventStudy.TermOf(same.Key), [.. same], counts))],
                Pool("after the start", whole.FindAll(contrast => contrast.Year >= contrast.Cohort), counts));
        }
    }

    /// <summary>Estimates effects by cohort and year next to age and sex: doubly robust. Person-years whose age or sex is unknown do not count.</summary>
    /// <returns>By measure, the effects by cohort and year.</returns>
    /// <exception cref="RegressionException">The table does not keep its distinct person-years.</exception>
    public static IReadOnlyList<IReadOnlyList<GroupTimeEffect>> EstimateWithControls(EvaluationSample sample, IReadOnlyList<Measure> measures)
    {
        var persons = PersonKinds.Of(sample, measures);
        int[] years = [.. sample.Years.Distinct().Order()];
        int[] cohorts = [.. persons.Cohorts.Where(cohort => cohort != Never)];
        return [.. measures.Select((_, measure) => (IReadOnlyList<GroupTimeEffect>)[.. cohorts.SelectMany(cohort => years.Skip(1).Select(year => Of(measure, cohort, year)))])];

        GroupTimeEffect Of(int measure, int cohort, int year)
        {
            int before = year >= cohort ? cohort - 1 : years[Array.IndexOf(years, year) - 1];
            (double? value, double? error, string? lack) = DoublyRobust.Estimate(
            [
                .. persons.Kinds(cohort, before, measure, true, false), .. persons.Kinds(cohort, year, measure, true, true),
                .. persons.Kinds(Never, before, measure, false, false), .. persons.Kinds(Never, year, measure, false, true),
            ]);
            return new GroupTimeEffect(cohort, year, value, error, lack);
        }
    }

    private static PooledEffect Pool(string name, List<Contrast> parts, Dictionary<(int Cohort, int Year), Proportion> counts)
    {
        if (parts.Count == 0)
            return new PooledEffect(name, null, null, "no cohort is seen before and after");
        double all = counts.Values.Sum(count => count.Of);
        double[] share = [.. parts.Select(part => counts.Where(pair => pair.Key.Cohort == part.Cohort).Sum(pair => (double)pair.Value.Of) / all)];
        double total = share.Sum();
        double value = parts.Zip(share, (part, weight) => weight / total * part.Value!.Value).Sum();
        double squares = 0;
        foreach (((int cohort, int year), Proportion count) in counts)
            for (int outcome = 0; outcome <= 1; outcome++)
            {
                double influence = 0, common = 0;
                for (int k = 0; k < parts.Count; k++)
                    common += (parts[k].Cohort == cohort ? 1 : 0) - share[k];
                for (int k = 0; k < parts.Count; k++)
                {
                    double ofWeight = (((parts[k].Cohort == cohort ? 1 : 0) - share[k]) / total) - (common * share[k] / total / total);
                    influence += (share[k] / total * parts[k].Influence(cohort, year, outcome) * all) + (ofWeight * parts[k].Value!.Value);
                }
                squares += (outcome == 1 ? count.Count : count.Of - count.Count) * influence * influence;
            }
        return new PooledEffect(name, value, Math.Sqrt(squares) / all, null);
    }

    /// <summary>A difference of differences of shares.</summary>
    private sealed class Contrast
    {
        private readonly (int Cohort, int Year, double Sign, Proportion Count)[] _parts;

        public Contrast(Dictionary<(int Cohort, int Year), Proportion> counts, int cohort, int year, int before)
        {
            Cohort = cohort;
            Year = year;
            _parts = [Part(cohort, year, 1), Part(cohort, before, -1), Part(Never, year, -1), Part(Never, before, 1)];
            Lack = Array.Find(_parts, part => part.Count.Of == 0) is { Sign: not 0 } empty
                ? $"no person-years {(empty.Cohort == Never ? "of controls" : $"of those who begin in {cohort}")} in {empty.Year}"
                : null;

            (int, int, double, Proportion) Part(int of, int at, double sign) => (of, at, sign, counts.GetValueOrDefault((of, at)));
        }

        public int Cohort { get; }

        public int Year { get; }

        public string? Lack { get; }

        public double? Value => Lack is null ? _parts.Sum(part => part.Sign * part.Count.Rate!.Value) : null;

        public double Error => Math.Sqrt(_parts.Sum(part => part.Count.Rate!.Value * (1 - part.Count.Rate.Value) / part.Count.Of));

        /// <summary>By how much one person-year more, of this kind, moves the value.</summary>
        public double Influence(int cohort, int year, int outcome)
        {
            double influence = 0;
            foreach ((int of, int at, double sign, Proportion count) in _parts)
                if (of == cohort && at == year)
                    influence += sign * (outcome - count.Rate!.Value) / count.Of;
            return influence;
        }
    }
}
