using RegisterEngine.Cells;
using RegisterEngine.Publication.Evaluations;
using RegisterEngine.Regression.Designs;
using RegisterEngine.Sources;
using RegisterEngine.Synthetic;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Regression;

/// <summary>The whole engine, from extracts on, finds an effect that was planted in registers: not in each, but on average over seeds.</summary>
public sealed class PlantedEffectTests
{
    private const int Registers = 6;

    // So many errors of the mean between a right answer and a failure; seeds are fixed, so a failure is a change and no bad luck.
    private const double Errors = 4;

    [Fact]
    public void MeanEffectOverRegistersIsTheOneThatWasPlanted()
    {
        var options = new EvaluationOptions { Populations = [new EvaluationOptions().Populations[0]], Errors = [new()] };
        var estimates = new Dictionary<(Specification, Measure), List<(double Value, double Truth)>>();
        for (int seed = 1; seed <= Registers; seed++)
            foreach ((ModelLine line, double truth) in Evaluate((ulong)seed, options))
            {
                if (!estimates.TryGetValue((line.Specification, line.Measure), out List<(double, double)>? of))
                    estimates[(line.Specification, line.Measure)] = of = [];
                of.Add((line.Effect!.Value!.Value, truth));
            }

        Assert.Equal(6, estimates.Count);
        foreach (((Specification specification, Measure measure), List<(double Value, double Truth)> of) in estimates)
        {
            double bias = of.Average(one => one.Value - one.Truth);
            double error = Math.Sqrt(of.Sum(one => Math.Pow(one.Value - one.Truth - bias, 2)) / (Registers - 1) / Registers);
            Assert.True(Math.Abs(bias) < Errors * error, $"{specification}, {measure}: {bias} off the truth, with an error of {error}");
            if (measure != Measure.WorkplaceMove)
                Assert.True(of.Average(one => one.Value) < -Errors * error, $"{specification}, {measure}: not told from zero");
        }
    }

    private static IEnumerable<(ModelLine Line, double Truth)> Evaluate(ulong seed, EvaluationOptions options)
    {
        using var folder = new TemporaryFolder();
        var register = new SyntheticOptions { Persons = 40_000, Years = new(2019, 2024), Seed = seed, Treatment = new() { ExitEffect = 0.2, MoveEffect = 0.03 } };
        TreatmentTruth truth = SyntheticRegister.Simulate(register).Write(folder.Path).Treatment!;
        Treatments programme = TreatmentFile.Read(Path.Combine(folder.Path, SyntheticRegister.TreatmentsFileName));
        using RunResult result = Pipeline.Run(new RunPlan
        {
            Inputs = ExtractInputs.Find([Path.Combine(folder.Path, "pai_*")]),
            Moments = Evaluation.Plans(options, programme),
            Threads = 2,
        });
        EvaluationSample both = EvaluationSample.Of(result.Moments[0], programme, options.Years, "yes").WithControls();
        return
        [
            .. from specification in (Specification[])[Specification.NoControls, Specification.AgeAndSex]
               from line in EquationLines.Of("", Equation.DifferenceInDifferences, specification, null, both, options)
               select (line, PlantedTable.TrueEffect(line.Measure, truth)!.Value),
        ];
    }
}
