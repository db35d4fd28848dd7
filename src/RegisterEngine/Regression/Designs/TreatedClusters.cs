using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>In how many treated workplaces the terms of any model are identified.</summary>
internal sealed class TreatedClusters
{
    private readonly CellModel _model;
    private readonly int[] _cells;
    private readonly int[] _treated;
    private readonly Treatments _treatments;

    /// <summary>The complete cells of a model of a sample that tell anything.</summary>
    public TreatedClusters(CellModel model, EvaluationSample sample)
    {
        _model = model;
        _cells = Telling(model, CellProblem.Complete(model, out _), sample.Treated);
        _treatments = sample.Treatments;
        _treated = CellChoice.Among(sample.Treated, _cells);
    }

    /// <summary>The fewest treated workplaces without which a term would not be identified; null where it would be without all of them, or is not with all.</summary>
    /// <remarks>
    /// All workplaces that identify it alone, next to those that are not treated, are needed for that. Of the others so many are left as together do not identify it; they are taken one by
    /// one, those that begin in the most common year first, which finds the most of them where those who begin together are alike.
    /// </remarks>
    public int? Of(int regressor)
    {
        int[] places = [.. _treated.Where(place => place >= 0).Distinct().Order()];
        if (!IsIdentified(regressor, [.. places]) || IsIdentified(regressor, []))
            return null;
        List<int> others = [.. places.Where(place => !IsIdentified(regressor, [place]))];
        int alone = places.Length - others.Count;
        if (!IsIdentified(regressor, [.. others]))
            return alone;
        HashSet<int> left = [];
        foreach (int place in others.GroupBy(place => _treatments.All[place].StartYear).OrderByDescending(same => same.Count()).SelectMany(same => same))
            if (IsIdentified(regressor, [.. left, place]))
                alone++;
            else
                left.Add(place);
        return alone;
    }

    // All of treated workplaces. Levels of the largest effect without such, whose cells have the same numbers and the same levels of other effects, tell the same: one of them stays.
    private static int[] Telling(CellModel model, int[] cells, int[] treated)
    {
        Grouping? largest = model.Effects.MaxBy(effect => effect.Levels);
        var names = new Dictionary<(int, long), int>();
        int[] alike = new int[treated.Length];
        foreach (CellRegressor regressor in model.Regressors.Where(of => of.Factor is not null))
            foreach (int cell in cells)
                alike[cell] = Name(alike[cell], BitConverter.DoubleToInt64Bits(regressor.Factor![cell]));
        foreach (Grouping effect in model.Effects.Where(effect => effect != largest))
            foreach (int cell in cells)
                alike[cell] = Name(alike[cell], effect.Codes[cell]);
        HashSet<int> seen = [], shared = largest is null ? [] : [.. cells.Where(cell => treated[cell] >= 0).Select(cell => largest.Codes[cell])];
        IEnumerable<int> others = cells.Where(cell => treated[cell] < 0).GroupBy(cell => largest?.Codes[cell] ?? cell)
            .Select(level => level.DistinctBy(cell => alike[cell]).OrderBy(cell => alike[cell]))
            .Where(level => shared.Contains(largest?.Codes[level.First()] ?? -1) || seen.Add(level.Aggregate(0, (name, cell) => Name(name, alike[cell])))).SelectMany(level => level);
        return [.. cells.Where(cell => treated[cell] >= 0).Concat(others).Order()];

        // One name for each pair.
        int Name(int first, long second)
        {
            if (!names.TryGetValue((first, second), out int name))
                names[(first, second)] = name = names.Count + 1;
            return name;
        }
    }

    // A product with age or sex is told by the numbers that it is multiplied with, among such products.
    private bool IsIdentified(int regressor, HashSet<int> places)
    {
        CellBase kind = _model.Regressors[regressor].Base;
        int[] cells = [.. Enumerable.Range(0, _cells.Length).Where(i => _treated[i] < 0 || places.Contains(_treated[i])).Select(i => _cells[i])];
        if (cells.Length == 0)
            return false;
        CellRegressor[] alike = [.. _model.Regressors.Where(of => of.Base == kind)];
        bool isPlain = kind == CellBase.None;
        var rows = new ModelRows
        {
            Regressors = [.. alike.Select((of, i) => new Variable($"{i}", [.. cells.Select(cell => of.Factor?[cell] ?? 1)]))],
            Outcomes = [new Variable("none", new double[cells.Length])],
            Intercept = isPlain,
            Effects = isPlain ? [.. _model.Effects.Select(effect => effect with { Codes = CellChoice.Among(effect.Codes, cells) })] : [],
        };
        return Ols.Fit(rows, new OlsOptions { Errors = ErrorKind.Classical })[0][$"{Array.IndexOf(alike, _model.Regressors[regressor])}"].Value is not null;
    }
}
