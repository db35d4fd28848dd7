using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Coefficients, residuals and the inverse of the normal equations (the bread) of a model for all of its outcomes.</summary>
/// <remarks>
/// All is in working columns: those that are kept, without the effects, and around their means where there is a constant and the normal equations are solved.
/// <see cref="ToReported"/> leads back.
/// </remarks>
internal sealed class LeastSquares
{
    /// <summary>Condition of the columns up to which normal equations, whose condition is its square, leave enough digits.</summary>
    public const double MostCondition = 1000;

    // Numbers in all columns up to which rows are worth their time.
    private const long FewNumbers = 1 << 20;

    private LeastSquares(Problem problem, Terms terms, double[][] columns, Absorber? absorber)
    {
        Problem = problem;
        Terms = terms;
        Columns = columns;
        Absorber = absorber;
    }

    public Problem Problem { get; }

    public Terms Terms { get; }

    /// <summary>The effects that were taken out.</summary>
    public Absorber? Absorber { get; }

    /// <summary>Working columns: one for each kept term.</summary>
    public double[][] Columns { get; }

    /// <summary>How working columns vary within units; a kept term is a regressor here.</summary>
    public WithinCells? Within { get; private init; }

    /// <summary>Inverse of the sums of products of working columns.</summary>
    public required Matrix Bread { get; init; }

    /// <summary>By outcome, the coefficients of working columns.</summary>
    public required double[][] Coefficients { get; init; }

    /// <summary>By outcome and unit, the mean residual.</summary>
    public required double[][] Residuals { get; init; }

    /// <summary>From coefficients of working columns to those of kept terms; null where they are the same.</summary>
    public Matrix? ToReported { get; private init; }

    public required SolvePath Path { get; init; }

    public required double Condition { get; init; }

    /// <summary>Solves a problem.</summary>
    public static LeastSquares Of(Problem problem, Collinearity collinearity)
    {
        Absorber? absorber = problem.Effects.Count > 0 ? new Absorber(problem.Weight, problem.Effects) : null;
        var working = new WorkingColumns(problem, absorber);
        bool canUseRows = problem.Within is null;
        bool isExact = canUseRows && problem.OutcomeSquares is null;
        if (isExact && (long)problem.Units * Math.Max(working.Terms.Count, 1) <= FewNumbers)
            return ByRows(problem, working, absorber, collinearity);
        GramSolution solution = GramSolution.Of(problem, working, collinearity);
        if (canUseRows && (solution.IsDoubtful || solution.Condition > MostCondition))
            return ByRows(problem, working, absorber, collinearity);
        return Finish(problem, working, absorber, solution.Terms, solution.Columns, solution.Coefficients, solution.Bread, solution.ToReported, solution.Condition, SolvePath.NormalEquations);
    }

    private static LeastSquares ByRows(Problem problem, WorkingColumns working, Absorber? absorber, Collinearity collinearity)
    {
        RowSolution solution = RowSolution.Of(problem, working, collinearity);
        return Finish(problem, working, absorber, solution.Terms, solution.Columns, solution.Coefficients, solution.Bread, null, solution.Condition, SolvePath.Rows);
    }

    private static LeastSquares Finish(
        Problem problem, WorkingColumns working, Absorber? absorber, Terms terms, double[][] columns, double[][] coefficients, Matrix bread, Matrix? toReported, double condition,
        SolvePath path)
    {
        double[][] residuals = [.. coefficients.Select((of, outcome) => Residual(working.Outcomes[outcome], columns, of))];
        int first = problem.Intercept ? 1 : 0;
        return new LeastSquares(problem, terms, columns, absorber)
        {
            Bread = bread,
            Coefficients = coefficients,
            Residuals = residuals,
            ToReported = toReported,
            Path = path,
            Condition = condition,
            Within = problem.Within?.Of(terms.Kept, first),
        };
    }

    private static double[] Residual(double[] outcome, double[][] columns, double[] coefficients)
    {
        double[] residual = [.. outcome];
        for (int j = 0; j < columns.Length; j++)
            Lanes.AddMultiple(-coefficients[j], columns[j], residual);
        return residual;
    }
}
