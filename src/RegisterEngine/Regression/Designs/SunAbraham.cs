using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>An effect that is a weighted sum of others.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Value">The effect; null where a part of it is not identified.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Note">Why something is missing; null where nothing is.</param>
public sealed record PooledEffect(string Name, double? Value, double? Error, string? Note)
{
    /// <summary>In how many treated workplaces it is identified; null where there is no effect.</summary>
    public int? TreatedClusters { get; init; }
}

/// <summary>The interaction-weighted effects of L. Sun and S. Abraham, Journal of Econometrics 225 (2021).</summary>
/// <param name="Fit">The model, with a term for each cohort and year since its start.</param>
/// <param name="BySinceStart">By years since the start, cohorts weighted by their person-years.</param>
/// <param name="Overall">All from the start on, weighted by person-years.</param>
public sealed record SunAbrahamFit(OlsFit Fit, IReadOnlyList<PooledEffect> BySinceStart, PooledEffect Overall);

/// <summary>Effects by cohort (workplaces that begin in one year) and years since the start, which effects of years do not mix up when starts differ.</summary>
public static class SunAbraham
{
    /// <summary>The name of a term.</summary>
    public static string TermOf(int sinceStart, int cohort) => $"{EventStudy.TermOf(sinceStart)} of {cohort}";

    /// <summary>Fits it for each measure.</summary>
    public static IReadOnlyList<SunAbrahamFit> Fit(EvaluationSample sample, IReadOnlyList<Measure> measures, OlsOptions options)
    {
        CellFrame frame = sample.Frame;
        List<(int Since, int Cohort, long Rows)> groups =
        [
            .. Enumerable.Range(0, frame.Count).Where(cell => sample.Treated[cell] >= 0)
                .GroupBy(cell => (Since: sample.Years[cell] - sample.StartOf(cell), Cohort: sample.StartOf(cell)))
                .Where(group => group.Key.Since != EventStudy.Reference)
                .OrderBy(group => group.Key.Since).ThenBy(group => group.Key.Cohort)
                .Select(group => (group.Key.Since, group.Key.Cohort, group.Sum(frame.RowsOf))),
        ];
        Grouping workplaces = sample.Workplaces;
        var model = new CellModel
        {
            Frame = frame,
            Regressors =
            [
                .. groups.Select(group => CellRegressor.Of(TermOf(group.Since, group.Cohort),
                    [.. sample.Years.Select((year, cell) => sample.Treated[cell] >= 0 && sample.StartOf(cell) == group.Cohort && year - group.Cohort == group.Since ? 1.0 : 0.0)])),
                CellRegressor.Age(), CellRegressor.Woman(),
            ],
            Measures = measures,
            Effects = [workplaces, frame.Grouping(Dimension.Year, "year")],
            Clusters = [workplaces],
        };
        var seen = new TreatedSeen(sample);
        return [.. model.Fit(options).Select(fit => new SunAbrahamFit(
            fit,
            [.. groups.GroupBy(group => group.Since).Select(same => Told(fit, EventStudy.TermOf(same.Key), same))],
            Told(fit, "after the start", groups.Where(group => group.Since >= 0))))];

        PooledEffect Told(OlsFit fit, string name, IEnumerable<(int Since, int Cohort, long Rows)> of)
        {
            PooledEffect effect = Pool(fit, name, of);
            return effect.Value is null ? effect : effect with { TreatedClusters = seen.Together(of.Select(group => (group.Cohort, group.Cohort + group.Since, group.Cohort + EventStudy.Reference))) };
        }
    }

    private static PooledEffect Pool(OlsFit fit, string name, IEnumerable<(int Since, int Cohort, long Rows)> groups)
    {
        List<(string Term, double Weight)> parts = [.. groups.Select(group => (TermOf(group.Since, group.Cohort), (double)group.Rows))];
        double all = parts.Sum(part => part.Weight);
        if (parts.Find(part => fit[part.Term].Value is null).Term is { } lacking)
            return new PooledEffect(name, null, null, $"{lacking} is {fit[lacking].Note}");
        if (parts.Count == 0)
            return new PooledEffect(name, null, null, "no treated person-years");
        List<string> valued = [.. fit.Coefficients.Where(coefficient => coefficient.Value is not null).Select(coefficient => coefficient.Term)];
        double value = 0, variance = 0;
        foreach ((string term, double weight) in parts)
        {
            value += weight / all * fit[term].Value!.Value;
            foreach ((string other, double second) in parts)
                variance += fit.Covariance.Length > 0 ? weight * second / all / all * fit.Covariance[valued.IndexOf(term), valued.IndexOf(other)] : 0;
        }
        return variance > 0 ? new PooledEffect(name, value, Math.Sqrt(variance), null) : new PooledEffect(name, value, null, "no error: the variance is not positive");
    }
}
