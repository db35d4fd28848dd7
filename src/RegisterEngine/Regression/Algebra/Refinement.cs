using RegisterEngine.Kernels;

namespace RegisterEngine.Regression.Algebra;

/// <summary>Least squares by reflections, refined with residuals of twice the digits: as exact as the data, unless the regressors are collinear to the last digit.</summary>
/// <remarks>A. Bjorck, Iterative refinement of linear least squares solutions I, BIT 7 (1967): coefficients and residuals are refined together.</remarks>
internal static class Refinement
{
    private const int MostSteps = 12;

    /// <summary>Coefficients of one outcome.</summary>
    /// <param name="factors">Factors of the columns times the roots.</param>
    /// <param name="columns">The columns, in the order that they were factored in.</param>
    /// <param name="roots">Square roots of weights.</param>
    /// <param name="outcome">The outcome.</param>
    public static double[] Solve(Householder factors, IReadOnlyList<Variable> columns, double[] roots, double[] outcome)
    {
        int count = columns.Count;
        Variable[] ordered = [.. factors.Order.Select(column => columns[column])];
        double[] scale = [.. factors.Order.Select(column => factors.Scale[column])];
        var coefficients = new DoubleDouble[count];
        var residuals = new DoubleDouble[outcome.Length];
        double[] change = new double[outcome.Length];
        double[] gradient = new double[count];
        double last = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            Misfit(ordered, roots, outcome, coefficients, residuals, change);
            Gradient(ordered, roots, residuals, scale, gradient);
            factors.SolveTransposed(gradient);
            factors.Rotate(change);
            double[] delta = new double[count];
            for (int j = 0; j < count; j++)
                delta[j] = change[j] - gradient[j];
            factors.SolveTriangle(delta);
            gradient.CopyTo(change, 0);
            factors.RotateBack(change);
            double size = 0;
            for (int j = 0; j < count; j++)
                size = Math.Max(size, coefficients[j].High == 0 ? Math.Abs(delta[j]) : Math.Abs(delta[j] / scale[j] / coefficients[j].High));
            if (step > 0 && (size == 0 || size > last / 2))
                break;
            last = size;
            for (int j = 0; j < count; j++)
                coefficients[j] += delta[j] / scale[j];
            for (int i = 0; i < residuals.Length; i++)
                residuals[i] += change[i];
        }
        double[] result = new double[count];
        for (int j = 0; j < count; j++)
            result[factors.Order[j]] = coefficients[j].Rounded;
        return result;
    }

    // roots * (outcome - columns * coefficients) - residuals
    private static void Misfit(Variable[] columns, double[] roots, double[] outcome, DoubleDouble[] coefficients, DoubleDouble[] residuals, double[] misfit)
    {
        for (int i = 0; i < outcome.Length; i++)
        {
            DoubleDouble sum = outcome[i];
            for (int j = 0; j < columns.Length; j++)
                sum -= At(columns[j], i) * coefficients[j];
            misfit[i] = ((sum * roots[i]) - residuals[i]).Rounded;
        }
    }

    // -(columns * roots)' residuals, divided by the scale
    private static void Gradient(Variable[] columns, double[] roots, DoubleDouble[] residuals, double[] scale, double[] gradient)
    {
        for (int j = 0; j < columns.Length; j++)
        {
            DoubleDouble sum = DoubleDouble.Zero;
            for (int i = 0; i < residuals.Length; i++)
                sum -= At(columns[j], i) * (residuals[i] * roots[i]);
            gradient[j] = sum.Rounded / scale[j];
        }
    }

    private static DoubleDouble At(Variable column, int row) => new(column.Values[row], column.Low?[row] ?? 0);
}
