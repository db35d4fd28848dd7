namespace RegisterEngine.Regression.Designs;

/// <summary>In how many treated workplaces an effect is identified: the fewest without which it would not be.</summary>
public static class Identification
{
    /// <summary>Treated workplaces that identify the effect of an equation.</summary>
    /// <remarks>
    /// With effects of workplaces only those count that were seen before and after. Next to controls all of them count. Without controls, the effects of years leave the comparison between
    /// workplaces that begin in different years: all but those of the most common path.
    /// </remarks>
    public static int Count(EvaluationSample sample, Equation equation, Specification specification)
    {
        bool hasEffects = specification == Specification.AgeSexAndEffects;
        int first = sample.Years.Length == 0 ? 0 : sample.Years.Min(), last = sample.Years.Length == 0 ? 0 : sample.Years.Max();
        List<string> paths = [];
        bool hasBefore = false, hasAfter = false;
        foreach (IGrouping<int, int> workplace in sample.TreatedCells.GroupBy(cell => sample.Treated[cell]))
        {
            bool before = workplace.Any(cell => !sample.Post[cell]), after = workplace.Any(cell => sample.Post[cell]);
            (hasBefore, hasAfter) = (hasBefore || before, hasAfter || after);
            if (!hasEffects || (before && after))
                paths.Add(Path(workplace.First()));
        }
        if (!hasBefore || !hasAfter)
            return 0;
        bool isAgainstYears = hasEffects && (equation == Equation.BeforeAfter || !sample.IsControl.Contains(true));
        return paths.Count == 0 ? 0 : isAgainstYears ? paths.Count - paths.GroupBy(path => path).Max(same => same.Count()) : paths.Count;

        string Path(int cell) => string.Concat(Enumerable.Range(first, last - first + 1).Select(year => year >= sample.StartOf(cell) ? '1' : '0'));
    }
}
