using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Variances by clusters that are adjusted for what each cluster pulls its own fit: CR2 and CR3.</summary>
/// <remarks>
/// <para>With bread M = L L' and the products C of a cluster, everything that the hat matrix H of the cluster does to scores is done by A = L' C L, as small as the model:
/// X' f(I - H) e = L'^-1 f(I - A) L' X' e, for f(z) = z^-1/2 (CR2) or z^-1 (CR3).</para>
/// <para>R. M. Bell and D. F. McCaffrey, Survey Methodology 28 (2002); J. E. Pustejovsky and E. Tipton, JBES 36 (2018), also for effects that lie within clusters.</para>
/// </remarks>
internal sealed class ClusterMeat
{
    private const double Nothing = 1e-9;
    private const double Share = 1e-6;

    private readonly Matrix _root;
    private readonly SymmetricEigen[] _hats;

    public ClusterMeat(LeastSquares fit, ClusterSums clusters)
    {
        Cholesky bread = Cholesky.Of(fit.Bread) ?? throw new RegressionException("The regressors are collinear to the last digit.");
        _root = bread.Factor;
        Matrix transposed = _root.Transposed();
        _hats = [.. clusters.Grams().Select(gram => SymmetricEigen.Of((transposed * gram * _root).Symmetric()))];
    }

    /// <summary>Clusters without which a combination of coefficients is not identified.</summary>
    public int Decisive(ReadOnlySpan<double> combination)
    {
        double[] direction = _root.Transposed().Times(combination);
        double norm = Math.Sqrt(direction.Sum(value => value * value));
        return _hats.Count(hat => Enumerable.Range(0, direction.Length).Any(k => hat.Values[k] > 1 - Nothing && Math.Abs(Along(hat, k)) > Share * norm));

        double Along(SymmetricEigen hat, int k)
        {
            double sum = 0;
            for (int i = 0; i < direction.Length; i++)
                sum += hat.Vectors[i, k] * direction[i];
            return sum;
        }
    }

    /// <summary>The variance of coefficients for some scores.</summary>
    public Matrix Variance(Matrix scores, ErrorKind kind)
    {
        int count = _root.Rows;
        Matrix transposed = _root.Transposed();
        var middle = new Matrix(count, count);
        for (int cluster = 0; cluster < _hats.Length; cluster++)
            middle.AddSquare(_hats[cluster].With(value => Adjusted(value, kind)).Times(transposed.Times(scores.Row(cluster))), 1);
        return (_root * middle * transposed).Symmetric();
    }

    /// <summary>By cluster, what is taken from the coefficients when it is left out.</summary>
    public IReadOnlyList<double[]> Changes(Matrix scores)
    {
        Matrix transposed = _root.Transposed();
        return [.. _hats.Select((hat, cluster) => _root.Times(hat.With(value => Adjusted(value, ErrorKind.CR3)).Times(transposed.Times(scores.Row(cluster)))))];
    }

    /// <summary>Satterthwaite degrees of freedom of a combination of coefficients under CR2.</summary>
    /// <remarks>Twice the square of the mean of the variance estimate over its variance, where errors have equal variances.</remarks>
    public double Degrees(ReadOnlySpan<double> combination)
    {
        double[] direction = _root.Transposed().Times(combination);
        int count = direction.Length;
        double trace = 0, squares = 0;
        var shared = new Matrix(count, count);
        foreach (SymmetricEigen hat in _hats)
        {
            double[] within = hat.With(value => Adjusted(value, ErrorKind.CR3) * value).Times(direction);
            double[] across = hat.With(value => Adjusted(value, ErrorKind.CR2) * value).Times(direction);
            double own = 0, other = 0;
            for (int i = 0; i < count; i++)
            {
                own += direction[i] * within[i];
                other += across[i] * across[i];
            }
            trace += own - other;
            squares += (own * own) - (2 * own * other);
            shared.AddSquare(across, 1);
        }
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                squares += shared[i, j] * shared[i, j];
        return trace * trace / squares;
    }

    // A part of the cluster that nothing else tells is left out, as a generalised inverse does.
    private static double Adjusted(double hat, ErrorKind kind)
    {
        double left = 1 - hat;
        return left < Nothing ? 0 : kind == ErrorKind.CR2 ? 1 / Math.Sqrt(left) : 1 / left;
    }
}
