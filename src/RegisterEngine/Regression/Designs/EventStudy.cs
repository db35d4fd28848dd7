using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>Effects by years since the start, and whether those before it are zero together.</summary>
/// <param name="Fit">The model; its terms are named by <see cref="EventStudy.TermOf"/>.</param>
/// <param name="PreTrend">Test of all terms before the year that the others are compared with.</param>
public sealed record EventStudyFit(OlsFit Fit, Wald PreTrend);

/// <summary>The effect by years since the start: treated workplaces against controls, next to effects of workplaces and years, compared with the year before the start.</summary>
public static class EventStudy
{
    /// <summary>The year that the others are compared with.</summary>
    public const int Reference = -1;

    /// <summary>The name of a term.</summary>
    public static string TermOf(int sinceStart) => $"start{(sinceStart < 0 ? "" : "+")}{sinceStart}";

    /// <summary>Fits it for each measure.</summary>
    public static IReadOnlyList<EventStudyFit> Fit(EvaluationSample sample, IReadOnlyList<Measure> measures, OlsOptions options, bool withControls = true)
    {
        CellFrame frame = sample.Frame;
        int[] since = [.. sample.Years.Select((year, cell) => year - sample.StartOf(cell))];
        int[] times = [.. Enumerable.Range(0, frame.Count).Where(cell => sample.Treated[cell] >= 0).Select(cell => since[cell]).Distinct().Where(time => time != Reference).Order()];
        Grouping workplaces = sample.Workplaces;
        var model = new CellModel
        {
            Frame = frame,
            Regressors =
            [
                .. times.Select(time => CellRegressor.Of(TermOf(time), [.. since.Select((at, cell) => at == time && sample.Treated[cell] >= 0 ? 1.0 : 0.0)])),
                .. withControls ? [CellRegressor.Age(), CellRegressor.Woman()] : (CellRegressor[])[],
            ],
            Measures = measures,
            Effects = [workplaces, frame.Grouping(Dimension.Year, "year")],
            Clusters = [workplaces],
        };
        string[] before = [.. times.Where(time => time < Reference).Select(TermOf)];
        var treated = times.ToDictionary(TermOf, time => (int?)TreatedAt(sample, since, time));
        return
        [
            .. model.Fit(options)
                .Select(fit => fit with { Coefficients = [.. fit.Coefficients.Select(of => of with { TreatedClusters = of.Value is null ? null : treated.GetValueOrDefault(of.Term) })] })
                .Select(fit => new EventStudyFit(fit, Wald.Of(fit, before))),
        ];
    }

    // Treated workplaces that are seen then and at another time, or, where they are fewer, in the year of comparison and at another time.
    private static int TreatedAt(EvaluationSample sample, int[] since, int time)
    {
        Dictionary<int, HashSet<int>> times = [];
        foreach (int cell in sample.TreatedCells)
        {
            if (!times.TryGetValue(sample.Treated[cell], out HashSet<int>? seen))
                times[sample.Treated[cell]] = seen = [];
            seen.Add(since[cell]);
        }
        return Math.Min(Seen(time), Seen(Reference));

        int Seen(int at) => times.Values.Count(seen => seen.Count > 1 && seen.Contains(at));
    }
}
