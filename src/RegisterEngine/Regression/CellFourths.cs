using RegisterEngine.Cells;
using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression;

/// <summary>Moments of cells up to degree four, from which robust errors follow exactly.</summary>
/// <param name="frame">The cells with their moments.</param>
/// <param name="measures">The outcomes.</param>
/// <param name="cells">For each unit, its cell in the frame.</param>
internal sealed class CellFourths(CellFrame frame, IReadOnlyList<Measure> measures, int[] cells)
{
    private const int Powers = 5;
    private const int WomanPowers = 4;

    private readonly int[][] _parts = [.. measures.Select(measure => measure.Counted().Select(transition => frame.Basis.Of(transition, 0, 0)).ToArray())];

    /// <summary>The units of some places.</summary>
    public CellFourths Among(int[] places) => new(frame, measures, [.. places.Select(place => cells[place])]);

    /// <summary>Adds the squares of residuals times the products of any two regressors, over the rows of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="residuals">By outcome, the mean of the residuals.</param>
    /// <param name="ages">By outcome, by how much a residual falls with age.</param>
    /// <param name="women">By outcome, by how much it is less for a woman.</param>
    /// <param name="means">Means of the regressors.</param>
    /// <param name="byAge">By how much each regressor grows with age.</param>
    /// <param name="byWoman">By how much each regressor is more for a woman.</param>
    /// <param name="meats">By outcome, where they are added: the lower triangle.</param>
    public void AddMeat(
        int unit, ReadOnlySpan<double> residuals, ReadOnlySpan<double> ages, ReadOnlySpan<double> women, ReadOnlySpan<double> means, ReadOnlySpan<double> byAge,
        ReadOnlySpan<double> byWoman, Matrix[] meats)
    {
        Span<long> known = stackalloc long[Powers + WomanPowers];
        Span<long> counted = stackalloc long[Powers + WomanPowers - 2];
        ReadOnlySpan<long> moments = frame.Line(cells[unit]);
        moments.Slice(frame.Basis.Known(0, 0), known.Length).CopyTo(known);
        double rows = known[0];
        long origin = (long)Math.Round(known[1] / rows);
        Shift(known[..Powers], origin);
        Shift(known[Powers..], origin);
        double age = known[1] / rows;
        double woman = known[Powers] / rows;
        int size = means.Length;
        Span<double> start = stackalloc double[size];
        for (int i = 0; i < size; i++)
            start[i] = means[i] - (byAge[i] * age) - (byWoman[i] * woman);
        for (int outcome = 0; outcome < meats.Length; outcome++)
        {
            counted.Clear();
            foreach (int first in _parts[outcome])
                for (int i = 0; i < counted.Length; i++)
                    counted[i] += moments[first + i];
            Shift(counted[..(Powers - 1)], origin);
            Shift(counted[(Powers - 1)..], origin);
            double constant = residuals[outcome] - (counted[0] / rows) + (ages[outcome] * age) + (women[outcome] * woman);
            Squares squares = Expand(known, counted, constant, ages[outcome], women[outcome]);
            for (int i = 0; i < size; i++)
            {
                Span<double> row = meats[outcome].Row(i);
                double one = (start[i] * squares.One) + (byAge[i] * squares.Age) + (byWoman[i] * squares.Woman);
                double ofAge = (start[i] * squares.Age) + (byAge[i] * squares.AgeAge) + (byWoman[i] * squares.AgeWoman);
                double ofWoman = (start[i] * squares.Woman) + (byAge[i] * squares.AgeWoman) + (byWoman[i] * squares.Woman);
                for (int j = 0; j <= i; j++)
                    row[j] += (start[j] * one) + (byAge[j] * ofAge) + (byWoman[j] * ofWoman);
            }
        }
    }

    // The residual is c - a age - w woman + y. With y y = y its square is L^2 + y (1 + 2 L) with L = c - a age - w woman; and woman woman = woman.
    private static Squares Expand(ReadOnlySpan<long> known, ReadOnlySpan<long> counted, double c, double a, double w)
    {
        double f0 = c * c, f1 = -2 * c * a, f2 = a * a;
        double g0 = (w * w) - (2 * w * c), g1 = 2 * w * a;
        double h0 = 1 + (2 * c), h1 = -2 * a, hw = -2 * w;
        ReadOnlySpan<long> knownWoman = known[Powers..];
        ReadOnlySpan<long> countedWoman = counted[(Powers - 1)..];
        Span<double> free = stackalloc double[3];
        for (int p = 0; p <= 2; p++)
            free[p] = (f0 * known[p]) + (f1 * known[p + 1]) + (f2 * known[p + 2]) + (g0 * knownWoman[p]) + (g1 * knownWoman[p + 1])
                + (h0 * counted[p]) + (h1 * counted[p + 1]) + (hw * countedWoman[p]);
        Span<double> woman = stackalloc double[2];
        for (int p = 0; p <= 1; p++)
            woman[p] = ((f0 + g0) * knownWoman[p]) + ((f1 + g1) * knownWoman[p + 1]) + (f2 * knownWoman[p + 2])
                + ((h0 + hw) * countedWoman[p]) + (h1 * countedWoman[p + 1]);
        return new Squares(free[0], free[1], woman[0], free[2], woman[1]);
    }

    // Moments around zero to moments around another origin, exactly.
    private static void Shift(Span<long> moments, long origin)
    {
        for (int step = 0; step < moments.Length - 1; step++)
            for (int i = moments.Length - 1; i > step; i--)
                moments[i] -= origin * moments[i - 1];
    }

    /// <summary>Sums of squares of residuals times these.</summary>
    private readonly record struct Squares(double One, double Age, double Woman, double AgeAge, double AgeWoman);
}
