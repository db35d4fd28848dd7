namespace RegisterEngine.Regression.Algebra;

/// <summary>The factor of a positive definite matrix: A = L L'.</summary>
internal sealed class Cholesky
{
    private readonly Matrix _factor;

    private Cholesky(Matrix factor) => _factor = factor;

    /// <summary>Lower triangle.</summary>
    public Matrix Factor => _factor;

    /// <summary>Factors a matrix, of which the lower triangle counts; null where it is not positive definite.</summary>
    public static Cholesky? Of(Matrix a)
    {
        int size = a.Rows;
        var factor = new Matrix(size, size);
        for (int j = 0; j < size; j++)
        {
            double pivot = a[j, j];
            for (int k = 0; k < j; k++)
                pivot -= factor[j, k] * factor[j, k];
            if (!(pivot > 0))
                return null;
            double root = Math.Sqrt(pivot);
            factor[j, j] = root;
            for (int i = j + 1; i < size; i++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                factor[i, j] = sum / root;
            }
        }
        return new Cholesky(factor);
    }

    /// <summary>Solves A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] x = [.. b];
        SolveLower(x);
        SolveUpper(x);
        return x;
    }

    /// <summary>Solves L x = b in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (int i = 0; i < b.Length; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++)
                sum -= _factor[i, k] * b[k];
            b[i] = sum / _factor[i, i];
        }
    }

    /// <summary>Solves L' x = b in place.</summary>
    public void SolveUpper(Span<double> b)
    {
        for (int i = b.Length - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int k = i + 1; k < b.Length; k++)
                sum -= _factor[k, i] * b[k];
            b[i] = sum / _factor[i, i];
        }
    }

    /// <summary>The inverse of A.</summary>
    public Matrix Inverse()
    {
        int size = _factor.Rows;
        var inverse = new Matrix(size, size);
        for (int j = 0; j < size; j++)
        {
            Span<double> column = inverse.Row(j);
            column[j] = 1;
            SolveLower(column);
            SolveUpper(column);
        }
        return inverse.Symmetric();
    }
}
