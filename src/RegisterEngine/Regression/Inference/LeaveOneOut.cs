using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression.Inference;

/// <summary>A coefficient without one of the clusters.</summary>
/// <param name="Cluster">The cluster, in the order of first units.</param>
/// <param name="Value">The coefficient; null where it is not identified then.</param>
public readonly record struct LeftOut(int Cluster, double? Value);

/// <summary>Fits a model again without one cluster at a time, from sums over clusters.</summary>
/// <remarks>b - M (I - C M)^-1 s, with the bread M, and products C and scores s of the cluster: exact, as R. M. Bell and D. F. McCaffrey (2002) have it.</remarks>
public static class LeaveOneOut
{
    private const double Nothing = 1e-9;

    /// <summary>The coefficient of a term without each of some clusters.</summary>
    public static IReadOnlyList<LeftOut> Of(ClusterFit fit, int outcome, string term, IReadOnlyList<int> clusters)
    {
        if (fit.Combination(term) is not { } combination)
            return [.. clusters.Select(cluster => new LeftOut(cluster, null))];
        Matrix root = Cholesky.Of(fit.Bread)!.Factor;
        Matrix transposed = root.Transposed();
        double[] along = transposed.Times(combination);
        double norm = Math.Sqrt(ClusterFit.Dot(along, along));
        return [.. clusters.Select(cluster => new LeftOut(cluster, Without(cluster)))];

        double? Without(int cluster)
        {
            SymmetricEigen hat = SymmetricEigen.Of((transposed * fit.Grams[cluster] * root).Symmetric());
            for (int k = 0; k < along.Length; k++)
            {
                double share = 0;
                for (int i = 0; i < along.Length; i++)
                    share += hat.Vectors[i, k] * along[i];
                if (hat.Values[k] > 1 - Nothing && Math.Abs(share) > 1e-6 * norm)
                    return null;
            }
            double[] score = transposed.Times(fit.Scores[outcome].Row(cluster));
            double[] change = hat.With(value => 1 - value < Nothing ? 0 : 1 / (1 - value)).Times(score);
            return ClusterFit.Dot(combination, fit.Coefficients(outcome)) - ClusterFit.Dot(along, change);
        }
    }
}
