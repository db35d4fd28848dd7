namespace RegisterEngine.Regression.Algebra;

/// <summary>The factor of a positive semidefinite matrix of unit diagonal, largest pivots first: it shows the rank.</summary>
/// <remarks>N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), section 10.3.</remarks>
internal sealed class PivotedCholesky
{
    private PivotedCholesky(Matrix factor, int[] order, int rank, double smallestPivot)
    {
        Factor = factor;
        Order = order;
        Rank = rank;
        SmallestPivot = smallestPivot;
    }

    /// <summary>Upper trapezoid; its columns are in the order of the pivots.</summary>
    public Matrix Factor { get; }

    /// <summary>Which row and column of the matrix each pivot is.</summary>
    public int[] Order { get; }

    /// <summary>How many pivots count.</summary>
    public int Rank { get; }

    /// <summary>The smallest pivot that counts: the share of that column's square that the others leave.</summary>
    public double SmallestPivot { get; }

    /// <summary>Factors a matrix; pivots up to <paramref name="tolerance"/> count as zero.</summary>
    public static PivotedCholesky Of(Matrix a, double tolerance)
    {
        int size = a.Rows;
        Matrix left = a.Copy();
        var factor = new Matrix(size, size);
        int[] order = [.. Enumerable.Range(0, size)];
        double smallest = 1;
        int rank = 0;
        for (; rank < size; rank++)
        {
            int best = rank;
            for (int j = rank + 1; j < size; j++)
                if (left[order[j], order[j]] > left[order[best], order[best]])
                    best = j;
            double pivot = left[order[best], order[best]];
            if (!(pivot > tolerance))
                break;
            smallest = Math.Min(smallest, pivot);
            (order[rank], order[best]) = (order[best], order[rank]);
            for (int i = 0; i < rank; i++)
                (factor[i, rank], factor[i, best]) = (factor[i, best], factor[i, rank]);
            double root = Math.Sqrt(pivot);
            factor[rank, rank] = root;
            for (int j = rank + 1; j < size; j++)
                factor[rank, j] = left[order[rank], order[j]] / root;
            for (int i = rank + 1; i < size; i++)
                for (int j = rank + 1; j < size; j++)
                    left[order[i], order[j]] -= factor[rank, i] * factor[rank, j];
        }
        return new PivotedCholesky(factor, order, rank, smallest);
    }
}
