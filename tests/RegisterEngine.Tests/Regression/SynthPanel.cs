using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Tests.Regression;

/// <summary>The person-years of <c>synth.csv</c> as cells: what the engine sees of them.</summary>
public static class SynthPanel
{
    public static MomentPlan Plan { get; } = new() { Name = "all", By = [Dimension.Workplace, Dimension.Municipality, Dimension.Year], KeepRows = true };

    private static readonly Lazy<MemoryPanel> LazyPanel = new(() => new MemoryPanel(Years(Synth.All)));
    private static readonly Lazy<MomentTable> LazyTable = new(() => Table(Plan));
    private static readonly Lazy<MomentTable> LazyNurses = new(() => Table(Plan with { Sample = new Sample { PositionCodes = ["sykepleier"] } }));
    private static readonly Lazy<Treatments> LazyTreatments = new(MakeTreatments);

    public static IReadOnlyList<Measure> Measures { get; } = [Measure.Total, Measure.WorkplaceMove, Measure.SectorExit];

    public static Treatments Treatments => LazyTreatments.Value;

    public static EvaluationSample All => EvaluationSample.Of(LazyTable.Value, Treatments, null, null);

    public static EvaluationSample Nurses => EvaluationSample.Of(LazyNurses.Value, Treatments, null, null);

    public static MomentTable Table(MomentPlan plan) => LazyPanel.Value.Moments(plan);

    public static EvaluationSample Sample(string name) => name switch
    {
        "treated" => All.TreatedOnly(),
        "did" => All.WithControls(),
        "treated_nurse" => Nurses.TreatedOnly(),
        "did_nurse" => Nurses.WithControls(),
        _ => throw new ArgumentException(name),
    };

    /// <summary>The measure of an outcome of the file.</summary>
    public static Measure MeasureOf(string outcome) => Measures[Synth.Outcomes.ToList().IndexOf(outcome)];

    private static IEnumerable<TestYear> Years(Synth synth)
    {
        string[] workplace = synth.Texts("workplace"), municipality = synth.Texts("municipality"), year = synth.Texts("year"), occupation = synth.Texts("occupation");
        double[] age = synth.Numbers("age"), female = synth.Numbers("female"), move = synth.Numbers("turnover_workplace"), exit = synth.Numbers("turnover_municipality");
        for (int i = 0; i < synth.Count; i++)
        {
            Transition transition = exit[i] == 1 ? Transition.LeaveRegister : move[i] == 1 ? Transition.MoveWithinMunicipality : Transition.Stay;
            yield return new TestYear((int)Reference.Parse(year[i]), workplace[i], transition)
            {
                Municipality = municipality[i],
                Position = occupation[i],
                Age = (int)age[i],
                Sex = female[i] == 1 ? Sex.Female : Sex.Male,
            };
        }
    }

    private static Treatments MakeTreatments()
    {
        string[] workplace = Synth.All.Texts("workplace"), start = Synth.All.Texts("first_treat");
        return new Treatments([.. workplace.Zip(start).Where(pair => pair.Second != "0").Distinct().OrderBy(pair => pair.First, StringComparer.Ordinal)
            .Select(pair => new Treatment(pair.First, (int)Reference.Parse(pair.Second), pair.First, null, null))]);
    }
}
