using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>Fits the same small model at every workplace at once.</summary>
public static class WorkplaceBatch
{
    // Ages are around a whole number near their mean, so that squares keep their digits.
    private const int AgeOrigin = 40;
    private const int Unknowns = 4;

    /// <summary>Share after less share before: the model of a constant and Post. A result for each measure.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="errors">Classical, which are pooled here, or HC1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other errors are asked for.</exception>
    public static IReadOnlyList<WorkplaceEffects> BeforeAfter(WorkplaceCounts counts, ErrorKind errors = ErrorKind.Classical)
    {
        Check(errors);
        double[] degrees = new double[counts.Stride];
        for (int i = 0; i < degrees.Length; i++)
            degrees[i] = counts.Before[i] + counts.After[i] - 2;
        var effects = new WorkplaceEffects[counts.Measures.Count];
        for (int measure = 0; measure < effects.Length; measure++)
        {
            double[] value = GC.AllocateUninitializedArray<double>(counts.Stride), error = GC.AllocateUninitializedArray<double>(counts.Stride);
            if (errors == ErrorKind.HC1)
                BatchedShares.CompareRobust(counts.Before, counts.LeaversBefore[measure], counts.After, counts.LeaversAfter[measure], value, error);
            else
                BatchedShares.Compare(counts.Before, counts.LeaversBefore[measure], counts.After, counts.LeaversAfter[measure], value, error);
            effects[measure] = new WorkplaceEffects(value, error, degrees);
        }
        return effects;
    }

    /// <summary>The effect of Post next to a constant, age and sex. A result for each measure.</summary>
    /// <remarks>Workplaces as those of <see cref="WorkplaceCounts"/> of the same cells; person-years without age or sex do not count.</remarks>
    /// <param name="frame">Cells by workplace and year; for HC1 with moments up to degree four.</param>
    /// <param name="measures">The measures.</param>
    /// <param name="start">First year after.</param>
    /// <param name="errors">Classical or HC1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other errors are asked for.</exception>
    /// <exception cref="RegressionException">HC1 is asked for, and the moments are of a lower degree.</exception>
    public static IReadOnlyList<WorkplaceEffects> BeforeAfterWithControls(CellFrame frame, IReadOnlyList<Measure> measures, int start, ErrorKind errors = ErrorKind.Classical)
    {
        Check(errors);
        int[] places = WorkplaceCounts.PlacesOf(frame, out IReadOnlyList<string> names);
        int[] years = frame.Years();
        int stride = (names.Count + BatchedCholesky.Lanes - 1) / BatchedCholesky.Lanes * BatchedCholesky.Lanes;
        const int pairs = Unknowns * (Unknowns + 1) / 2;
        double[] gram = new double[pairs * stride];
        double[][] rights = [.. measures.Select(_ => new double[Unknowns * stride])], squares = [.. measures.Select(_ => new double[stride])];
        MomentBasis basis = frame.Basis;
        int n = basis.Known(0, 0), a = basis.Known(1, 0), w = basis.Known(0, 1), aa = basis.Known(2, 0), aw = basis.Known(1, 1);
        int[][] parts = [.. measures.Select(measure => measure.Counted().Select(transition => basis.Of(transition, 0, 0)).ToArray())];
        int byAge = basis.Of(Panel.Transition.LeaveRegister, 1, 0) - basis.Of(Panel.Transition.LeaveRegister, 0, 0);
        int byWoman = basis.Of(Panel.Transition.LeaveRegister, 0, 1) - basis.Of(Panel.Transition.LeaveRegister, 0, 0);
        for (int cell = 0; cell < frame.Count; cell++)
        {
            if (frame.Known[cell] != KnownControls.Both)
                continue;
            ReadOnlySpan<long> line = frame.Line(cell);
            int at = places[cell];
            double post = years[cell] >= start ? 1 : 0;
            double age = line[a] - (AgeOrigin * line[n]);
            ReadOnlySpan<double> sums =
            [
                line[n], age, line[aa] - (2 * AgeOrigin * line[a]) + (AgeOrigin * AgeOrigin * line[n]), line[w], line[aw] - (AgeOrigin * line[w]), line[w],
                post * line[n], post * age, post * line[w], post * line[n],
            ];
            for (int pair = 0; pair < pairs; pair++)
                gram[(pair * stride) + at] += sums[pair];
            for (int i = 0; i < parts.Length; i++)
            {
                long k = 0, ka = 0, kw = 0;
                foreach (int part in parts[i])
                    (k, ka, kw) = (k + line[part], ka + line[part + byAge], kw + line[part + byWoman]);
                double[] right = rights[i];
                right[at] += k;
                right[stride + at] += ka - (AgeOrigin * k);
                right[(2 * stride) + at] += kw;
                right[(3 * stride) + at] += post * k;
                squares[i][at] += k;
            }
        }
        double[] rows = gram[..stride];
        double[][] factors = [.. measures.Select(_ => gram.ToArray())];
        WorkplaceEffects[] effects = [.. measures.Select((_, i) => Solve(rows, factors[i], rights[i], squares[i], stride))];
        if (errors == ErrorKind.HC1 && effects.Length > 0)
            new WorkplaceSquares(frame, measures, places, years, start, AgeOrigin).WriteErrors(effects, factors[0], rights, rows);
        return effects;
    }

    /// <summary>Refuses errors that are not made for all workplaces at once.</summary>
    internal static void Check(ErrorKind errors)
    {
        if (errors is not (ErrorKind.Classical or ErrorKind.HC1))
            throw new ArgumentOutOfRangeException(nameof(errors), errors, "Errors of all workplaces at once are classical or HC1.");
    }

    private static WorkplaceEffects Solve(double[] rows, double[] gram, double[] right, double[] squares, int stride)
    {
        double[] value = new double[stride], inverse = new double[stride], explained = new double[stride];
        BatchedCholesky.Solve(Unknowns, stride, gram, right, value, inverse, explained);
        double[] error = new double[stride], degrees = new double[stride];
        for (int i = 0; i < stride; i++)
        {
            degrees[i] = rows[i] - Unknowns;
            double left = squares[i] - explained[i];
            // Below rounding, the measure is fitted exactly.
            error[i] = degrees[i] > 0 ? Math.Sqrt((left > 1e-12 * squares[i] ? left : 0) / degrees[i] * inverse[i]) : double.NaN;
        }
        return new WorkplaceEffects(value, error, degrees);
    }
}
