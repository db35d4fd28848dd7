namespace RegisterEngine.Regression;

/// <summary>Indicators of levels as regressors.</summary>
internal static class Dummies
{
    /// <summary>
    /// The same model with an indicator for each level of those effects that do not lie within clusters: adjustments by cluster must know how a cluster pulls them.
    /// </summary>
    /// <exception cref="RegressionException">Such an effect has too many levels.</exception>
    public static Problem InPlaceOfEffects(Problem problem)
    {
        Grouping[] across = [.. problem.Effects.Where(effect => !problem.Clusters.Any(effect.IsWithin))];
        if (across.Length == 0)
            return problem;
        if (across.Sum(effect => effect.Levels) > Absorber.MostDirect)
            throw new RegressionException(
                $"Errors that are adjusted by cluster need an indicator for each level of {string.Join(", ", across.Select(effect => effect.Name))}: {Absorber.MostDirect} at most; ask for CR1.");
        Variable[] hidden = [.. across.SelectMany(Of)];
        Grouping[] left = [.. problem.Effects.Except(across)];
        return problem with
        {
            Effects = left,
            Intercept = false,
            Regressors = [.. hidden, .. problem.Regressors],
            Hidden = hidden.Length,
            HiddenEffects = [.. across.Select(effect => effect.Name)],
            Within = problem.Within is { } within
                ? within with { Bases = [.. hidden.Select(_ => CellBase.None), .. within.Bases], Factors = [.. hidden.Select(_ => (double[]?)null), .. within.Factors] }
                : null,
        };
    }

    /// <summary>An indicator for each level of a factor that has rows.</summary>
    public static IEnumerable<Variable> Of(Grouping factor)
    {
        for (int level = 0; level < factor.Levels; level++)
        {
            double[] values = [.. factor.Codes.Select(code => code == level ? 1.0 : 0.0)];
            if (values.Contains(1.0))
                yield return new Variable($"{factor.Name}={level}", values);
        }
    }
}
