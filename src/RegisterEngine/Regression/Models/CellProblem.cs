using System.Runtime.CompilerServices;
using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Regression.Models;

/// <summary>Turns a model of cells into least squares over cells, with what varies within them.</summary>
internal static class CellProblem
{
    private const int Block = 16384;

    /// <summary>The problem of a model.</summary>
    /// <exception cref="RegressionException">No person-year is complete.</exception>
    public static Problem Of(CellModel model)
    {
        CellFrame frame = model.Frame;
        int[] places = Complete(model, out long missing);
        int count = places.Length;
        MomentBasis basis = frame.Basis;
        int n = basis.Known(0, 0), a = basis.Known(1, 0), w = basis.Known(0, 1), aa = basis.Known(2, 0), aw = basis.Known(1, 1);
        double[] weight = Numbers(), age = Numbers(), woman = Numbers(), ageAge = Numbers(), ageWoman = Numbers(), womanWoman = Numbers();
        int outcomes = model.Measures.Count;
        double[][] means = Arrays(), squares = Arrays(), ageOutcome = Arrays(), womanOutcome = Arrays();
        int[][] parts = [.. model.Measures.Select(measure => measure.Counted().Select(transition => basis.Of(transition, 0, 0)).ToArray())];
        int byAge = basis.Of(Transition.LeaveRegister, 1, 0) - basis.Of(Transition.LeaveRegister, 0, 0);
        int byWoman = basis.Of(Transition.LeaveRegister, 0, 1) - basis.Of(Transition.LeaveRegister, 0, 0);
        Workers.ForParts(count, Block, Describe);
        double[]?[] factors = [.. model.Regressors.Select(regressor => regressor.Factor is { } factor ? CellChoice.Among(factor, places) : null)];
        bool varies = model.Needed != KnownControls.None;
        return new Problem
        {
            Regressors = [.. model.Regressors.Select((regressor, i) => new Variable(regressor.Name, Mean(regressor.Base, factors[i])))],
            Outcomes = [.. model.Measures.Select((measure, i) => new Variable(NameOf(measure), means[i]))],
            Intercept = model.Effects.Count == 0,
            Weight = weight,
            WeightKind = WeightKind.Repetition,
            Effects = [.. model.Effects.Select(effect => effect with { Codes = CellChoice.Among(effect.Codes, places) })],
            Clusters = [.. model.Clusters.Select(cluster => cluster with { Codes = CellChoice.Among(cluster.Codes, places) })],
            OutcomeSquares = squares,
            Missing = missing,
            Within = !varies ? null : new WithinCells
            {
                Bases = [.. model.Regressors.Select(regressor => regressor.Base)],
                Factors = [.. model.Regressors.Select((regressor, i) => regressor.Base == CellBase.None ? null : factors[i])],
                AgeAge = ageAge,
                AgeWoman = ageWoman,
                WomanWoman = womanWoman,
                AgeOutcome = ageOutcome,
                WomanOutcome = womanOutcome,
                Fourths = basis.Degree == MomentBasis.HighestDegree ? new CellFourths(frame, model.Measures, places) : null,
            },
        };

        void Describe(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<long> line = frame.Line(places[i]);
                long rows = line[n], ages = line[a], women = line[w];
                weight[i] = rows;
                age[i] = (double)ages / rows;
                woman[i] = (double)women / rows;
                ageAge[i] = Around(rows, ages, ages, line[aa]);
                ageWoman[i] = Around(rows, ages, women, line[aw]);
                womanWoman[i] = Around(rows, women, women, women);
                for (int outcome = 0; outcome < parts.Length; outcome++)
                {
                    long counted = 0, countedAges = 0, countedWomen = 0;
                    foreach (int part in parts[outcome])
                    {
                        counted += line[part];
                        countedAges += line[part + byAge];
                        countedWomen += line[part + byWoman];
                    }
                    means[outcome][i] = (double)counted / rows;
                    squares[outcome][i] = Around(rows, counted, counted, counted);
                    ageOutcome[outcome][i] = Around(rows, ages, counted, countedAges);
                    womanOutcome[outcome][i] = Around(rows, women, counted, countedWomen);
                }
            }
        }

        double[] Numbers() => HugePages.Allocate<double>(count);

        double[][] Arrays() => [.. Enumerable.Range(0, outcomes).Select(_ => Numbers())];

        double[] Mean(CellBase of, double[]? factor) => of switch
        {
            CellBase.None => factor!,
            CellBase.Age => Times(age, factor),
            _ => Times(woman, factor),
        };
    }

    /// <summary>The cells of a model whose controls are known.</summary>
    public static int[] Complete(CellModel model, out long missing)
    {
        CellFrame frame = model.Frame;
        KnownControls needed = model.Needed;
        Grouping[] groupings = [.. model.Effects, .. model.Clusters];
        int[] places = CellChoice.Where(frame.Count, IsComplete);
        missing = 0;
        for (int cell = 0; cell < frame.Count && places.Length < frame.Count; cell++)
            missing += IsComplete(cell) ? 0 : frame.RowsOf(cell);
        return places.Length > 0 ? places : throw new RegressionException(
            missing == 0 ? "There is no person-year with a known transition in this sample." : $"None of the {missing} person-years of this sample has every variable of the model.");

        bool IsComplete(int cell)
        {
            bool isComplete = (frame.Known[cell] & needed) == needed;
            foreach (Grouping grouping in groupings)
                isComplete &= grouping.Codes[cell] >= 0;
            return isComplete;
        }
    }

    /// <summary>The name of a measure as an outcome.</summary>
    public static string NameOf(Measure measure) =>
        string.Concat(measure.ToString().Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    /// <summary>A sum of products around means, from sums: one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Around(long count, long a, long b, long product) => ((count | product | a | b) >> 31) == 0
        ? (double)((count * product) - (a * b)) / count
        : (double)(((Int128)count * product) - ((Int128)a * b)) / count;

    private static double[] Times(double[] values, double[]? factor) => factor is null ? values : [.. values.Select((value, i) => value * factor[i])];
}
