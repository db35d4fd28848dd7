using RegisterEngine.Cells;
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
        double[] weight = new double[count], age = new double[count], woman = new double[count];
        double[] ageAge = new double[count], ageWoman = new double[count], womanWoman = new double[count];
        int outcomes = model.Measures.Count;
        double[][] means = Arrays(outcomes, count), squares = Arrays(outcomes, count), ageOutcome = Arrays(outcomes, count), womanOutcome = Arrays(outcomes, count);
        int[][][] parts = [.. model.Measures.Select(measure => PartsOf(measure, basis))];
        int blocks = (count + Block - 1) / Block;
        if (blocks > 2)
            Parallel.For(0, blocks, Describe);
        else
            for (int block = 0; block < blocks; block++)
                Describe(block);
        double[]?[] factors = [.. model.Regressors.Select(regressor => regressor.Factor is { } factor ? Among(factor, places) : null)];
        bool varies = model.Needed != KnownControls.None;
        return new Problem
        {
            Regressors = [.. model.Regressors.Select((regressor, i) => new Variable(regressor.Name, Mean(regressor.Base, factors[i])))],
            Outcomes = [.. model.Measures.Select((measure, i) => new Variable(NameOf(measure), means[i]))],
            Intercept = model.Effects.Count == 0,
            Weight = weight,
            WeightKind = WeightKind.Repetition,
            Effects = [.. model.Effects.Select(effect => effect with { Codes = Among(effect.Codes, places) })],
            Clusters = [.. model.Clusters.Select(cluster => cluster with { Codes = Among(cluster.Codes, places) })],
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

        void Describe(int block)
        {
            for (int i = block * Block; i < Math.Min(count, (block + 1) * Block); i++)
            {
                ReadOnlySpan<long> line = frame.Line(places[i]);
                weight[i] = line[n];
                age[i] = (double)line[a] / line[n];
                woman[i] = (double)line[w] / line[n];
                ageAge[i] = Around(line[n], line[a], line[a], line[aa]);
                ageWoman[i] = Around(line[n], line[a], line[w], line[aw]);
                womanWoman[i] = Around(line[n], line[w], line[w], line[w]);
                for (int outcome = 0; outcome < outcomes; outcome++)
                {
                    long sum = Sum(line, parts[outcome][0]);
                    means[outcome][i] = (double)sum / line[n];
                    squares[outcome][i] = Around(line[n], sum, sum, sum);
                    ageOutcome[outcome][i] = Around(line[n], line[a], sum, Sum(line, parts[outcome][1]));
                    womanOutcome[outcome][i] = Around(line[n], line[w], sum, Sum(line, parts[outcome][2]));
                }
            }
        }

        double[] Mean(CellBase of, double[]? factor) => of switch
        {
            CellBase.None => factor!,
            CellBase.Age => Times(age, factor),
            _ => Times(woman, factor),
        };
    }

    // Moments that make up an outcome, and its products with age and with being a woman.
    private static int[][] PartsOf(Measure measure, MomentBasis basis)
    {
        Transition[] counted = measure.Counted();
        return
        [
            [.. counted.Select(transition => basis.Of(transition, 0, 0))], [.. counted.Select(transition => basis.Of(transition, 1, 0))],
            [.. counted.Select(transition => basis.Of(transition, 0, 1))],
        ];
    }

    /// <summary>The cells of a model whose controls are known.</summary>
    public static int[] Complete(CellModel model, out long missing)
    {
        CellFrame frame = model.Frame;
        KnownControls needed = model.Needed;
        missing = 0;
        Grouping[] groupings = [.. model.Effects, .. model.Clusters];
        int[] places = GC.AllocateUninitializedArray<int>(frame.Count);
        int count = 0;
        for (int cell = 0; cell < places.Length; cell++)
        {
            bool isComplete = (frame.Known[cell] & needed) == needed;
            foreach (Grouping grouping in groupings)
                isComplete &= grouping.Codes[cell] >= 0;
            places[count] = cell;
            count += isComplete ? 1 : 0;
            missing += isComplete ? 0 : frame.RowsOf(cell);
        }
        return count > 0 ? places.AsSpan(0, count).ToArray() : throw new RegressionException(
            missing == 0 ? "There is no person-year with a known transition in this sample." : $"None of the {missing} person-years of this sample has every variable of the model.");
    }

    /// <summary>The name of a measure as an outcome.</summary>
    public static string NameOf(Measure measure) =>
        string.Concat(measure.ToString().Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    /// <summary>A sum of products around means, from sums: one rounding.</summary>
    private static double Around(long count, long a, long b, long product) => ((count | product | a | b) >> 31) == 0
        ? (double)((count * product) - (a * b)) / count
        : (double)(((Int128)count * product) - ((Int128)a * b)) / count;

    private static long Sum(ReadOnlySpan<long> line, int[] places)
    {
        long sum = 0;
        foreach (int place in places)
            sum += line[place];
        return sum;
    }

    private static double[] Times(double[] values, double[]? factor) => factor is null ? values : [.. values.Select((value, i) => value * factor[i])];

    private static T[] Among<T>(T[] values, int[] places)
    {
        if (places.Length == values.Length)
            return values;
        var among = new T[places.Length];
        for (int i = 0; i < places.Length; i++)
            among[i] = values[places[i]];
        return among;
    }

    private static double[][] Arrays(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];
}
