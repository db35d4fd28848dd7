using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>Person-years of a design by cohort, year, age and sex: counts, and counts of leavers by measure.</summary>
internal sealed class PersonKinds
{
    private const double Origin = 40;
    private const double Tens = 10;

    private readonly Dictionary<(int Cohort, int Year), SortedDictionary<(int Age, int Woman), long[]>> _counts = [];

    /// <summary>Cohorts, those never treated among them.</summary>
    public IReadOnlyList<int> Cohorts => [.. _counts.Keys.Select(key => key.Cohort).Distinct().Order()];

    /// <summary>Counts the distinct person-years whose age and sex are known.</summary>
    /// <exception cref="RegressionException">The table does not keep them.</exception>
    public static PersonKinds Of(EvaluationSample sample, IReadOnlyList<Measure> measures)
    {
        CellFrame frame = sample.Frame;
        MomentRows rows = frame.Rows is { } kept && !frame.IsCollapsed
            ? kept
            : throw new RegressionException("Effects next to age and sex need the distinct person-years of the cells: keep the rows in the plan of its moments.");
        var kinds = new PersonKinds();
        for (int cell = 0; cell < frame.Count; cell++)
        {
            if (frame.Known[cell] != KnownControls.Both)
                continue;
            (int, int) key = (sample.Treated[cell] >= 0 ? sample.StartOf(cell) : CallawaySantAnna.Never, sample.Years[cell]);
            if (!kinds._counts.TryGetValue(key, out SortedDictionary<(int, int), long[]>? within))
                kinds._counts[key] = within = [];
            for (int row = rows.First(frame.Sources[cell]); row < rows.First(frame.Sources[cell] + 1); row++)
            {
                if (rows.TransitionOf(row) == Panel.Transition.Unknown)
                    continue;
                (int, int) person = (rows.AgeOf(row), rows.WomanOf(row));
                if (!within.TryGetValue(person, out long[]? counts))
                    within[person] = counts = new long[1 + measures.Count];
                counts[0] += rows.CountOf(row);
                for (int i = 0; i < measures.Count; i++)
                    counts[1 + i] += measures[i].IsLeaving(rows.TransitionOf(row)) == true ? rows.CountOf(row) : 0;
            }
        }
        return kinds;
    }

    /// <summary>By cohort and year, person-years by kind and outcome (at 2 * kind + outcome); kinds in the order of <see cref="Kinds"/>.</summary>
    public Dictionary<(int Cohort, int Year), double[]> Counts(int measure) => _counts.ToDictionary(
        pair => pair.Key, pair => pair.Value.Values.SelectMany(of => (double[])[of[0] - of[1 + measure], of[1 + measure]]).ToArray());

    /// <summary>The kinds of a cohort in a year.</summary>
    public IEnumerable<DoublyRobust.Kind> Kinds(int cohort, int year, int measure, bool isTreated, bool isAfter) =>
        !_counts.TryGetValue((cohort, year), out SortedDictionary<(int Age, int Woman), long[]>? within)
            ? []
            : within.Select(kind => new DoublyRobust.Kind(isTreated, isAfter, [1, (kind.Key.Age - Origin) / Tens, kind.Key.Woman], kind.Value[0], kind.Value[1 + measure]));
}
