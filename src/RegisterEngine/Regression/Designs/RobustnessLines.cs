using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Regression.Designs;

/// <summary>Inference for few treated workplaces.</summary>
internal static class RobustnessLines
{
    /// <summary>A line for each measure.</summary>
    public static IReadOnlyList<RobustnessLine> Of(
        string population, Equation equation, EvaluationSample sample, Specification specification, EvaluationOptions options, CancellationToken cancellation)
    {
        try
        {
            ClusterFit fit = ClusterFit.Of(DesignModels.Of(sample, equation, specification, options.Measures, true));
            // Only the difference from controls can be compared with that of others.
            IReadOnlyList<PlaceboResult>? placebo = specification == Specification.AgeAndSex || equation == Equation.BeforeAfter ? null
                : Placebo.Run(sample, specification, options.Measures, options.Draws, options.Seed, cancellation);
            return [.. options.Measures.Select((measure, i) => Line(population, equation, sample, specification, measure, i, fit, placebo?[i], options, cancellation))];
        }
        catch (RegressionException e)
        {
            return [.. options.Measures.Select(measure => new RobustnessLine(population, equation, specification, measure, null, null, null, null, null, e.Message))];
        }
    }

    private static RobustnessLine Line(
        string population, Equation equation, EvaluationSample sample, Specification specification, Measure measure, int outcome, ClusterFit fit, PlaceboResult? placebo,
        EvaluationOptions options, CancellationToken cancellation)
    {
        string term = DesignTerms.EffectOf(equation);
        WildBootstrapResult bootstrap = WildBootstrap.Run(fit, outcome, term, options.BootstrapDraws, options.Seed, options.BootstrapWeights, cancellation: cancellation);
        int[] treated = [.. sample.TreatedHere];
        Dictionary<int, int> clusterOf = ClustersOf(sample, fit, equation, specification);
        List<(double Effect, string Without)> without = [];
        List<string> needed = [];
        foreach (int place in treated.Where(clusterOf.ContainsKey))
        {
            string label = sample.Treatments.All[place].Label;
            if (LeaveOneOut.Of(fit, outcome, term, [clusterOf[place]])[0].Value is { } effect)
                without.Add((effect, label));
            else
                needed.Add(label);
        }
        double? error = fit.ErrorOf(outcome, term);
        return new RobustnessLine(
            population, equation, specification, measure, bootstrap, placebo, without.Count > 0 ? without.MinBy(of => of.Effect) : null, without.Count > 0 ? without.MaxBy(of => of.Effect) : null,
            error is { } known ? Power.MinimumDetectableEffect(known, options.Power) : null,
            bootstrap.Note ?? (needed.Count > 0 ? $"not identified without {string.Join(" or without ", needed)}" : null))
        {
            PowerForExpected = error is > 0 && options.ExpectedEffect is { } expected ? Power.Of(expected, error.Value) : null,
        };
    }

    private static Dictionary<int, int> ClustersOf(EvaluationSample sample, ClusterFit fit, Equation equation, Specification specification)
    {
        int[] cells = Models.CellProblem.Complete(DesignModels.Of(sample, equation, specification, [Measure.Total], true), out _);
        var clusters = new Dictionary<int, int>();
        for (int unit = 0; unit < cells.Length; unit++)
            if (sample.Treated[cells[unit]] >= 0)
                clusters[sample.Treated[cells[unit]]] = fit.ClusterOfUnit[unit];
        return clusters;
    }
}
