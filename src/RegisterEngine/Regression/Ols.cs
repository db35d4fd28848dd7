using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Probability;

namespace RegisterEngine.Regression;

/// <summary>Ordinary least squares: any regressors and weights, absorbed effects, and the variances of <see cref="ErrorKind"/>.</summary>
public static class Ols
{
    /// <summary>Fits a model of each outcome.</summary>
    /// <exception cref="RegressionException">No row is complete, or the options ask for what the data do not have.</exception>
    public static IReadOnlyList<OlsFit> Fit(ModelRows rows, OlsOptions options) => Fit(Problem.Of(rows), options);

    /// <summary>Fits a model of each outcome.</summary>
    /// <param name="problem">What is fitted.</param>
    /// <param name="options">How.</param>
    /// <param name="solved">The coefficients, where they are known from other errors of the same problem.</param>
    /// <param name="finer">The same rows in units that tell clusters apart, where those of the problem do not: without absorbed effects, for errors up to CR1.</param>
    internal static IReadOnlyList<OlsFit> Fit(Problem problem, OlsOptions options, LeastSquares? solved = null, Problem? finer = null)
    {
        (Problem counted, long dropped) = options.DropSingletons || options.SmallSample == SmallSample.Reghdfe ? Singletons.Drop(problem) : (problem, 0);
        if (options.Errors > ErrorKind.CR1)
            counted = Dummies.InPlaceOfEffects(counted);
        LeastSquares fit = solved is not null && ReferenceEquals(solved.Problem, counted) ? solved : LeastSquares.Of(counted, options.Collinearity);
        var variance = new Variance(fit, options, finer);
        IReadOnlyList<EffectInfo> effects = ReferenceEquals(fit.Problem, problem) ? fit.Effects : Singletons.Describe(problem);
        var fits = new OlsFit[counted.Outcomes.Count];
        Workers.For(counted.Threads, fits.Length, (i, _) => fits[i] = Describe(fit, variance, options, i) with { Effects = effects, DroppedSingletons = dropped });
        return fits;
    }

    private static OlsFit Describe(LeastSquares fit, Variance variance, OlsOptions options, int outcome)
    {
        Problem problem = fit.Problem;
        double residualSquares = ResidualSquares(fit, outcome);
        double mean = Lanes.Dot(problem.Weight, problem.Outcomes[outcome].Values) / Lanes.Sum(problem.Weight);
        Matrix? covariance = variance.Lack is null ? variance.Of(outcome, residualSquares) : null;
        Matrix to = fit.ToReported ?? Matrix.Identity(fit.Columns);
        double[] values = to.Times(fit.Coefficients[outcome]);
        if (covariance is not null)
            covariance = (to * covariance * to.Transposed()).Symmetric();
        IReadOnlyList<double[]>? changes = variance.ChangesOf(outcome);
        int[] reported = [.. fit.Terms.Reported.Where(fit.Terms.HasValue)];
        return new OlsFit
        {
            Outcome = problem.Outcomes[outcome].Name,
            Coefficients = [.. fit.Terms.Reported.Select(Coefficient)],
            Rows = problem.Rows,
            Missing = problem.Missing,
            DroppedSingletons = 0,
            LeverageOne = variance.LeverageOne,
            Parameters = variance.Corrections.Parameters,
            CountedParameters = variance.Corrections.Counted,
            Effects = [],
            Clusters = variance.Clusters,
            Errors = options.Errors,
            SmallSample = options.SmallSample,
            Degrees = variance.Degrees,
            Mean = mean,
            ResidualSquares = residualSquares,
            TotalSquares = TotalSquares(problem, outcome, problem.Intercept || problem.EffectNames.Any() ? mean : null),
            Path = fit.Path,
            Condition = fit.Condition,
            Covariance = Among(covariance, [.. reported.Select(term => Array.IndexOf(fit.Terms.Kept, term))]),
        };

        Coefficient Coefficient(int term)
        {
            var coefficient = new Coefficient { Term = fit.Terms.Names[term], Note = fit.Terms.NoteOf(term) };
            if (!fit.Terms.HasValue(term))
                return coefficient;
            int place = Array.IndexOf(fit.Terms.Kept, term);
            coefficient = coefficient with { Value = values[place] };
            if (covariance is null || variance.LackOf(to.Row(place)) is not null)
                return coefficient with { Note = Joined(coefficient.Note, variance.LackOf(to.Row(place))!) };
            if (changes is not null)
            {
                double[] without = [.. changes.Select(change => values[place] - Lanes.Dot(to.Row(place), change))];
                coefficient = coefficient with { LeastWithoutOne = without.Min(), MostWithoutOne = without.Max() };
            }
            double degrees = variance.DegreesOf(to.Row(place));
            return WithError(coefficient, covariance[place, place], degrees, variance.Critical(degrees));
        }
    }

    private static Coefficient WithError(Coefficient coefficient, double variance, double degrees, double critical)
    {
        double value = coefficient.Value!.Value;
        if (!(variance > 0))
            return coefficient with
            {
                Error = variance == 0 ? 0 : null,
                Note = Joined(coefficient.Note, variance == 0 ? "no t: the residuals do not vary" : "no error: the variance of two ways of clusters is not positive"),
            };
        double error = Math.Sqrt(variance);
        double half = critical * error;
        return coefficient with
        {
            Error = error,
            T = value / error,
            Degrees = degrees,
            P = StudentT.TwoSided(value / error, degrees),
            Low = value - half,
            High = value + half,
        };
    }

    internal static double ResidualSquares(LeastSquares fit, int outcome)
    {
        Problem problem = fit.Problem;
        double sum = fit.ResidualSquares[outcome];
        if (problem.OutcomeSquares is { } squares)
            sum += Lanes.Sum(squares[outcome]);
        if (fit.Totals is not { } totals)
            return sum;
        double[] coefficients = fit.Coefficients[outcome];
        for (int i = 0; i < coefficients.Length; i++)
        {
            sum -= 2 * coefficients[i] * totals.Outcomes[i, outcome];
            for (int j = 0; j < coefficients.Length; j++)
                sum += coefficients[i] * totals.Products[i, j] * coefficients[j];
        }
        return sum;
    }

    // Around the mean, and corrected for the rounding of the mean.
    private static double TotalSquares(Problem problem, int outcome, double? around)
    {
        (double rest, double squaresOf) = Lanes.Deviations(problem.Weight, problem.Outcomes[outcome].Values, around ?? 0);
        double sum = around is null ? squaresOf : squaresOf - (rest * rest / Lanes.Sum(problem.Weight));
        return problem.OutcomeSquares is { } squares ? sum + Lanes.Sum(squares[outcome]) : sum;
    }

    private static double[,] Among(Matrix? matrix, int[] places)
    {
        double[,] among = new double[matrix is null ? 0 : places.Length, matrix is null ? 0 : places.Length];
        for (int i = 0; i < among.GetLength(0); i++)
            for (int j = 0; j < among.GetLength(1); j++)
                among[i, j] = matrix![places[i], places[j]];
        return among;
    }

    private static string Joined(string? note, string more) => note is null ? more : $"{note}; {more}";
}
