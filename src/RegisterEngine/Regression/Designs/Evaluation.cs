using RegisterEngine.Cells;
using RegisterEngine.Panel;

namespace RegisterEngine.Regression.Designs;

/// <summary>
/// Evaluates a programme at some workplaces: all measures, populations, specifications and definitions of the period after in one call. What a run must count for it is told by
/// <see cref="Plans"/>; what it made of these plans is all that <see cref="Run"/> needs.
/// </summary>
public static class Evaluation
{
    /// <summary>The name of the new hires among values of their dimension.</summary>
    internal const string NewHires = "yes";

    private const string Prefix = "evaluation: ";

    /// <summary>Years before the start that count where the options name no years.</summary>
    internal const int YearsBefore = 2;

    // Years after the start that are counted where the options name no years.
    private const int LongestAfter = 30;

    /// <summary>The tables of moments that an evaluation needs.</summary>
    public static IReadOnlyList<MomentPlan> Plans(EvaluationOptions options, Treatments treatments) =>
    [
        .. Populations(options, treatments).Select(population => new MomentPlan
        {
            Name = Prefix + population.Name,
            By = [Dimension.Workplace, Dimension.Municipality, Dimension.Year, Dimension.NewHire],
            // Effects by cohort next to age and sex ask for them.
            KeepRows = true,
            Sample = population.Sample,
        }),
        .. options.Comparisons.Select(comparison => new MomentPlan
        {
            Name = Prefix + comparison.Name,
            By = [Dimension.Workplace, Dimension.Municipality, Dimension.Year],
            Sample = new Sample
            {
                MinimumSize = options.MinimumSize,
                NewHire = options.NewHiresOnly ? NewHire.Yes : null,
                PositionCodes = comparison.PositionCodes,
                ServiceAreas = comparison.ServiceAreas ?? options.ServiceAreas,
                Municipalities = [.. comparison.Treated, .. comparison.Controls],
                Workplaces = comparison.Workplaces,
                Years = [.. comparison.Before.Concat(comparison.After.SelectMany(years => years)).Distinct().Order()],
            },
        }),
    ];

    /// <summary>What a definition of the period after is called.</summary>
    internal static string PeriodOf(IReadOnlyList<int> after) => after.Count == 1 ? $"{after[0]}" : $"{after.Min()}-{after.Max()}";

    /// <summary>The populations of an evaluation, new hires and others.</summary>
    public static IReadOnlyList<NamedSample> Populations(EvaluationOptions options, Treatments treatments) =>
    [
        .. options.Populations.Select(population => new NamedSample(population.Name, new Sample
        {
            MinimumSize = options.MinimumSize,
            PositionCodes = population.PositionCodes,
            ServiceAreas = options.ServiceAreas,
            Years = options.Years ?? [.. Enumerable.Range(treatments.StartYear - YearsBefore, YearsBefore + LongestAfter)],
        })),
    ];

    /// <summary>Evaluates a programme.</summary>
    /// <param name="tables">The tables of moments of a run, among them those of <see cref="Plans"/>.</param>
    /// <param name="treatments">The programme.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops between models, and between draws.</param>
    /// <exception cref="RegressionException">A table is not there, or the programme has workplaces or years that the extracts do not have.</exception>
    public static EvaluationResult Run(IReadOnlyList<MomentTable> tables, Treatments treatments, EvaluationOptions options, CancellationToken cancellation = default)
    {
        var parts = new PopulationPart[options.Populations.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = PopulationPart.Of(options.Populations[i].Name, Table(options.Populations[i].Name), treatments, options, cancellation);
        var compared = new ComparisonPart[options.Comparisons.Count];
        for (int i = 0; i < compared.Length; i++)
            compared[i] = ComparisonPart.Of(options.Comparisons[i], Table(options.Comparisons[i].Name), options, cancellation);
        return new EvaluationResult
        {
            Treatments = treatments,
            Options = options,
            Means = [.. parts.SelectMany(part => part.Means)],
            Changes = [.. parts.SelectMany(part => part.Changes)],
            Models = [.. parts.SelectMany(part => part.Models)],
            Characteristics = [.. parts.SelectMany(part => part.Characteristics)],
            Trends = [.. parts.SelectMany(part => part.Trends)],
            Dynamics = [.. parts.SelectMany(part => part.Dynamics)],
            Robustness = [.. parts.SelectMany(part => part.Robustness)],
            Workplaces = parts.Length == 0 ? [] : parts[0].Workplaces,
            ComparedMeans = [.. compared.SelectMany(part => part.Means)],
            ComparedModels = [.. compared.SelectMany(part => part.Models)],
        };

        MomentTable Table(string name) => tables.FirstOrDefault(table => table.Plan.Name == Prefix + name)
            ?? throw new RegressionException($"The run has no moments for '{name}': add the plans of the evaluation to the plan of the run.");
    }
}
