using RegisterEngine.Cells;
using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>Each workplace against all others: the coefficient of its indicator, next to age, sex and years.</summary>
/// <remarks>
/// M. C. Lovell (1963): age, sex and years Z are taken out of outcomes once for all. With d the indicator of a workplace, its effect is d'My / d'Md, and both are sums over the workplace alone: d'My of residuals, d'Md
/// = n - z' (Z'Z)^-1 z with z the sums of its regressors. Errors are classical or HC1; HC1 is far too small for workplaces of few person-years, whose own residuals nearly vanish.
/// </remarks>
public static class AgainstNation
{
    /// <summary>A result for each measure; workplaces as those of <see cref="WorkplaceCounts"/> of the same cells.</summary>
    /// <param name="frame">Cells by workplace and year; for HC1 with moments up to degree four.</param>
    /// <param name="measures">The measures.</param>
    /// <param name="errors">Classical or HC1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other errors are asked for.</exception>
    /// <exception cref="RegressionException">No person-year is complete, or HC1 is asked for and the moments are of a lower degree.</exception>
    public static IReadOnlyList<WorkplaceEffects> Fit(CellFrame frame, IReadOnlyList<Measure> measures, ErrorKind errors = ErrorKind.Classical)
    {
        WorkplaceBatch.Check(errors);
        int[] places = WorkplaceCounts.PlacesOf(frame, out IReadOnlyList<string> names);
        int[] years = frame.Years();
        var model = new CellModel
        {
            Frame = frame,
            Regressors =
            [
                CellRegressor.Age(), CellRegressor.Woman(),
                .. years.Distinct().Order().Skip(1).Select(year => CellRegressor.Of($"year={year}", [.. years.Select(of => of == year ? 1.0 : 0.0)])),
            ],
            Measures = measures,
        };
        Problem problem = CellProblem.Of(model);
        LeastSquares fit = LeastSquares.Of(problem, Collinearity.Name);
        int[] cells = CellProblem.Complete(model, out _);
        int columns = fit.Columns;
        double[] rows = new double[names.Count];
        double[][] sums = [.. Enumerable.Range(0, columns).Select(_ => new double[names.Count])];
        double[][] residuals = [.. measures.Select(_ => new double[names.Count])];
        for (int unit = 0; unit < cells.Length; unit++)
        {
            int at = places[cells[unit]];
            double weight = problem.Weight[unit];
            ReadOnlySpan<double> row = fit.Rows.Row(unit);
            rows[at] += weight;
            for (int k = 0; k < columns; k++)
                sums[k][at] += weight * row[k];
            for (int i = 0; i < residuals.Length; i++)
                residuals[i][at] += weight * row[columns + i];
        }
        double[] left = Left(fit.Bread, rows, sums);
        double degrees = problem.Rows - columns - 1;
        WorkplaceEffects[] effects = [.. measures.Select((_, i) => Effects(residuals[i], left, rows, Ols.ResidualSquares(fit, i), degrees))];
        if (errors == ErrorKind.HC1 && degrees > 0)
            new NationalSquares(frame, cells, measures, fit, places).WriteErrors(effects, sums, left, problem.Rows / degrees);
        return effects;
    }

    private static double[] Left(Matrix bread, double[] rows, double[][] sums)
    {
        double[] left = new double[rows.Length];
        double[] z = new double[sums.Length];
        for (int at = 0; at < left.Length; at++)
        {
            for (int k = 0; k < z.Length; k++)
                z[k] = sums[k][at];
            left[at] = rows[at] - Inference.ClusterFit.Dot(z, bread.Times(z));
        }
        return left;
    }

    private static WorkplaceEffects Effects(double[] residuals, double[] left, double[] rows, double squares, double degrees)
    {
        double[] value = new double[left.Length], error = new double[left.Length], free = new double[left.Length];
        for (int at = 0; at < left.Length; at++)
        {
            bool isIdentified = left[at] > 1e-9 * rows[at];
            value[at] = isIdentified ? residuals[at] / left[at] : double.NaN;
            error[at] = isIdentified && degrees > 0 ? Math.Sqrt(Math.Max(0, squares - (value[at] * residuals[at])) / degrees / left[at]) : double.NaN;
            free[at] = degrees;
        }
        return new WorkplaceEffects(value, error, free);
    }
}
