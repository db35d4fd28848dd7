using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression.Designs;

/// <summary>
/// The effect on those treated, from two cross-sections before and after, next to age and sex: regressions of the outcome in each of the four groups, and controls weighted to be alike the treated.
/// </summary>
/// <remarks>
/// P. H. C. Sant'Anna and J. Zhao, Doubly robust difference-in-differences estimators, Journal of Econometrics 219 (2020), the locally efficient estimator for repeated cross-sections, with a
/// logit and errors by influence functions, as in R's DRDID and did, whose sign one term has too, that of the regression of controls before: it vanishes where weights make controls alike.
/// Where ages of the treated differ much between before and after, which the estimator takes not to be so, it made errors a tenth too large in simulations. Person-years of a group that agree in age and sex are one kind, with a count and a count of leavers.
/// </remarks>
internal sealed class DoublyRobust
{
    private const int Size = 3;
    private const int MostSteps = 50;
    private const double MostCertain = 1 - 1e-6;

    private readonly List<Kind>[] _groups;
    private readonly double[][] _slopes = new double[4][];
    private readonly Matrix[] _inverses = new Matrix[4];
    private readonly double _rows;

    // By group: controls before, controls after, treated before, treated after.
    private DoublyRobust(List<Kind>[] groups)
    {
        _groups = groups;
        _rows = groups.Sum(group => group.Sum(kind => kind.Rows));
    }

    /// <summary>The effect and its error, or why there is none.</summary>
    /// <param name="kinds">Person-years of treated and controls, before and after.</param>
    public static Effect Estimate(IEnumerable<Kind> kinds)
    {
        List<Kind>[] groups = [[], [], [], []];
        foreach (Kind kind in kinds)
            groups[(kind.IsTreated ? 2 : 0) + (kind.IsAfter ? 1 : 0)].Add(kind);
        if (groups.Any(group => group.Count == 0))
            return Effect.Without("no person-years of treated or controls before or after");
        var estimate = new DoublyRobust(groups);
        for (int group = 0; group < groups.Length; group++)
            if (!estimate.Regress(group))
                return Effect.Without("age and sex do not vary enough within treated or controls");
        return estimate.Odds() is { } odds ? estimate.Combine(odds) : Effect.Without("age and sex tell treated from controls");
    }

    // The outcome by age and sex within a group.
    private bool Regress(int group)
    {
        var gram = new Matrix(Size, Size);
        double[] right = new double[Size];
        foreach (Kind kind in _groups[group])
        {
            gram.AddSquare(kind.X, kind.Rows);
            for (int i = 0; i < Size; i++)
                right[i] += kind.Leavers * kind.X[i];
        }
        if (Cholesky.Of(gram) is not { } factor)
            return false;
        _inverses[group] = factor.Inverse();
        _slopes[group] = _inverses[group].Times(right);
        return true;
    }

    // The probability of being treated: a logit, by Newton's steps.
    private (double[] Slopes, Matrix Inverse)? Odds()
    {
        double[] slopes = new double[Size];
        for (int step = 0; step < MostSteps; step++)
        {
            var curvature = new Matrix(Size, Size);
            double[] gradient = new double[Size];
            foreach (Kind kind in _groups.SelectMany(group => group))
            {
                double p = Logit(slopes, kind);
                curvature.AddSquare(kind.X, kind.Rows * p * (1 - p));
                for (int i = 0; i < Size; i++)
                    gradient[i] += kind.Rows * ((kind.IsTreated ? 1 : 0) - p) * kind.X[i];
            }
            if (Cholesky.Of(curvature) is not { } factor)
                return null;
            double[] change = factor.Solve(gradient);
            for (int i = 0; i < Size; i++)
                slopes[i] += change[i];
            if (change.Max(Math.Abs) < 1e-12)
                return (slopes, factor.Inverse());
        }
        return null;
    }

    private Effect Combine((double[] Slopes, Matrix Inverse) odds)
    {
        // Means over a group by weights: of what the outcome is beyond the regression of controls, and of the regressors.
        Mean before = MeanOf(_groups[2], One, Beyond, 1), after = MeanOf(_groups[3], One, Beyond, 1);
        Mean controlsBefore = MeanOf(_groups[0], Weight, Beyond, 1), controlsAfter = MeanOf(_groups[1], Weight, Beyond, 1);
        List<Kind> treated = [.. _groups[2], .. _groups[3]];
        Mean gapAfter = MeanOf(treated, One, GapAfter, 0), gapAfterOwn = MeanOf(_groups[3], One, GapAfter, 0);
        Mean gapBefore = MeanOf(treated, One, GapBefore, 0), gapBeforeOwn = MeanOf(_groups[2], One, GapBefore, 0);
        double value = after.Value - before.Value - (controlsAfter.Value - controlsBefore.Value) + (gapAfter.Value - gapAfterOwn.Value) - (gapBefore.Value - gapBeforeOwn.Value);
        double[] ofOdds = Less(Slope(_groups[1], controlsAfter), Slope(_groups[0], controlsBefore));
        double[] gapMovesAfter = Less(gapAfter.X, gapAfterOwn.X), gapMovesBefore = Less(gapBefore.X, gapBeforeOwn.X);
        double squares = 0;
        double[][] influence = [.. _groups.Select(kinds => new double[2 * kinds.Count])];
        for (int group = 0; group < _groups.Length; group++)
            for (int i = 0; i < influence[group].Length; i++)
            {
                Kind kind = _groups[group][i / 2];
                double own = influence[group][i] = Influence(group, kind, i % 2) / _rows;
                squares += (i % 2 == 1 ? kind.Leavers : kind.Rows - kind.Leavers) * own * own;
            }
        return new Effect(value, Math.Sqrt(squares), null, influence);

        double Influence(int group, Kind kind, int outcome)
        {
            double[] regression = _inverses[group].Times(kind.X);
            double residual = _rows * (outcome - Dot(_slopes[group], kind.X));
            double beyond = outcome - Dot(_slopes[group & 1], kind.X), weight = Weight(kind);
            double probability = Logit(odds.Slopes, kind);
            double ofLogit = -_rows * ((kind.IsTreated ? 1 : 0) - probability) * Dot(odds.Inverse.Times(kind.X), ofOdds);
            double ofGaps = kind.IsTreated
                ? (_rows / gapAfter.Rows * (GapAfter(kind) - gapAfter.Value)) - (_rows / gapBefore.Rows * (GapBefore(kind) - gapBefore.Value))
                : 0;
            return ofLogit + ofGaps + group switch
            {
                0 => (_rows / controlsBefore.Rows * weight * (beyond - controlsBefore.Value)) - (residual * Dot(regression, Less(before.X, controlsBefore.X))) + (residual * Dot(regression, gapMovesBefore)),
                1 => -(_rows / controlsAfter.Rows * weight * (beyond - controlsAfter.Value)) - (residual * Dot(regression, Less(after.X, controlsAfter.X))) - (residual * Dot(regression, gapMovesAfter)),
                2 => -(_rows / before.Rows * (beyond - before.Value)) + (_rows / gapBeforeOwn.Rows * (GapBefore(kind) - gapBeforeOwn.Value)) - (residual * Dot(regression, gapMovesBefore)),
                _ => (_rows / after.Rows * (beyond - after.Value)) - (_rows / gapAfterOwn.Rows * (GapAfter(kind) - gapAfterOwn.Value)) + (residual * Dot(regression, gapMovesAfter)),
            };
        }

        // By how much the mean of controls moves with the odds.
        double[] Slope(List<Kind> group, Mean mean)
        {
            double[] slope = new double[Size];
            foreach (Kind kind in group)
                for (int i = 0; i < Size; i++)
                    slope[i] += Weight(kind) * ((kind.Rows * (Beyond(kind) - mean.Value)) + kind.Leavers) * kind.X[i] / mean.Rows;
            return slope;
        }

        double Weight(Kind kind)
        {
            double p = Math.Min(Logit(odds.Slopes, kind), MostCertain);
            return p / (1 - p);
        }

        // Without the outcome itself, which is added by counts.
        double Beyond(Kind kind) => -Dot(_slopes[kind.IsAfter ? 1 : 0], kind.X);
    }

    private static double One(Kind kind) => 1;

    private double GapAfter(Kind kind) => Dot(_slopes[3], kind.X) - Dot(_slopes[1], kind.X);

    private double GapBefore(Kind kind) => Dot(_slopes[2], kind.X) - Dot(_slopes[0], kind.X);

    // Of something that each kind has, plus so many times the outcome.
    private static Mean MeanOf(List<Kind> kinds, Func<Kind, double> weight, Func<Kind, double> of, double outcomes)
    {
        double rows = 0, sum = 0;
        double[] x = new double[Size];
        foreach (Kind kind in kinds)
        {
            double by = weight(kind);
            rows += by * kind.Rows;
            sum += by * ((kind.Rows * of(kind)) + (outcomes * kind.Leavers));
            for (int i = 0; i < Size; i++)
                x[i] += by * kind.Rows * kind.X[i];
        }
        return new Mean(rows, sum / rows, [.. x.Select(value => value / rows)]);
    }

    private static double Logit(double[] slopes, Kind kind) => 1 / (1 + Math.Exp(-Dot(slopes, kind.X)));

    private static double Dot(double[] a, double[] b) => Inference.ClusterFit.Dot(a, b);

    private static double[] Less(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>An effect.</summary>
    /// <param name="Value">The effect; null where there is none.</param>
    /// <param name="Error">Its standard error.</param>
    /// <param name="Lack">Why there is none; null where there is.</param>
    /// <param name="Influence">
    /// By group (controls before, controls after, treated before, treated after), then kind and outcome (at 2 * kind + outcome): the influence of a person-year, over their number.
    /// </param>
    public sealed record Effect(double? Value, double? Error, string? Lack, IReadOnlyList<double[]> Influence)
    {
        /// <summary>There is none.</summary>
        public static Effect Without(string lack) => new(null, null, lack, []);
    }

    /// <summary>Person-years of a group that agree in age and sex.</summary>
    /// <param name="IsTreated">Of the programme.</param>
    /// <param name="IsAfter">After its start.</param>
    /// <param name="X">One, age around 40 in tens of years, and being a woman.</param>
    /// <param name="Rows">How many.</param>
    /// <param name="Leavers">Those that the measure counts.</param>
    public sealed record Kind(bool IsTreated, bool IsAfter, double[] X, double Rows, double Leavers);

    private sealed record Mean(double Rows, double Value, double[] X);
}
