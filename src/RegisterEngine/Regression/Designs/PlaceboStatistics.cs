using RegisterEngine.Cells;
using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>Differences of differences of shares: specification (1). A line has, for each measure, counts before and after by the start at hand, then by the year that divides controls.</summary>
internal sealed class PlaceboShares : PlaceboSums
{
    private readonly int _measures;
    private readonly double[] _all;

    public PlaceboShares(EvaluationSample sample, IReadOnlyList<Measure> measures, int[] starts)
        : base(starts.Length, 4 * (measures.Count + 1))
    {
        _measures = measures.Count;
        _all = new double[4 * (_measures + 1)];
        int[] workplaceOf = sample.Frame.Values(Dimension.Workplace);
        double[] counts = new double[_measures + 1];
        for (int cell = 0; cell < sample.Frame.Count; cell++)
        {
            counts[0] = sample.Frame.RowsOf(cell);
            for (int i = 0; i < _measures; i++)
                counts[i + 1] = sample.Frame.Counted(cell, measures[i]);
            int common = 2 + (sample.Years[cell] >= sample.Treatments.StartYear ? 1 : 0);
            Add(_all, common, counts);
            for (int start = 0; start < starts.Length; start++)
            {
                double[] line = Line(workplaceOf[cell], start);
                Add(line, sample.Years[cell] >= starts[start] ? 1 : 0, counts);
                Add(line, common, counts);
            }
        }
    }

    protected override void Effects(ReadOnlySpan<double> line, Span<double> effects)
    {
        int width = _measures + 1;
        for (int i = 0; i < _measures; i++)
        {
            double treated = (line[width + i + 1] / line[width]) - (line[i + 1] / line[0]);
            double after = (_all[(3 * width) + i + 1] - line[(3 * width) + i + 1]) / (_all[3 * width] - line[3 * width]);
            double before = (_all[(2 * width) + i + 1] - line[(2 * width) + i + 1]) / (_all[2 * width] - line[2 * width]);
            effects[i] = treated - (after - before);
        }
    }

    private static void Add(double[] line, int part, double[] counts)
    {
        for (int i = 0; i < counts.Length; i++)
            line[(part * counts.Length) + i] += counts[i];
    }
}

/// <summary>The effect next to age, sex and effects of years and workplaces: specification (3).</summary>
/// <remarks>
/// The other regressors Z are taken out of outcomes once. With D the indicator of the treatment, the effect is D'My / D'MD, M = I - Z (Z'Z)^-1 Z', and all of D'My, Z'D and D'D are sums over the
/// treated workplaces, once effects of workplaces are swept out.
/// </remarks>
internal sealed class PlaceboRegression : PlaceboSums
{
    private readonly int _measures;
    private readonly Matrix _bread;

    public PlaceboRegression(EvaluationSample sample, IReadOnlyList<Measure> measures, int[] starts, Specification specification)
        : this(sample, measures, starts, Others(sample, measures, specification))
    {
    }

    private PlaceboRegression(EvaluationSample sample, IReadOnlyList<Measure> measures, int[] starts, (LeastSquares Fit, int[] Cells) others)
        : base(starts.Length, 1 + measures.Count + others.Fit.Columns)
    {
        _measures = measures.Count;
        _bread = others.Fit.Bread;
        LeastSquares fit = others.Fit;
        int[] workplaceOf = sample.Frame.Values(Dimension.Workplace);
        var rows = new Dictionary<int, double>();
        for (int unit = 0; unit < others.Cells.Length; unit++)
            rows[workplaceOf[others.Cells[unit]]] = rows.GetValueOrDefault(workplaceOf[others.Cells[unit]]) + fit.Problem.Weight[unit];
        var counts = new Dictionary<(int, int), double>();
        for (int unit = 0; unit < others.Cells.Length; unit++)
        {
            int workplace = workplaceOf[others.Cells[unit]];
            double weight = fit.Problem.Weight[unit];
            for (int start = 0; start < starts.Length; start++)
            {
                double[] line = Line(workplace, start);
                if (sample.Years[others.Cells[unit]] < starts[start])
                    continue;
                counts[(workplace, start)] = counts.GetValueOrDefault((workplace, start)) + weight;
                for (int i = 0; i < _measures; i++)
                    line[1 + i] += weight * fit.Residual(i, unit);
                for (int k = 0; k < fit.Columns; k++)
                    line[1 + _measures + k] += weight * fit.Rows.Row(unit)[k];
            }
        }
        foreach (((int workplace, int start), double count) in counts)
            Line(workplace, start)[0] = count - (count * count / rows[workplace]);
    }

    protected override void Effects(ReadOnlySpan<double> line, Span<double> effects)
    {
        ReadOnlySpan<double> cross = line[(1 + _measures)..];
        double left = line[0];
        for (int i = 0; i < cross.Length; i++)
            for (int j = 0; j < cross.Length; j++)
                left -= cross[i] * _bread[i, j] * cross[j];
        for (int i = 0; i < _measures; i++)
            effects[i] = left > 1e-9 * line[0] ? line[1 + i] / left : double.NaN;
    }

    private static (LeastSquares Fit, int[] Cells) Others(EvaluationSample sample, IReadOnlyList<Measure> measures, Specification specification)
    {
        if (specification != Specification.AgeSexAndEffects)
            throw new RegressionException("Placebo treatments are for specifications (1) and (3).");
        CellFrame frame = sample.Frame;
        var model = new CellModel
        {
            Frame = frame,
            Regressors = [CellRegressor.Age(), CellRegressor.Woman(), .. Dummies.Of(frame.Grouping(Dimension.Year, "year")).Select(year => CellRegressor.Of(year.Name, year.Values))],
            Measures = measures,
            Effects = [sample.Workplaces],
        };
        return (LeastSquares.Of(CellProblem.Of(model), Collinearity.Name), CellProblem.Complete(model, out _));
    }
}
