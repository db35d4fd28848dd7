using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>What is known of one measure at one workplace.</summary>
/// <param name="Workplace">The workplace.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Turnover">Leavers over all years.</param>
/// <param name="Shrunk">Rate shrunk towards the mean of all; null where there is no mean.</param>
/// <param name="Funnel">Limits within which 99.8 % of workplaces of this size lie by chance.</param>
/// <param name="Change">Share after less share before; null where there is none.</param>
/// <param name="ChangeError">Its error.</param>
/// <param name="ChangeP">Its probability.</param>
/// <param name="ChangeQ">Its q-value among all workplaces.</param>
/// <param name="AgainstNation">Difference from all others, next to age, sex and years.</param>
/// <param name="AgainstNationQ">Its q-value among all workplaces.</param>
/// <param name="Note">Why there is no change; null where there is.</param>
public sealed record WorkplaceLine(
    string Workplace, Measure Measure, Proportion Turnover, double? Shrunk, (double Low, double High)? Funnel, double? Change, double? ChangeError, double? ChangeP, double? ChangeQ,
    double? AgainstNation, double? AgainstNationQ, string? Note);

/// <summary>Every workplace with enough person-years, by measure.</summary>
public static class WorkplaceTable
{
    private const double FunnelDeviations = 3.09;

    /// <summary>The lines of all workplaces with at least so many person-years.</summary>
    /// <param name="frame">Cells by workplace and year.</param>
    /// <param name="measures">The measures.</param>
    /// <param name="start">First year after.</param>
    /// <param name="least">Person-years that a workplace must have in all.</param>
    public static IReadOnlyList<WorkplaceLine> Of(CellFrame frame, IReadOnlyList<Measure> measures, int start, int least)
    {
        if (frame.Count == 0)
            return [];
        WorkplaceCounts counts = WorkplaceCounts.Of(frame, measures, start);
        int[] shown = [.. Enumerable.Range(0, counts.Workplaces.Count).Where(workplace => counts.Turnover(workplace, 0).Of >= least)];
        IReadOnlyList<WorkplaceEffects> changes = WorkplaceBatch.BeforeAfter(counts);
        IReadOnlyList<WorkplaceEffects> national = AgainstNation.Fit(frame, measures);
        var lines = new List<WorkplaceLine>();
        for (int i = 0; i < measures.Count; i++)
        {
            Shrinkage? shrinkage = Shrinkage.Of([.. Enumerable.Range(0, counts.Workplaces.Count).Select(workplace => counts.Turnover(workplace, i))]);
            double?[] p = [.. shown.Select(changes[i].P)];
            double?[] changeQ = Multiplicity.QValues(p), nationalQ = Multiplicity.QValues([.. shown.Select(national[i].P)]);
            for (int at = 0; at < shown.Length; at++)
            {
                int workplace = shown[at];
                Proportion turnover = counts.Turnover(workplace, i);
                lines.Add(new WorkplaceLine(
                    counts.Workplaces[workplace], measures[i], turnover, shrinkage?.Shrink(turnover).Rate, shrinkage?.Funnel(turnover.Of, FunnelDeviations), Finite(changes[i].Value[workplace]),
                    Finite(changes[i].Error[workplace]), p[at], changeQ[at], Finite(national[i].Value[workplace]), nationalQ[at], changes[i].NoteOf(workplace, counts.RowsOf(workplace))));
            }
        }
        return lines;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
