using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>Robust errors of all workplaces against all others.</summary>
/// <remarks>
/// Without age, sex and years the indicator of a workplace is u' = 1 - u in its own rows and -u in all others, with u a form of age and sex for each year. The square of u times that of the residual is summed over all rows of
/// each year, from moments of the whole year; own rows are taken out there and added with u'. So a workplace costs its own cells and one for each year.
/// </remarks>
internal sealed class NationalSquares
{
    private const int PartWorkplaces = 128;

    // Terms of the model: the constant, age, being a woman, then years after the first.
    private const int FirstYear = 3;

    private readonly CellFrame _frame;
    private readonly IReadOnlyList<Measure> _measures;
    private readonly LeastSquares _fit;
    private readonly LevelOrder _order;
    private readonly int[] _cells;
    private readonly int[] _yearOf;
    private readonly long[][] _years;
    private readonly double[][] _coefficients;

    /// <summary>Errors for a fit of age, sex and years.</summary>
    /// <param name="frame">The cells.</param>
    /// <param name="cells">By unit of the fit, its cell.</param>
    /// <param name="measures">The outcomes.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="places">By cell, the place of its workplace.</param>
    public NationalSquares(CellFrame frame, int[] cells, IReadOnlyList<Measure> measures, LeastSquares fit, int[] places)
    {
        (_frame, _cells, _measures, _fit) = (frame, cells, measures, fit);
        _order = LevelOrder.Of(new Grouping("workplace", CellChoice.Among(places, cells), places.Length == 0 ? 0 : places.Max() + 1));
        int[] years = frame.Years(), distinct = [.. years.Distinct().Order()];
        _yearOf = [.. cells.Select(cell => Array.IndexOf(distinct, years[cell]))];
        _years = [.. distinct.Select(_ => new long[frame.Basis.Length])];
        for (int unit = 0; unit < cells.Length; unit++)
            Multiples.Add(frame.Line(cells[unit]), 1, _years[_yearOf[unit]]);
        _coefficients = [.. fit.Coefficients.Select(Reported)];
    }

    /// <summary>Writes HC1 errors in the place of others.</summary>
    /// <param name="effects">By outcome, the effects of all workplaces.</param>
    /// <param name="sums">By column of the fit and workplace, the sums of its rows.</param>
    /// <param name="left">By workplace, the square of its indicator that the others leave.</param>
    /// <param name="factor">n / (n - K).</param>
    public void WriteErrors(WorkplaceEffects[] effects, double[][] sums, double[] left, double factor) => Workers.ForParts(left.Length, PartWorkplaces, (from, to) =>
    {
        var squares = new SquareForms(_frame.Basis, _measures);
        double[] totals = new double[effects.Length];
        var others = new LinearForm[effects.Length];
        var own = new LinearForm[effects.Length];
        for (int at = from; at < to && at < _order.Levels; at++)
        {
            double[] ofColumns = Reported(_fit.Bread.Times([.. sums.Select(column => column[at])]));
            for (int year = 0; year < _years.Length; year++)
                if (_years[year][_frame.Basis.Known(0, 0)] > 0)
                    squares.Add(_years[year], 1, Form(ofColumns, year), Fits(year, others, 0));
            foreach (int unit in _order.Of(at))
            {
                ReadOnlySpan<long> line = _frame.Line(_cells[unit]);
                LinearForm u = Form(ofColumns, _yearOf[unit]);
                squares.Add(line, -1, u, Fits(_yearOf[unit], others, 0));
                squares.Add(line, 1, new LinearForm(1 - u.Constant, -u.Age, -u.Woman), Fits(_yearOf[unit], own, 1));
            }
            squares.Finish(totals);
            for (int outcome = 0; outcome < totals.Length; outcome++)
                effects[outcome].Error[at] = double.IsFinite(effects[outcome].Value[at]) ? Math.Sqrt(factor * Math.Max(0, totals[outcome])) / left[at] : double.NaN;

            // What the model with the indicator fits: the indicator is u less where it is 0.
            LinearForm[] Fits(int year, LinearForm[] fits, double indicator)
            {
                LinearForm u = Form(ofColumns, year);
                for (int outcome = 0; outcome < fits.Length; outcome++)
                {
                    double effect = double.IsFinite(effects[outcome].Value[at]) ? effects[outcome].Value[at] : 0;
                    LinearForm fit = Form(_coefficients[outcome], year);
                    fits[outcome] = new LinearForm(fit.Constant + (effect * (indicator - u.Constant)), fit.Age - (effect * u.Age), fit.Woman - (effect * u.Woman));
                }
                return fits;
            }
        }
    });

    private static LinearForm Form(double[] terms, int year) => new(terms[0] + (year > 0 ? terms[FirstYear + year - 1] : 0), terms[1], terms[2]);

    // By term of the model; those that are made up by others have nothing.
    private double[] Reported(double[] working)
    {
        double[] kept = _fit.ToReported is { } to ? to.Times(working) : working;
        double[] terms = new double[_fit.Terms.Names.Count];
        for (int i = 0; i < kept.Length; i++)
            terms[_fit.Terms.Kept[i]] = kept[i];
        return terms;
    }
}
