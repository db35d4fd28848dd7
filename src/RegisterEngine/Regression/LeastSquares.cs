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

    private readonly Lazy<IReadOnlyList<EffectInfo>> _effects;

    private LeastSquares(Problem problem, Terms terms, WorkingRows rows, Absorber? absorber)
    {
        Problem = problem;
        Terms = terms;
        Rows = rows;
        Absorber = absorber;
        _effects = new Lazy<IReadOnlyList<EffectInfo>>(() => Singletons.Describe(problem));
    }

    public Problem Problem { get; }

    public Terms Terms { get; }

    /// <summary>What the effects are.</summary>
    public IReadOnlyList<EffectInfo> Effects => _effects.Value;

    /// <summary>The effects that were taken out.</summary>
    public Absorber? Absorber { get; }

    /// <summary>Unit by unit, the working columns, one for each kept term, then the mean residuals of the outcomes.</summary>
    public WorkingRows Rows { get; }

    /// <summary>Working columns.</summary>
    public int Columns => Rows.Terms;

    /// <summary>How working columns vary within units; a kept term is a regressor here.</summary>
    public WithinCells? Within { get; private init; }

    /// <summary>Inverse of the sums of products of working columns.</summary>
    public required Matrix Bread { get; init; }

    /// <summary>By outcome, the coefficients of working columns.</summary>
    public required double[][] Coefficients { get; init; }

    /// <summary>Sums of how working columns vary within units; null where they do not.</summary>
    public WithinTotals? Totals { get; private init; }

    /// <summary>By outcome, the weighted sum of squares of mean residuals.</summary>
    public required double[] ResidualSquares { get; init; }

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
        if (isExact && (long)problem.Units * Math.Max(working.Norms.Length, 1) <= FewNumbers)
            return ByRows(problem, working, absorber, collinearity);
        GramSolution solution = GramSolution.Of(problem, working, collinearity);
        if (canUseRows && (solution.IsDoubtful || solution.Condition > MostCondition))
            return ByRows(problem, working, absorber, collinearity);
        double[] squares = working.Rows.Fit(solution.Terms.Kept, solution.Coefficients);
        int first = problem.Intercept ? 1 : 0;
        return new LeastSquares(problem, solution.Terms, working.Rows, absorber)
        {
            Bread = solution.Bread,
            ResidualSquares = squares,
            Coefficients = solution.Coefficients,
            ToReported = solution.ToReported,
            Path = SolvePath.NormalEquations,
            Condition = solution.Condition,
            Within = problem.Within?.Of(solution.Terms.Kept, first),
            Totals = working.Within?.Of(solution.Terms.Kept, first),
        };
    }

    /// <summary>The mean residual of a unit.</summary>
    public double Residual(int outcome, int unit) => Rows.Row(unit)[Columns + outcome];

    private static LeastSquares ByRows(Problem problem, WorkingColumns working, Absorber? absorber, Collinearity collinearity)
    {
        IReadOnlyList<Variable> terms = working.Terms();
        IReadOnlyList<double[]> outcomes = working.Outcomes();
        RowSolution solution = RowSolution.Of(problem, working, collinearity);
        int[] kept = solution.Terms.Kept;
        var rows = new WorkingRows(problem.Weight, [.. kept.Select(term => terms[term].Values)], outcomes);
        double[] squares = rows.Fit([.. Enumerable.Range(0, kept.Length)], solution.Coefficients);
        return new LeastSquares(problem, solution.Terms, rows, absorber)
        {
            Bread = solution.Bread,
            ResidualSquares = squares,
            Coefficients = solution.Coefficients,
            Path = SolvePath.Rows,
            Condition = solution.Condition,
        };
    }
}
