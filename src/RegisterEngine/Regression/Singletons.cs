namespace RegisterEngine.Regression;

/// <summary>Rows that are alone in a level of an effect: the effect fits them exactly, so they say nothing about the coefficients.</summary>
/// <remarks>S. Correia, Singletons, cluster-robust standard errors and fixed effects: a bad mix (2015): they are dropped over and over, since each round may leave others alone.</remarks>
internal static class Singletons
{
    /// <summary>Levels of each effect, and those with one row.</summary>
    public static IReadOnlyList<EffectInfo> Describe(Problem problem) => [.. problem.Effects.Select(effect => Describe(problem, effect))];

    private static EffectInfo Describe(Problem problem, Grouping effect)
    {
        int levels = 0, singletons = 0;
        foreach (double rows in RowsOf(problem, effect))
        {
            levels += rows > 0 ? 1 : 0;
            singletons += rows == 1 ? 1 : 0;
        }
        return new EffectInfo(effect.Name, levels, singletons);
    }

    /// <summary>A problem without them, and how many rows were dropped.</summary>
    public static (Problem Problem, long Dropped) Drop(Problem problem)
    {
        long dropped = 0;
        while (true)
        {
            double[][] rows = [.. problem.Effects.Select(effect => RowsOf(problem, effect))];
            int[] places = [.. Enumerable.Range(0, problem.Units).Where(unit => !problem.Effects.Where((effect, i) => rows[i][effect.Codes[unit]] == 1).Any())];
            if (places.Length == problem.Units)
                return (problem, dropped);
            if (places.Length == 0)
                throw new RegressionException("Every row is alone in a level of an effect.");
            dropped += problem.Units - places.Length;
            problem = problem.Among(places);
        }
    }

    private static double[] RowsOf(Problem problem, Grouping effect)
    {
        double[] rows = new double[effect.Levels];
        for (int unit = 0; unit < problem.Units; unit++)
            rows[effect.Codes[unit]] += problem.WeightKind == WeightKind.Repetition ? problem.Weight[unit] : 1;
        return rows;
    }
}
