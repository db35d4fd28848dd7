using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Workplaces;

namespace RegisterEngine.Regression.Designs;

/// <summary>The evaluation of one population.</summary>
internal sealed record PopulationPart(
    IReadOnlyList<MeansLine> Means, IReadOnlyList<WorkplaceChange> Changes, IReadOnlyList<ModelLine> Models, IReadOnlyList<CharacteristicLine> Characteristics,
    IReadOnlyList<TrendLine> Trends, IReadOnlyList<DynamicLine> Dynamics, IReadOnlyList<RobustnessLine> Robustness,
    IReadOnlyList<WorkplaceLine> Workplaces)
{
    public const string TreatedGroup = "treated";
    public const string NationalGroup = "national";
    public const string ControlGroup = "controls";

    private static readonly Specification[] Specifications = Enum.GetValues<Specification>();

    public static PopulationPart Of(string name, MomentTable table, Treatments treatments, EvaluationOptions options, CancellationToken cancellation = default)
    {
        EvaluationSample all = EvaluationSample.Of(table, treatments, options.Years, options.NewHiresOnly ? Evaluation.NewHires : null);
        EvaluationSample treated = all.TreatedOnly(), both = all.WithControls();
        var task = Task.Run(() => (EquationLines.All(name, treated, both, options, cancellation), FitDynamics(name, both, options, cancellation)), cancellation);
        IReadOnlyList<RobustnessLine> robustness = TestRobustness(name, treated, both, options, cancellation);
        (IReadOnlyList<ModelLine> models, IReadOnlyList<DynamicLine> dynamics) = task.GetAwaiter().GetResult();
        return new PopulationPart(
            [.. MeansOf(name, TreatedGroup, treated, options.Measures), .. MeansOf(name, NationalGroup, all, options.Measures)], ChangesOf(name, treated, options.Measures),
            models, DescriptiveLines.Characteristics(name, table, treatments, options), DescriptiveLines.Trends(name, both, options.Measures), dynamics, robustness,
            WorkplaceTable.Of(all.Frame, options.Measures, treatments.StartYear, options.WorkplaceMinimum));
    }

    public static IEnumerable<MeansLine> MeansOf(string population, string group, EvaluationSample sample, IReadOnlyList<Measure> measures) => measures.Select(measure =>
        Line(population, group, measure, sample.Count(measure, cell => !sample.Post[cell]), sample.Count(measure, cell => sample.Post[cell])));

    public static MeansLine Line(string population, string group, Measure measure, Proportion before, Proportion after) => new(
        population, group, measure, before, after, TwoSample.Pooled(Group.Of(before), Group.Of(after)), TwoSample.Welch(Group.Of(before), Group.Of(after)),
        FisherExact.TwoSided(before, after));

    private static IReadOnlyList<WorkplaceChange> ChangesOf(string population, EvaluationSample treated, IReadOnlyList<Measure> measures)
    {
        return
        [
            .. from workplace in treated.Treatments.All.Index()
               from measure in measures
               let before = treated.Count(measure, cell => treated.Treated[cell] == workplace.Index && !treated.Post[cell])
               let after = treated.Count(measure, cell => treated.Treated[cell] == workplace.Index && treated.Post[cell])
               select new WorkplaceChange(population, workplace.Item, measure, before, after, FisherExact.TwoSided(before, after)),
        ];
    }

    private static IReadOnlyList<DynamicLine> FitDynamics(string population, EvaluationSample both, EvaluationOptions options, CancellationToken cancellation)
    {
        if (EquationLines.LackOf(both, Equation.DifferenceInDifferences) is { } lack)
            return [.. options.Measures.Select(measure => new DynamicLine(population, measure, null, null, null, null, lack))];
        var clustered = new OlsOptions { Errors = ErrorKind.CR1 };
        try
        {
            IReadOnlyList<EventStudyFit> events = EventStudy.Fit(both, options.Measures, clustered);
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<SunAbrahamFit> weighted = SunAbraham.Fit(both, options.Measures, clustered);
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<GroupTimeEffects> effects = CallawaySantAnna.Estimate(both, options.Measures);
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<GroupTimeEffects> withControls = CallawaySantAnna.EstimateWithControls(both, options.Measures);
            return [.. options.Measures.Select((measure, i) => new DynamicLine(population, measure, events[i], effects[i], withControls[i], weighted[i], null))];
        }
        catch (RegressionException e)
        {
            return [.. options.Measures.Select(measure => new DynamicLine(population, measure, null, null, null, null, e.Message))];
        }
    }

    private static List<RobustnessLine> TestRobustness(string population, EvaluationSample treated, EvaluationSample both, EvaluationOptions options, CancellationToken cancellation)
    {
        var lines = new List<RobustnessLine>();
        foreach (Equation equation in Enum.GetValues<Equation>())
            foreach (Specification specification in Specifications)
            {
                EvaluationSample sample = equation == Equation.BeforeAfter ? treated : both;
                if (EquationLines.LackOf(sample, equation) is { } lack)
                    lines.AddRange(options.Measures.Select(measure => new RobustnessLine(population, equation, specification, measure, null, null, null, null, null, lack)));
                else
                    lines.AddRange(RobustnessLines.Of(population, equation, sample, specification, options, cancellation));
            }
        return lines;
    }
}
