using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Models;

/// <summary>Turns a model of cells into least squares over their distinct person-years: for leverages, and where normal equations lose digits.</summary>
internal static class RowProblem
{
    /// <summary>The problem of a model.</summary>
    /// <exception cref="RegressionException">The table does not keep its distinct person-years.</exception>
    public static Problem Of(CellModel model)
    {
        CellFrame frame = model.Frame;
        MomentRows rows = frame.Rows is { } kept && !frame.IsCollapsed
            ? kept
            : throw new RegressionException("Leverages need the distinct person-years of the cells: keep the rows in the plan of its moments.");
        int[] places = CellProblem.Complete(model, out long missing);
        var cells = new List<int>();
        var sources = new List<int>();
        foreach (int place in places)
            for (int row = rows.First(frame.Sources[place]); row < rows.First(frame.Sources[place] + 1); row++)
                if (rows.TransitionOf(row) != Panel.Transition.Unknown)
                {
                    cells.Add(place);
                    sources.Add(row);
                }
        return new Problem
        {
            Regressors = [.. model.Regressors.Select(regressor => new Variable(regressor.Name, Values(regressor)))],
            Outcomes = [.. model.Measures.Select(measure => new Variable(CellProblem.NameOf(measure), [.. sources.Select(row => measure.IsLeaving(rows.TransitionOf(row))!.Value ? 1.0 : 0.0)]))],
            Intercept = model.Effects.Count == 0,
            Weight = [.. sources.Select(row => (double)rows.CountOf(row))],
            WeightKind = WeightKind.Repetition,
            Effects = [.. model.Effects.Select(Among)],
            Clusters = [.. model.Clusters.Select(Among)],
            Missing = missing,
        };

        double[] Values(CellRegressor regressor) => [.. sources.Select((row, i) => (regressor.Factor?[cells[i]] ?? 1) * Base(regressor.Base, row))];

        double Base(CellBase of, int row) => of switch
        {
            CellBase.Age => rows.AgeOf(row),
            CellBase.Woman => rows.WomanOf(row),
            _ => 1,
        };

        Grouping Among(Grouping grouping) => grouping with { Codes = [.. cells.Select(cell => grouping.Codes[cell])] };
    }
}
