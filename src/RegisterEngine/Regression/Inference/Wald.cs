using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Probability;

namespace RegisterEngine.Regression.Inference;

/// <summary>A. Wald's test that several coefficients are zero together.</summary>
/// <param name="Terms">The coefficients.</param>
/// <param name="F">b' V^-1 b / q; null where there is none.</param>
/// <param name="Numerator">How many coefficients, q.</param>
/// <param name="Denominator">Degrees of freedom of the fit.</param>
/// <param name="P">Probability of a larger F.</param>
/// <param name="Note">Why there is no test; null where there is.</param>
public sealed record Wald(IReadOnlyList<string> Terms, double? F, int Numerator, double Denominator, double? P, string? Note)
{
    /// <summary>Tests some terms of a fit.</summary>
    public static Wald Of(OlsFit fit, IReadOnlyList<string> terms)
    {
        if (terms.Count == 0)
            return Without("no test: there are no such terms");
        List<string> valued = [.. fit.Coefficients.Where(coefficient => coefficient.Value is not null).Select(coefficient => coefficient.Term)];
        foreach (string term in terms)
            if (fit[term].Value is null || fit[term].T is null)
                return Without($"no test: {term}: {fit[term].Note}");
        int[] places = [.. terms.Select(term => valued.IndexOf(term))];
        double[] values = [.. terms.Select(term => fit[term].Value!.Value)];
        double[] scale = [.. terms.Select(term => fit[term].Error!.Value)];
        var variance = new Matrix(terms.Count, terms.Count);
        for (int i = 0; i < terms.Count; i++)
            for (int j = 0; j < terms.Count; j++)
                variance[i, j] = fit.Covariance[places[i], places[j]] / scale[i] / scale[j];
        if (PivotedCholesky.Of(variance, 1e-10).Rank < terms.Count)
            return Without("no test: the errors of these terms are too few clusters' to tell them apart");
        double[] t = [.. values.Zip(scale, (value, error) => value / error)];
        double[] solved = Cholesky.Of(variance)!.Solve(t);
        double f = t.Zip(solved, (a, b) => a * b).Sum() / terms.Count;
        return new Wald(terms, f, terms.Count, fit.Degrees, FisherF.Upper(f, terms.Count, fit.Degrees), null);

        Wald Without(string note) => new(terms, null, terms.Count, fit.Degrees, null, note);
    }
}
