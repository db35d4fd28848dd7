using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Models;

/// <summary>Turns a model of cells into least squares over cells, with what varies within them.</summary>
internal static class CellProblem
{
    /// <summary>The problem of a model.</summary>
    /// <exception cref="RegressionException">No person-year is complete.</exception>
    public static Problem Of(CellModel model)
    {
        CellFrame frame = model.Frame;
        int[] places = Complete(model, out long missing);
        CellNumbers numbers = frame.Numbers(model.Measures);
        var codes = new Dictionary<int[], int[]>();
        double[]?[] factors = [.. model.Regressors.Select(regressor => regressor.Factor is { } factor ? CellChoice.Among(factor, places) : null)];
        bool varies = model.Needed != KnownControls.None;
        return new Problem
        {
            Regressors = [.. model.Regressors.Select((regressor, i) => new Variable(regressor.Name, Mean(regressor.Base, factors[i])))],
            Outcomes = [.. model.Measures.Select((measure, i) => new Variable(NameOf(measure), Of(numbers.Means[i])))],
            Intercept = model.Effects.Count == 0,
            Weight = Of(numbers.Rows),
            WeightKind = WeightKind.Repetition,
            Effects = [.. model.Effects.Select(Chosen)],
            Clusters = [.. model.Clusters.Select(Chosen)],
            OutcomeSquares = [.. numbers.Squares.Select(Of)],
            Missing = missing,
            Within = !varies ? null : new WithinCells
            {
                Bases = [.. model.Regressors.Select(regressor => regressor.Base)],
                Factors = [.. model.Regressors.Select((regressor, i) => regressor.Base == CellBase.None ? null : factors[i])],
                AgeAge = Of(numbers.AgeAge),
                AgeWoman = Of(numbers.AgeWoman),
                WomanWoman = Of(numbers.WomanWoman),
                AgeOutcome = [.. numbers.AgeOutcome.Select(Of)],
                WomanOutcome = [.. numbers.WomanOutcome.Select(Of)],
                Fourths = frame.Basis.Degree == MomentBasis.HighestDegree ? new CellFourths(frame, model.Measures, places) : null,
            },
        };

        double[] Mean(CellBase of, double[]? factor) => of switch
        {
            CellBase.None => factor!,
            CellBase.Age => Times(Of(numbers.Age), factor),
            _ => Times(Of(numbers.Woman), factor),
        };

        double[] Of(double[] values) => CellChoice.Among(values, places);

        // A factor that is both an effect and clusters stays one.
        Grouping Chosen(Grouping factor)
        {
            if (!codes.TryGetValue(factor.Codes, out int[]? chosen))
                codes[factor.Codes] = chosen = CellChoice.Among(factor.Codes, places);
            return factor with { Codes = chosen };
        }
    }

    /// <summary>The cells of a model whose controls are known.</summary>
    public static int[] Complete(CellModel model, out long missing)
    {
        CellFrame frame = model.Frame;
        KnownControls needed = model.Needed;
        Grouping[] groupings = [.. model.Effects.Concat(model.Clusters).DistinctBy(grouping => grouping.Codes)];
        bool[] isComplete = new bool[frame.Count];
        for (int cell = 0; cell < isComplete.Length; cell++)
            isComplete[cell] = (frame.Known[cell] & needed) == needed;
        foreach (Grouping grouping in groupings)
            for (int cell = 0; cell < isComplete.Length; cell++)
                isComplete[cell] &= grouping.Codes[cell] >= 0;
        int[] places = isComplete.AsSpan().Contains(false) ? CellChoice.Where(frame.Count, cell => isComplete[cell]) : CellChoice.All(frame.Count);
        missing = 0;
        for (int cell = 0; cell < frame.Count && places.Length < frame.Count; cell++)
            missing += isComplete[cell] ? 0 : frame.RowsOf(cell);
        return places.Length > 0 ? places : throw new RegressionException(
            missing == 0 ? "There is no person-year with a known transition in this sample." : $"None of the {missing} person-years of this sample has every variable of the model.");
    }

    /// <summary>The name of a measure as an outcome.</summary>
    public static string NameOf(Measure measure) =>
        string.Concat(measure.ToString().Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    private static double[] Times(double[] values, double[]? factor) => factor is null ? values : [.. values.Zip(factor, (value, by) => value * by)];
}
