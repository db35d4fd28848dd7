namespace RegisterEngine.Regression.Designs;

/// <summary>In how many treated workplaces an effect is identified: the fewest without which it would not be.</summary>
public static class Identification
{
    /// <summary>Treated workplaces that identify the effect of an equation.</summary>
    /// <remarks>
    /// Without effects of workplaces those that were seen before count, or those seen after where they are fewer. With effects only those count that were seen in both. Next to controls all
    /// of these count. Without controls, the effects of years leave the comparison between workplaces that begin in different years: all but those of the most common path.
    /// </remarks>
    public static int Count(EvaluationSample sample, Equation equation, Specification specification)
    {
        bool hasEffects = specification == Specification.AgeSexAndEffects;
        int first = sample.Years.Length == 0 ? 0 : sample.Years.Min(), last = sample.Years.Length == 0 ? 0 : sample.Years.Max();
        List<string> paths = [];
        int seenBefore = 0, seenAfter = 0;
        foreach (IGrouping<int, int> workplace in sample.TreatedCells.GroupBy(cell => sample.Treated[cell]))
        {
            bool before = workplace.Any(cell => !sample.Post[cell]), after = workplace.Any(cell => sample.Post[cell]);
            (seenBefore, seenAfter) = (seenBefore + (before ? 1 : 0), seenAfter + (after ? 1 : 0));
            if (before && after)
                paths.Add(Path(workplace.First()));
        }
        if (!hasEffects || seenBefore == 0 || seenAfter == 0)
            return Math.Min(seenBefore, seenAfter);
        bool isAgainstYears = equation == Equation.BeforeAfter || !sample.IsControl.Contains(true);
        return paths.Count == 0 ? 0 : isAgainstYears ? paths.Count - paths.GroupBy(path => path).Max(same => same.Count()) : paths.Count;

        string Path(int cell) => string.Concat(Enumerable.Range(first, last - first + 1).Select(year => year >= sample.StartOf(cell) ? '1' : '0'));
    }
}
