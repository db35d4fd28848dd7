using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Least squares by normal equations: columns are around their means and divided by their norms.</summary>
internal sealed record GramSolution(Terms Terms, double[][] Coefficients, Matrix Bread, Matrix? ToReported, double Condition, bool IsDoubtful)
{
    // Shares of a column's square: left by rounding when effects or a constant make it up; left when other columns do; and where that is not clear.
    private const double Vanished = 1e-20;
    private const double MadeUp = 1e-12;
    private const double Doubtful = 1e-8;

    public static GramSolution Of(Problem problem, WorkingColumns working, Collinearity collinearity)
    {
        int count = working.Norms.Length;
        double[] means = problem.Intercept ? working.Rows.Centre() : new double[count];
        double[] before = [.. working.Norms.Select(norm => norm > 0 ? norm : 1)];
        Matrix gram = Sums(problem, working);
        int[] present = [.. Enumerable.Range(0, count).Where(i => gram[i, i] > Vanished * before[i] * before[i])];
        double[] norms = [.. Enumerable.Range(0, count).Select(i => Math.Sqrt(gram[i, i]))];
        PivotedCholesky pivoted = PivotedCholesky.Of(Scaled(gram, present, norms), MadeUp);
        double total = problem.Intercept ? norms[0] : 0;
        List<double[]> combinations =
        [
            .. Enumerable.Range(0, count).Except(present).Select(i => Combination(count, [i], [1 / before[i]])),
            .. NullSpace.Combinations(pivoted.Factor, pivoted.Order, pivoted.Rank).Select(of => Combination(count, present, [.. of.Select((value, i) => value / norms[present[i]])])),
        ];
        var terms = new Terms(working.Names, problem.Hidden, new NullSpace(count, combinations), problem.EffectNames, collinearity);
        int[] kept = terms.Kept;
        Matrix scaled = Scaled(gram, kept, norms);
        Matrix inverse = Cholesky.Of(scaled)?.Inverse() ?? throw new RegressionException("The regressors are collinear to the last digit.");
        var bread = new Matrix(kept.Length, kept.Length);
        for (int i = 0; i < kept.Length; i++)
            for (int j = 0; j < kept.Length; j++)
                bread[i, j] = inverse[i, j] / norms[kept[i]] / norms[kept[j]];
        double[][] coefficients = [.. problem.Outcomes.Select((_, outcome) => bread.Times([.. kept.Select(term => gram[term, count + outcome])]))];
        Matrix? toReported = problem.Intercept ? Uncentred(kept, means) : null;
        double condition = Math.Sqrt(Norm(scaled) * Norm(inverse));
        return new GramSolution(terms, coefficients, bread, toReported, condition, pivoted.SmallestPivot < Doubtful);

        // In units of the norms of columns before anything was taken out; what is not around its mean needs the constant to vanish.
        double[] Combination(int size, int[] places, double[] values)
        {
            double[] combination = new double[size];
            double constant = 0, largest = 0;
            for (int i = 0; i < places.Length; i++)
            {
                double part = values[i] * means[places[i]];
                constant -= part;
                largest = Math.Max(largest, Math.Abs(part));
                combination[places[i]] = values[i] * before[places[i]];
            }
            if (Math.Abs(constant) > 1e-9 * largest)
                combination[0] = constant * total;
            return combination;
        }
    }

    private static Matrix Sums(Problem problem, WorkingColumns working)
    {
        Matrix gram = working.Rows.Gram();
        if (working.Within is not { } within)
            return gram;
        int first = problem.Intercept ? 1 : 0;
        int regressors = within.Products.Rows;
        for (int i = 0; i < regressors; i++)
        {
            for (int j = 0; j < regressors; j++)
                gram[first + i, first + j] += within.Products[i, j];
            for (int outcome = 0; outcome < within.Outcomes.Columns; outcome++)
                gram[first + i, first + regressors + outcome] += within.Outcomes[i, outcome];
        }
        return gram;
    }

    private static Matrix Scaled(Matrix gram, int[] places, double[] norms)
    {
        var scaled = new Matrix(places.Length, places.Length);
        for (int i = 0; i < places.Length; i++)
            for (int j = 0; j < places.Length; j++)
                scaled[i, j] = i == j ? 1 : gram[places[i], places[j]] / norms[places[i]] / norms[places[j]];
        return scaled;
    }

    // The constant of columns around their means is the mean of the outcome: less the means times their coefficients it is that of the columns as they were.
    private static Matrix Uncentred(int[] kept, double[] means)
    {
        Matrix transform = Matrix.Identity(kept.Length);
        for (int j = 1; j < kept.Length; j++)
            transform[0, j] = -means[kept[j]];
        return transform;
    }

    private static double Norm(Matrix matrix)
    {
        double largest = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            double sum = 0;
            for (int j = 0; j < matrix.Columns; j++)
                sum += Math.Abs(matrix[i, j]);
            largest = Math.Max(largest, sum);
        }
        return largest;
    }
}
