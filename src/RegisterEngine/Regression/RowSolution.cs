using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Least squares by reflections of the rows, refined.</summary>
internal sealed record RowSolution(Terms Terms, double[][] Coefficients, Matrix Bread, double Condition)
{
    // Shares of a column's norm that are left when others make it up: by rounding, and by the rounding of means that were taken out of large numbers.
    private const double Tolerance = 1e-12;
    private const double ToleranceWithEffects = 1e-10;

    public static RowSolution Of(Problem problem, WorkingColumns working, Collinearity collinearity)
    {
        double[] roots = [.. problem.Weight.Select(Math.Sqrt)];
        IReadOnlyList<Variable> all = working.Terms();
        double[][] weighted = [.. all.Select(term => Times(term.Values, roots))];
        double tolerance = problem.Effects.Count > 0 ? ToleranceWithEffects : Tolerance;
        Householder factors = Householder.Of(weighted, working.Norms, tolerance);
        // In units of the norms of columns before effects were taken out: what rounding leaves of a column that effects make up looks like any other column in its own.
        double[] units = [.. working.Norms.Select((norm, term) => norm > 0 ? norm / factors.Scale[term] : 1)];
        var zero = new NullSpace(weighted.Length, NullSpace.Combinations(factors.Triangle(), factors.Order, factors.Rank).Select(of => (double[])[.. of.Select((value, term) => value * units[term])]));
        var terms = new Terms(working.Names, problem.Hidden, zero, problem.EffectNames, collinearity);
        if (factors.Rank < weighted.Length)
            factors = Householder.Of([.. terms.Kept.Select(term => weighted[term])], [.. terms.Kept.Select(term => working.Norms[term])], 0);
        Variable[] kept = [.. terms.Kept.Select(term => all[term])];
        double[][] coefficients = [.. working.Outcomes().Select(outcome => Refinement.Solve(factors, kept, roots, outcome))];
        Matrix inverse = InverseTriangle(factors);
        return new RowSolution(terms, coefficients, BreadOf(factors, inverse), ConditionOf(factors, inverse));
    }

    private static double[] Times(double[] values, double[] roots)
    {
        double[] product = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            product[i] = values[i] * roots[i];
        return product;
    }

    private static Matrix InverseTriangle(Householder factors)
    {
        Matrix transposed = Matrix.Identity(factors.Rank);
        for (int j = 0; j < factors.Rank; j++)
            factors.SolveTriangle(transposed.Row(j));
        return transposed.Transposed();
    }

    // (R'R)^-1, back in the order and units of the columns.
    private static Matrix BreadOf(Householder factors, Matrix inverse)
    {
        Matrix scaled = inverse * inverse.Transposed();
        var bread = new Matrix(factors.Rank, factors.Rank);
        for (int i = 0; i < factors.Rank; i++)
            for (int j = 0; j < factors.Rank; j++)
                bread[factors.Order[i], factors.Order[j]] = scaled[i, j] / factors.Scale[factors.Order[i]] / factors.Scale[factors.Order[j]];
        return bread.Symmetric();
    }

    // Of columns divided by their norms, in Frobenius norms: at most the number of columns too large.
    private static double ConditionOf(Householder factors, Matrix inverse)
    {
        Matrix triangle = factors.Triangle();
        double norms = 0;
        for (int j = 0; j < factors.Rank; j++)
        {
            double column = 0, row = 0;
            for (int i = 0; i < factors.Rank; i++)
            {
                column += triangle[i, j] * triangle[i, j];
                row += inverse[j, i] * inverse[j, i];
            }
            norms += column * row;
        }
        return Math.Sqrt(norms * factors.Rank);
    }
}
