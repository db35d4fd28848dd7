using RegisterEngine.Cells;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Publication.Evaluations;

/// <summary>What an evaluation finds of an effect that was planted in a synthetic register.</summary>
public static class PlantedTable
{
    /// <summary>Differences in differences of the first population next to the truth, and whether their intervals cover it.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="truth">The programme.</param>
    public static OutputTable Of(EvaluationResult result, TreatmentTruth truth) => new(
        "planted", "Difference in differences of the programme, next to the effect that was planted",
        [
            new("specification", ValueKind.Text), new("measure", ValueKind.Text), new("effect", ValueKind.Number), new("error", ValueKind.Number), new("low_95", ValueKind.Number),
            new("high_95", ValueKind.Number), new("true_effect", ValueKind.Number), new("covers_truth", ValueKind.Text), new("note", ValueKind.Text),
        ],
        Lines(result).Select(line => Row(line.Specification, line.Measure, line.Effect, TrueEffect(line.Measure, truth), line.Note)));

    /// <summary>The remark that belongs to the table.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="truth">The programme.</param>
    public static string Remark(EvaluationResult result, TreatmentTruth truth)
    {
        List<ModelLine> lines = [.. Lines(result).Where(line => line.Effect?.Low is not null)];
        int covering = lines.Count(line => Covers(line.Effect!, TrueEffect(line.Measure, truth)));
        MeansLine? treated = result.Means.FirstOrDefault(line => line.Population == result.Options.Populations[0].Name);
        return $"The programme was planted in the register: {covering} of {lines.Count} intervals of 95 % cover its true effect. " +
            $"They are wide: {treated?.Before.Of ?? 0} treated new hires before and {treated?.After.Of ?? 0} after the start, at {result.Treatments.All.Count} workplaces, are few.";
    }

    /// <summary>The change of a measure that was applied to treated new hires, on average over all years of the programme.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="truth">The programme.</param>
    /// <returns>Null where nobody was treated, or the programme says nothing of the measure.</returns>
    public static double? TrueEffect(Measure measure, TreatmentTruth truth)
    {
        double all = truth.Applied.Sum(year => (double)year.NewHires);
        double exit = truth.Applied.Sum(year => year.NewHires * year.ExitEffect) / all, move = truth.Applied.Sum(year => year.NewHires * year.MoveEffect) / all;
        return all == 0 ? null : measure switch
        {
            Measure.SectorExit => -exit,
            Measure.WorkplaceMove => -move,
            Measure.Total or Measure.WorkplaceExit => -(exit + move),
            _ => null,
        };
    }

    private static IEnumerable<ModelLine> Lines(EvaluationResult result) =>
        result.Models.Where(line => line.Equation == Equation.DifferenceInDifferences && line.Population == result.Options.Populations[0].Name);

    private static bool Covers(Coefficient effect, double? truth) => effect.Low <= truth && truth <= effect.High;

    private static Value[] Row(Specification specification, Measure measure, Coefficient? effect, double? truth, string? note) =>
    [
        Value.Of(EvaluationOutput.NameOf(specification)), Value.Of(TurnoverOutput.NameOf(measure)), Value.Of(effect?.Value), Value.Of(effect?.Error), Value.Of(effect?.Low),
        Value.Of(effect?.High), Value.Of(truth), Value.Of(effect?.Low is null || truth is null ? "" : Covers(effect, truth) ? "yes" : "no"), Value.Of(note ?? effect?.Note),
    ];
}
