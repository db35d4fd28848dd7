namespace RegisterEngine.Regression;

/// <summary>How much each row pulls its own fitted value: the diagonal of the hat matrix.</summary>
internal static class Leverage
{
    /// <summary>A leverage from here on is one: the row is fitted exactly, whatever its outcome.</summary>
    public const double One = 1 - 1e-9;

    /// <summary>Leverage of one row of each unit.</summary>
    /// <exception cref="RegressionException">Rows of a unit have different leverages.</exception>
    public static double[] Of(LeastSquares fit)
    {
        Problem problem = fit.Problem;
        if (problem.Within is not null)
            throw new RegressionException("Leverages need the distinct person-years of the cells: keep the rows in the plan, or ask for HC0, HC1 or clustered errors.");
        double[] leverages = fit.Absorber?.Leverages() ?? new double[problem.Units];
        int count = fit.Columns;
        for (int unit = 0; unit < leverages.Length; unit++)
        {
            ReadOnlySpan<double> row = fit.Rows.Row(unit);
            double sum = 0;
            for (int i = 0; i < count; i++)
                for (int j = 0; j < count; j++)
                    sum += row[i] * fit.Bread[i, j] * row[j];
            leverages[unit] += sum;
            if (problem.WeightKind == WeightKind.Precision)
                leverages[unit] *= problem.Weight[unit];
        }
        return leverages;
    }
}
