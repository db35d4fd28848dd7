using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Designs;

/// <summary>In which years treated workplaces have person-years, by the year in which they begin.</summary>
internal sealed class TreatedSeen
{
    private readonly Dictionary<(int Cohort, int Year), HashSet<int>> _places = [];

    /// <summary>Those of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="known">Controls that must be known.</param>
    public TreatedSeen(EvaluationSample sample, KnownControls known = KnownControls.None)
    {
        foreach (int cell in sample.TreatedCells)
        {
            if ((sample.Frame.Known[cell] & known) != known)
                continue;
            (int, int) key = (sample.StartOf(cell), sample.Years[cell]);
            if (!_places.TryGetValue(key, out HashSet<int>? places))
                _places[key] = places = [];
            places.Add(sample.Treated[cell]);
        }
    }

    /// <summary>Workplaces that an effect on a cohort in a year rests on: those seen in that year, or, where they are fewer, in the year that it is compared with.</summary>
    public int In(int cohort, int year, int before) => Math.Min(Seen(cohort, year), Seen(cohort, before));

    /// <summary>Workplaces that some effects together rest on: of each cohort as many as the effect on it that most identify.</summary>
    public int Together(IEnumerable<(int Cohort, int Year, int Before)> effects) =>
        effects.GroupBy(effect => effect.Cohort).Sum(same => same.Max(effect => In(effect.Cohort, effect.Year, effect.Before)));

    private int Seen(int cohort, int year) => _places.TryGetValue((cohort, year), out HashSet<int>? places) ? places.Count : 0;
}
