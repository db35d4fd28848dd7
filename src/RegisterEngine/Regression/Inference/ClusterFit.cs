using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Inference;

/// <summary>A fitted model as sums over its clusters: all that leaving clusters out, or turning their residuals around, needs to know.</summary>
/// <remarks>Effects that do not lie within clusters have a column for each level here, so that a cluster pulls them as it does in a fit.</remarks>
public sealed class ClusterFit
{
    private readonly LeastSquares _fit;
    private readonly Matrix _to;

    private ClusterFit(LeastSquares fit, ClusterSums sums)
    {
        _fit = fit;
        _to = fit.ToReported ?? Matrix.Identity(fit.Columns);
        Count = sums.Count;
        Grams = sums.Grams();
        Scores = [.. fit.Problem.Outcomes.Select((_, outcome) => sums.Scores(outcome))];
        ClusterOfUnit = sums.Codes();
    }

    /// <summary>Clusters.</summary>
    public int Count { get; }

    /// <summary>By outcome, its name.</summary>
    public IReadOnlyList<string> Outcomes => [.. _fit.Problem.Outcomes.Select(outcome => outcome.Name)];

    internal Matrix[] Grams { get; }

    internal Matrix[] Scores { get; }

    internal int[] ClusterOfUnit { get; }

    internal Matrix Bread => _fit.Bread;

    internal double[] Coefficients(int outcome) => _fit.Coefficients[outcome];

    internal Problem Problem => _fit.Problem;

    internal Corrections Corrections(SmallSample convention) => new(_fit, convention);

    /// <summary>Solves a model whose first factor of clusters counts.</summary>
    /// <exception cref="RegressionException">The model has no clusters, or cannot be fitted.</exception>
    public static ClusterFit Of(CellModel model) => Of(CellProblem.Of(model));

    /// <summary>Solves a model whose first factor of clusters counts.</summary>
    /// <exception cref="RegressionException">The model has no clusters, or cannot be fitted.</exception>
    public static ClusterFit Of(ModelRows rows) => Of(Problem.Of(rows));

    internal static ClusterFit Of(Problem problem)
    {
        if (problem.Clusters.Count == 0)
            throw new RegressionException("A factor of clusters is needed.");
        LeastSquares fit = LeastSquares.Of(Dummies.InPlaceOfEffects(problem), Collinearity.Name);
        return new ClusterFit(fit, new ClusterSums(fit, problem.Clusters[0]));
    }

    /// <summary>The combination of working coefficients that is a term; null where the term is not identified.</summary>
    internal double[]? Combination(string term)
    {
        int place = _fit.Terms.Reported.FirstOrDefault(candidate => _fit.Terms.Names[candidate] == term, -1);
        if (place < 0)
            throw new RegressionException($"The model has no term '{term}'.");
        return _fit.Terms.HasValue(place) ? _to.Row(Array.IndexOf(_fit.Terms.Kept, place)).ToArray() : null;
    }

    /// <summary>The CR1 error of a term; null where it has none.</summary>
    public double? ErrorOf(int outcome, string term, SmallSample convention = SmallSample.Fixest)
    {
        if (Count < 2 || Combination(term) is not { } combination)
            return null;
        double[] direction = Bread.Times(combination);
        double squares = 0;
        for (int g = 0; g < Count; g++)
        {
            double score = Dot(direction, Scores[outcome].Row(g));
            squares += score * score;
        }
        return squares > 0 ? Math.Sqrt(squares * Corrections(convention).Clustered(Count, Count)) : null;
    }

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
