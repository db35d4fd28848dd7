using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>
/// What is fitted, made ready: units without missing values. A unit is a row, or a cell of rows that differ only in what <see cref="Within"/> tells; values are then its means.
/// </summary>
internal sealed record Problem
{
    private const int ManyUnits = 50_000;

    /// <summary>Regressors, without the constant.</summary>
    public required IReadOnlyList<Variable> Regressors { get; init; }

    /// <summary>How many of the first regressors are indicators of levels of <see cref="HiddenEffects"/>, which are not reported.</summary>
    public int Hidden { get; init; }

    /// <summary>Effects that have an indicator for each level.</summary>
    public IReadOnlyList<string> HiddenEffects { get; init; } = [];

    public required IReadOnlyList<Variable> Outcomes { get; init; }

    public required bool Intercept { get; init; }

    /// <summary>Weight of each unit, positive.</summary>
    public required double[] Weight { get; init; }

    public required WeightKind WeightKind { get; init; }

    public required IReadOnlyList<Grouping> Effects { get; init; }

    public required IReadOnlyList<Grouping> Clusters { get; init; }

    /// <summary>By outcome and unit, the sum of squares of rows around the mean of their unit; null where units are rows.</summary>
    public double[][]? OutcomeSquares { get; init; }

    /// <summary>How regressors vary within units; null where they do not.</summary>
    public WithinCells? Within { get; init; }

    /// <summary>Names of all effects, absorbed or hidden.</summary>
    public IEnumerable<string> EffectNames => Effects.Select(effect => effect.Name).Concat(HiddenEffects);

    /// <summary>Rows left out because a variable is missing.</summary>
    public long Missing { get; init; }

    public int Units => Weight.Length;

    /// <summary>How many threads are worth their start.</summary>
    public int Threads => Units < ManyUnits ? 1 : Environment.ProcessorCount;

    /// <summary>Rows that count, with repetitions.</summary>
    public long Rows => WeightKind == WeightKind.Precision ? Units : (long)Math.Round(Lanes.Sum(Weight));

    /// <summary>The units of some places.</summary>
    public Problem Among(int[] places)
    {
        return this with
        {
            Regressors = [.. Regressors.Select(Variable)],
            Outcomes = [.. Outcomes.Select(Variable)],
            Weight = Values(Weight),
            Effects = [.. Effects.Select(Group)],
            Clusters = [.. Clusters.Select(Group)],
            OutcomeSquares = OutcomeSquares is null ? null : [.. OutcomeSquares.Select(Values)],
            Within = Within?.Among(places),
        };

        Variable Variable(Variable variable) => variable with { Values = Values(variable.Values), Low = variable.Low is null ? null : Values(variable.Low) };

        Grouping Group(Grouping grouping) => grouping with { Codes = [.. places.Select(place => grouping.Codes[place])] };

        double[] Values(double[] values)
        {
            double[] among = new double[places.Length];
            for (int i = 0; i < places.Length; i++)
                among[i] = values[places[i]];
            return among;
        }
    }

    /// <summary>The problem of some rows: those with a missing value or without weight are left out.</summary>
    public static Problem Of(ModelRows rows)
    {
        int count = rows.Outcomes[0].Values.Length;
        bool[] complete = new bool[count];
        Array.Fill(complete, true);
        foreach (Variable variable in rows.Regressors.Concat(rows.Outcomes))
        {
            if (variable.Values.Length != count)
                throw new RegressionException($"'{variable.Name}' has {variable.Values.Length} rows where the first outcome has {count}.");
            for (int i = 0; i < count; i++)
                complete[i] &= !double.IsNaN(variable.Values[i]);
        }
        foreach (Grouping grouping in rows.Effects.Concat(rows.Clusters))
            for (int i = 0; i < count; i++)
                complete[i] &= grouping.Codes[i] >= 0;
        int[] places = [.. Enumerable.Range(0, count).Where(i => complete[i] && (rows.Weights is null || rows.Weights[i] > 0))];
        if (places.Length == 0)
            throw new RegressionException("No row has a value in every variable of the model.");
        double[] weight = rows.Weights ?? [.. Enumerable.Repeat(1.0, count)];
        var all = new Problem
        {
            Regressors = rows.Regressors,
            Outcomes = rows.Outcomes,
            Intercept = rows.Intercept && rows.Effects.Count == 0,
            Weight = weight,
            WeightKind = rows.WeightKind,
            Effects = rows.Effects,
            Clusters = rows.Clusters,
            Missing = complete.Count(within => !within),
        };
        return places.Length == count ? all : all.Among(places);
    }
}
