using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>Robust errors of the effect of Post next to a constant, age and sex, at all workplaces.</summary>
/// <remarks>With v the last row of the inverse of the normal equations, the variance is n / (n - 4) times the sum of the squares of v'x times those of residuals: v'x is a form of age and sex for each period.</remarks>
/// <param name="frame">The cells.</param>
/// <param name="measures">The outcomes.</param>
/// <param name="places">By cell, the place of its workplace.</param>
/// <param name="years">By cell, its year.</param>
/// <param name="start">First year after.</param>
/// <param name="ageOrigin">The age that the normal equations are around.</param>
internal sealed class WorkplaceSquares(CellFrame frame, IReadOnlyList<Measure> measures, int[] places, int[] years, int start, double ageOrigin)
{
    private const int PartWorkplaces = 128;
    private const int Unknowns = 4;

    /// <summary>Writes HC1 errors in the place of others.</summary>
    /// <param name="effects">By outcome, the effects of all workplaces.</param>
    /// <param name="factors">The factors of their normal equations, as a structure of arrays.</param>
    /// <param name="rights">By outcome, their right sides, solved forwards.</param>
    /// <param name="rows">By workplace, its person-years.</param>
    public void WriteErrors(WorkplaceEffects[] effects, double[] factors, double[][] rights, double[] rows)
    {
        int stride = rows.Length;
        LevelOrder order = LevelOrder.Of(new Grouping("workplace", places, stride));
        Workers.ForParts(stride, PartWorkplaces, (from, to) =>
        {
            var squares = new SquareForms(frame.Basis, measures);
            double[] totals = new double[effects.Length], last = new double[Unknowns];
            double[][] coefficients = [.. effects.Select(_ => new double[Unknowns])];
            var fits = new LinearForm[effects.Length];
            for (int at = from; at < to; at++)
            {
                if (!double.IsFinite(effects[0].Error[at]))
                    continue;
                last.AsSpan().Clear();
                last[^1] = 1 / factors[(Place(Unknowns - 1, Unknowns - 1) * stride) + at];
                SolveBackwards(at, last);
                for (int outcome = 0; outcome < fits.Length; outcome++)
                {
                    for (int i = 0; i < Unknowns; i++)
                        coefficients[outcome][i] = rights[outcome][(i * stride) + at];
                    SolveBackwards(at, coefficients[outcome]);
                }
                foreach (int cell in order.Of(at))
                {
                    if (frame.Known[cell] != KnownControls.Both)
                        continue;
                    bool isAfter = years[cell] >= start;
                    for (int outcome = 0; outcome < fits.Length; outcome++)
                        fits[outcome] = Form(coefficients[outcome], isAfter);
                    squares.Add(frame.Line(cell), 1, Form(last, isAfter), fits);
                }
                squares.Finish(totals);
                for (int outcome = 0; outcome < totals.Length; outcome++)
                    effects[outcome].Error[at] = Math.Sqrt(rows[at] / (rows[at] - Unknowns) * Math.Max(0, totals[outcome]));
            }
        });

        void SolveBackwards(int at, double[] values)
        {
            for (int i = Unknowns - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < Unknowns; k++)
                    values[i] -= factors[(Place(k, i) * stride) + at] * values[k];
                values[i] /= factors[(Place(i, i) * stride) + at];
            }
        }
    }

    // Unknowns are the constant, age around its origin, being a woman, and Post.
    private LinearForm Form(double[] values, bool isAfter) => new(values[0] - (values[1] * ageOrigin) + (isAfter ? values[3] : 0), values[1], values[2]);

    private static int Place(int row, int column) => (row * (row + 1) / 2) + column;
}
