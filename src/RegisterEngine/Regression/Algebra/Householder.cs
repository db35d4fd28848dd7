using RegisterEngine.Kernels;

namespace RegisterEngine.Regression.Algebra;

/// <summary>The factors of a tall matrix by reflections: X = Q R.</summary>
/// <remarks>
/// A. S. Householder (1958); P. Businger and G. H. Golub (1965) for the order of columns. Columns are divided by the power of two next to their norm, which is exact.
/// </remarks>
internal sealed class Householder
{
    private readonly double[][] _columns;
    private readonly double[] _diagonal;

    private Householder(double[][] columns, double[] diagonal, int[] order, double[] scale, int rank)
    {
        _columns = columns;
        _diagonal = diagonal;
        Order = order;
        Scale = scale;
        Rank = rank;
    }

    /// <summary>Which column of X each column of R is.</summary>
    public int[] Order { get; }

    /// <summary>What each column of X was divided by.</summary>
    public double[] Scale { get; }

    /// <summary>How many columns are left after those that others make up.</summary>
    public int Rank { get; }

    /// <summary>Factors a matrix.</summary>
    /// <param name="columns">Columns of X.</param>
    /// <param name="norms">Norm of each column before anything was taken out of it: what is left is compared to it.</param>
    /// <param name="tolerance">A column of which less than this share of its norm is left counts as made up; 0 keeps the order and all columns.</param>
    public static Householder Of(IReadOnlyList<double[]> columns, ReadOnlySpan<double> norms, double tolerance)
    {
        int count = columns.Count;
        double[] scale = new double[count];
        double[][] work = new double[count][];
        double[] relative = new double[count];
        for (int j = 0; j < count; j++)
        {
            double norm = Math.Sqrt(Lanes.Dot(columns[j], columns[j]));
            scale[j] = norm > 0 ? Math.ScaleB(1, Math.ILogB(norm)) : 1;
            relative[j] = norms[j] > 0 ? norms[j] / scale[j] : 1;
            work[j] = GC.AllocateUninitializedArray<double>(columns[j].Length);
            for (int i = 0; i < work[j].Length; i++)
                work[j][i] = columns[j][i] / scale[j];
        }
        int[] order = [.. Enumerable.Range(0, count)];
        double[] diagonal = new double[count];
        int rank = 0;
        for (; rank < count; rank++)
        {
            if (tolerance > 0 && !PutLargestFirst(work, order, relative, rank, tolerance))
                break;
            diagonal[rank] = Reflect(work, rank);
        }
        return new Householder(work, diagonal, order, scale, rank);
    }

    /// <summary>The upper trapezoid R, of scaled columns in their order.</summary>
    public Matrix Triangle()
    {
        int count = _columns.Length;
        var triangle = new Matrix(count, count);
        for (int j = 0; j < count; j++)
        {
            for (int i = 0; i < Math.Min(j, Rank); i++)
                triangle[i, j] = _columns[j][i];
            if (j < Rank)
                triangle[j, j] = _diagonal[j];
        }
        return triangle;
    }

    /// <summary>Multiplies by the transpose of Q, in place.</summary>
    public void Rotate(Span<double> vector)
    {
        for (int j = 0; j < Rank; j++)
            Apply(_columns[j].AsSpan(j), vector[j..]);
    }

    /// <summary>Multiplies by Q, in place.</summary>
    public void RotateBack(Span<double> vector)
    {
        for (int j = Rank - 1; j >= 0; j--)
            Apply(_columns[j].AsSpan(j), vector[j..]);
    }

    /// <summary>Solves R x = b in place: scaled columns in their order.</summary>
    public void SolveTriangle(Span<double> b)
    {
        for (int i = Rank - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < Rank; j++)
                sum -= _columns[j][i] * b[j];
            b[i] = sum / _diagonal[i];
        }
    }

    /// <summary>Solves R' x = b in place.</summary>
    public void SolveTransposed(Span<double> b)
    {
        for (int i = 0; i < Rank; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
                sum -= _columns[i][j] * b[j];
            b[i] = sum / _diagonal[i];
        }
    }

    private static bool PutLargestFirst(double[][] work, int[] order, double[] relative, int from, double tolerance)
    {
        int best = -1;
        double largest = tolerance;
        for (int j = from; j < work.Length; j++)
        {
            ReadOnlySpan<double> rest = from < work[j].Length ? work[j].AsSpan(from) : [];
            double left = Math.Sqrt(Lanes.Dot(rest, rest)) / relative[order[j]];
            if (left > largest)
                (best, largest) = (j, left);
        }
        if (best < 0)
            return false;
        (work[from], work[best]) = (work[best], work[from]);
        (order[from], order[best]) = (order[best], order[from]);
        return true;
    }

    // Leaves the reflection, divided so that half its square is its first number, in the column from its place down.
    private static double Reflect(double[][] work, int place)
    {
        Span<double> column = work[place].AsSpan(place);
        double norm = Math.Sqrt(Lanes.Dot(column, column));
        if (norm == 0)
            return 0;
        double diagonal = column[0] > 0 ? -norm : norm;
        for (int i = 0; i < column.Length; i++)
            column[i] /= -diagonal;
        column[0] += 1;
        for (int j = place + 1; j < work.Length; j++)
            Apply(column, work[j].AsSpan(place));
        return diagonal;
    }

    private static void Apply(ReadOnlySpan<double> reflection, Span<double> vector)
    {
        if (reflection[0] != 0)
            Lanes.AddMultiple(-Lanes.Dot(reflection, vector) / reflection[0], reflection, vector);
    }
}
