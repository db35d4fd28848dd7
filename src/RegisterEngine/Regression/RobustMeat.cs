using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Squares of residuals times the products of any two columns, summed over rows: the meat of robust errors.</summary>
/// <remarks>
/// H. White, Econometrica 48 (1980); J. G. MacKinnon and H. White, Journal of Econometrics 29 (1985) for HC1 to HC3. A row of leverage one has no residual and no part.
/// </remarks>
internal static class RobustMeat
{
    /// <summary>The meat of an outcome.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="kind">HC0 to HC3; HC1 is HC0 here.</param>
    /// <param name="leverages">For HC2 and HC3, one for each unit.</param>
    public static Matrix Of(LeastSquares fit, int outcome, ErrorKind kind, double[]? leverages)
    {
        int count = fit.Columns;
        var meat = new Matrix(count, count);
        for (int unit = 0; unit < fit.Problem.Units; unit++)
        {
            ReadOnlySpan<double> row = fit.Rows.Row(unit)[..count];
            if (fit.Within is { } within)
                AddCell(fit, within, outcome, unit, row, meat);
            else if (Factor(kind, leverages is null ? 0 : leverages[unit]) is var factor && factor > 0)
                meat.AddSquare(row, Squares(fit.Problem, outcome, unit, fit.Residual(outcome, unit)) * factor);
        }
        for (int i = 0; i < count && fit.Within is not null; i++)
            for (int j = 0; j < i; j++)
                meat[j, i] = meat[i, j];
        return meat;
    }

    private static double Squares(Problem problem, int outcome, int unit, double residual)
    {
        double weight = problem.Weight[unit];
        return problem.WeightKind == WeightKind.Precision
            ? weight * weight * residual * residual
            : (weight * residual * residual) + (problem.OutcomeSquares?[outcome][unit] ?? 0);
    }

    private static double Factor(ErrorKind kind, double leverage) => kind switch
    {
        ErrorKind.HC2 or ErrorKind.HC3 when leverage > Leverage.One => 0,
        ErrorKind.HC2 => 1 / (1 - leverage),
        ErrorKind.HC3 => 1 / ((1 - leverage) * (1 - leverage)),
        _ => 1,
    };

    private static void AddCell(LeastSquares fit, WithinCells within, int outcome, int unit, ReadOnlySpan<double> means, Matrix meat)
    {
        CellFourths fourths = within.Fourths
            ?? throw new RegressionException("Robust errors need moments up to degree four: ask for them in the plan, or for classical or clustered errors.");
        Span<double> byAge = stackalloc double[means.Length];
        Span<double> byWoman = stackalloc double[means.Length];
        double age = 0, woman = 0;
        for (int j = 0; j < means.Length; j++)
        {
            double factor = within.Factors[j]?[unit] ?? 1;
            byAge[j] = within.Bases[j] == CellBase.Age ? factor : 0;
            byWoman[j] = within.Bases[j] == CellBase.Woman ? factor : 0;
            age += byAge[j] * fit.Coefficients[outcome][j];
            woman += byWoman[j] * fit.Coefficients[outcome][j];
        }
        fourths.AddMeat(unit, outcome, fit.Residual(outcome, unit), (age, woman), means, byAge, byWoman, meat);
    }
}
