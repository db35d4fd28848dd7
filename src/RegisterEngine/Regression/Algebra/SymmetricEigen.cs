namespace RegisterEngine.Regression.Algebra;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix: A = V diag(values) V'.</summary>
/// <remarks>C. G. J. Jacobi's rotations in a fixed cyclic order, so that the result has the same bits everywhere; for matrices of a model's size nothing is gained by faster ways.</remarks>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 60;

    private SymmetricEigen(double[] values, Matrix vectors)
    {
        Values = values;
        Vectors = vectors;
    }

    public double[] Values { get; }

    /// <summary>One eigenvector a column.</summary>
    public Matrix Vectors { get; }

    public static SymmetricEigen Of(Matrix symmetric)
    {
        int size = symmetric.Rows;
        Matrix a = symmetric.Symmetric();
        Matrix vectors = Matrix.Identity(size);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double off = 0;
            double all = 0;
            for (int i = 0; i < size; i++)
                for (int j = 0; j < size; j++)
                {
                    all += a[i, j] * a[i, j];
                    off += i == j ? 0 : a[i, j] * a[i, j];
                }
            if (off <= 1e-34 * all)
                break;
            for (int p = 0; p < size; p++)
                for (int q = p + 1; q < size; q++)
                    Rotate(a, vectors, p, q);
        }
        return new SymmetricEigen([.. Enumerable.Range(0, size).Select(i => a[i, i])], vectors);
    }

    /// <summary>The matrix with a function of its eigenvalues.</summary>
    public Matrix With(Func<double, double> function)
    {
        int size = Values.Length;
        var result = new Matrix(size, size);
        for (int k = 0; k < size; k++)
        {
            double value = function(Values[k]);
            for (int i = 0; i < size; i++)
                for (int j = 0; j < size; j++)
                    result[i, j] += value * Vectors[i, k] * Vectors[j, k];
        }
        return result;
    }

    private static void Rotate(Matrix a, Matrix vectors, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double tangent = Math.Abs(theta) > 1e150 ? 1 / (2 * theta) : (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < a.Rows; k++)
            (a[k, p], a[k, q]) = ((cosine * a[k, p]) - (sine * a[k, q]), (sine * a[k, p]) + (cosine * a[k, q]));
        for (int k = 0; k < a.Rows; k++)
        {
            (a[p, k], a[q, k]) = ((cosine * a[p, k]) - (sine * a[q, k]), (sine * a[p, k]) + (cosine * a[q, k]));
            (vectors[k, p], vectors[k, q]) = ((cosine * vectors[k, p]) - (sine * vectors[k, q]), (sine * vectors[k, p]) + (cosine * vectors[k, q]));
        }
    }
}
