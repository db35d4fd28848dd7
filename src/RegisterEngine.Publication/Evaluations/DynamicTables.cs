using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Publication.Evaluations;

/// <summary>Effects by years since the start as tables.</summary>
internal static class DynamicTables
{
    private const string GroupTime = "Callaway-Sant'Anna";
    private const string GroupTimeWithControls = "Callaway-Sant'Anna next to age and sex";
    private const string All = "all";

    /// <summary>Event-study coefficients, and the test of those before the start.</summary>
    public static OutputTable EventStudy(EvaluationResult result) => new(
        "event_study", "Effects by years since the start, against the year before it (errors clustered by workplace)",
        [
            new("population", ValueKind.Text), new("measure", ValueKind.Text), new("term", ValueKind.Text), new("coefficient", ValueKind.Number), new("error", ValueKind.Number),
            new("df", ValueKind.Number), new("p", ValueKind.Number), new("low", ValueKind.Number), new("high", ValueKind.Number), new("stars", ValueKind.Text),
            new("treated_clusters", ValueKind.Count), new("note", ValueKind.Text),
        ],
        result.Dynamics.SelectMany(EventStudyRows));

    /// <summary>Group-time effects, without covariates and next to age and sex, and interaction-weighted effects.</summary>
    public static OutputTable Staggered(EvaluationResult result) => new(
        "staggered", "Effects by cohort where starts differ: Callaway and Sant'Anna, Sun and Abraham",
        [
            new("population", ValueKind.Text), new("measure", ValueKind.Text), new("estimator", ValueKind.Text), new("cohort", ValueKind.Text), new("period", ValueKind.Text),
            new("effect", ValueKind.Number), new("error", ValueKind.Number), new("treated_clusters", ValueKind.Count), new("note", ValueKind.Text),
        ],
        result.Dynamics.SelectMany(StaggeredRows));

    private static IEnumerable<Value[]> EventStudyRows(DynamicLine line)
    {
        Value[] head = [Value.Of(line.Population), Value.Of(TurnoverOutput.NameOf(line.Measure))];
        if (line.EventStudy is not { } study)
        {
            yield return [.. head, .. Enumerable.Repeat(Value.Missing, 9), Value.Of(line.Note)];
            yield break;
        }
        foreach (Coefficient coefficient in study.Fit.Coefficients)
            yield return
            [
                .. head, Value.Of(coefficient.Term), Value.Of(coefficient.Value), Value.Of(coefficient.Error), Value.Of(coefficient.Degrees), Value.Of(coefficient.P), Value.Of(coefficient.Low),
                Value.Of(coefficient.High), Value.Of(coefficient.Stars), ModelTables.CountOf(coefficient.TreatedClusters), Value.Of(coefficient.Note),
            ];
        yield return
        [
            .. head, Value.Of("all before the start are zero"), Value.Missing, Value.Missing, Value.Of(study.PreTrend.F is null ? null : study.PreTrend.Denominator), Value.Of(study.PreTrend.P),
            Value.Missing, Value.Missing, Value.Of(Coefficient.StarsOf(study.PreTrend.P)), Value.Missing,
            Value.Of(study.PreTrend.Note ?? FormattableString.Invariant($"F({study.PreTrend.Numerator}, {study.PreTrend.Denominator:0}) = {Rounding.Number(study.PreTrend.F!.Value, 3)}")),
        ];
    }

    private static IEnumerable<Value[]> StaggeredRows(DynamicLine line)
    {
        Value[] head = [Value.Of(line.Population), Value.Of(TurnoverOutput.NameOf(line.Measure))];
        if (line.GroupTime is not { } groups || line.InteractionWeighted is not { } weighted)
        {
            yield return [.. head, .. Enumerable.Repeat(Value.Missing, 6), Value.Of(line.Note)];
            yield break;
        }
        foreach ((string estimator, GroupTimeEffects? of) in ((string, GroupTimeEffects?)[])[(GroupTime, groups), (GroupTimeWithControls, line.GroupTimeWithControls)])
        {
            if (of is null)
                continue;
            foreach (GroupTimeEffect effect in of.Effects)
                yield return Row(estimator, $"{effect.Cohort}", $"{effect.Year}", effect.Value, effect.Error, effect.TreatedClusters, effect.Note);
            foreach (PooledEffect effect in of.BySinceStart)
                yield return Row(estimator, All, effect.Name, effect.Value, effect.Error, effect.TreatedClusters, effect.Note);
            foreach (PooledEffect effect in of.ByCohort)
                yield return Row(estimator, effect.Name, of.Overall.Name, effect.Value, effect.Error, effect.TreatedClusters, effect.Note);
            foreach (PooledEffect effect in of.ByYear.Append(of.Overall))
                yield return Row(estimator, All, effect.Name, effect.Value, effect.Error, effect.TreatedClusters, effect.Note);
        }
        foreach (PooledEffect effect in weighted.BySinceStart.Append(weighted.Overall))
            yield return Row("Sun-Abraham", All, effect.Name, effect.Value, effect.Error, effect.TreatedClusters, effect.Note);

        Value[] Row(string estimator, string cohort, string period, double? value, double? error, int? clusters, string? note) =>
            [.. head, Value.Of(estimator), Value.Of(cohort), Value.Of(period), Value.Of(value), Value.Of(error), ModelTables.CountOf(clusters), Value.Of(note)];
    }
}
