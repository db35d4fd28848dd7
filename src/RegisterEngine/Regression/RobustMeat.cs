using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Squares of residuals times the products of any two columns, summed over rows: the meat of robust errors.</summary>
/// <remarks>
/// H. White, Econometrica 48 (1980); J. G. MacKinnon and H. White, Journal of Econometrics 29 (1985) for HC1 to HC3. A row of leverage one has no residual and no part.
/// </remarks>
internal static class RobustMeat
{
    /// <summary>The meat of each outcome.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="kind">HC0 to HC3; HC1 is HC0 here.</param>
    /// <param name="leverages">For HC2 and HC3, one for each unit.</param>
    public static Matrix[] Of(LeastSquares fit, ErrorKind kind, double[]? leverages)
    {
        int count = fit.Columns;
        if (fit.Within is { } within)
            return (within.Fourths ?? throw new RegressionException(CellFourths.NeedsFourths))
                .Meats(fit.Rows, within, fit.Coefficients);
        Matrix[] meats = [.. fit.Problem.Outcomes.Select(_ => new Matrix(count, count))];
        for (int unit = 0; unit < fit.Problem.Units; unit++)
            if (Factor(kind, leverages is null ? 0 : leverages[unit]) is var factor && factor > 0)
                for (int outcome = 0; outcome < meats.Length; outcome++)
                    meats[outcome].AddSquare(fit.Rows.Row(unit)[..count], Squares(fit.Problem, outcome, unit, fit.Residual(outcome, unit)) * factor);
        return meats;
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
}
