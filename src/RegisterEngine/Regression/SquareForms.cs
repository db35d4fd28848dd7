using RegisterEngine.Cells;
using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>A number that a person-year has: a constant of its cell, and so much for each year of age and for a woman.</summary>
internal readonly record struct LinearForm(double Constant, double Age, double Woman);

/// <summary>Sums over the rows of cells of the square of a form times the square of a residual, by outcome, from moments up to degree four: for one thread.</summary>
internal sealed class SquareForms
{
    private const int Lanes = SquareBlock.Lanes;

    private readonly MomentBasis _basis;
    private readonly FourthMoments _fourths;
    private readonly long[] _known = new long[SquareBlock.KnownMoments * Lanes];
    private readonly long[] _counted;
    private readonly double[] _residuals;
    private readonly double[] _ages;
    private readonly double[] _women;
    private readonly double[] _means = new double[Lanes];
    private readonly double[] _byAge = new double[Lanes];
    private readonly double[] _byWoman = new double[Lanes];
    private readonly double[] _signs = new double[Lanes];
    private readonly double[] _sums;
    private readonly double[] _totals;
    private int _count;

    /// <summary>Sums for some outcomes.</summary>
    /// <exception cref="RegressionException">The moments are not of degree four.</exception>
    public SquareForms(MomentBasis basis, IReadOnlyList<Measure> measures)
    {
        if (basis.Degree < MomentBasis.HighestDegree)
            throw new RegressionException(CellFourths.NeedsFourths);
        _basis = basis;
        _fourths = new FourthMoments(basis, measures);
        int numbers = measures.Count * Lanes;
        _counted = new long[numbers * SquareBlock.CountedMoments];
        (_residuals, _ages, _women, _sums) = (new double[numbers], new double[numbers], new double[numbers], new double[numbers]);
        _totals = new double[measures.Count];
    }

    /// <summary>Adds the rows of a cell.</summary>
    /// <param name="moments">The moments of the cell.</param>
    /// <param name="sign">What their sum is multiplied with.</param>
    /// <param name="form">The form whose square counts.</param>
    /// <param name="fits">By outcome, what is fitted to it.</param>
    public void Add(ReadOnlySpan<long> moments, double sign, LinearForm form, ReadOnlySpan<LinearForm> fits)
    {
        int lane = _count++;
        _fourths.Describe(moments, lane, _known, _counted);
        double rows = moments[_basis.Known(0, 0)], age = moments[_basis.Known(1, 0)] / rows, woman = moments[_basis.Known(0, 1)] / rows;
        _signs[lane] = sign;
        (_means[lane], _byAge[lane], _byWoman[lane]) = (form.Constant + (form.Age * age) + (form.Woman * woman), form.Age, form.Woman);
        for (int outcome = 0, at = lane; outcome < fits.Length; outcome++, at += Lanes)
        {
            LinearForm fit = fits[outcome];
            double counted = _counted[(outcome * SquareBlock.CountedMoments * Lanes) + lane];
            _residuals[at] = (counted / rows) - fit.Constant - (fit.Age * age) - (fit.Woman * woman);
            (_ages[at], _women[at]) = (fit.Age, fit.Woman);
        }
        if (_count == Lanes)
            Flush();
    }

    /// <summary>Writes the sums by outcome, and begins anew.</summary>
    public void Finish(Span<double> totals)
    {
        Flush();
        _totals.CopyTo(totals);
        _totals.AsSpan().Clear();
    }

    private void Flush()
    {
        var block = new SquareBlock
        {
            Size = 1,
            Outcomes = _totals.Length,
            Known = _known,
            Counted = _counted,
            Residuals = _residuals,
            Ages = _ages,
            Women = _women,
            Means = _means,
            ByAge = _byAge,
            ByWoman = _byWoman,
        };
        _sums.AsSpan().Clear();
        if (_count == Lanes)
            block.Add(_sums);
        else
            for (int lane = 0; lane < _count; lane++)
                block.AddScalar(lane, _sums);
        for (int outcome = 0; outcome < _totals.Length; outcome++)
            for (int lane = 0; lane < _count; lane++)
                _totals[outcome] += _signs[lane] * _sums[(outcome * Lanes) + lane];
        _count = 0;
    }
}
