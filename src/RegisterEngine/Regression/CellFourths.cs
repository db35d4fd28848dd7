using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression;

/// <summary>Moments of cells up to degree four, from which robust errors follow exactly.</summary>
/// <param name="frame">The cells with their moments.</param>
/// <param name="measures">The outcomes.</param>
/// <param name="cells">For each unit, its cell in the frame.</param>
internal sealed class CellFourths(CellFrame frame, IReadOnlyList<Measure> measures, int[] cells)
{
    private const int Lanes = SquareBlock.Lanes;

    // Sums run over parts of a fixed size in a fixed order, whatever the number of threads.
    private const int PartUnits = 2048;

    /// <summary>What to say where moments are not of degree four.</summary>
    public const string NeedsFourths = "Robust errors need moments up to degree four: ask for them in the plan, or for classical or clustered errors.";

    private readonly FourthMoments _moments = new(frame.Basis, measures);

    /// <summary>The units of some places.</summary>
    public CellFourths Among(int[] places) => new(frame, measures, [.. places.Select(place => cells[place])]);

    /// <summary>By outcome, the squares of residuals times the products of any two columns, over the rows of all units.</summary>
    /// <param name="rows">Columns, then residuals of the outcomes, by unit.</param>
    /// <param name="within">How columns vary within units.</param>
    /// <param name="coefficients">By outcome, those of the columns.</param>
    public Matrix[] Meats(WorkingRows rows, WithinCells within, double[][] coefficients)
    {
        int size = rows.Terms, pairs = size * (size + 1) / 2;
        double[][] parts = new double[(rows.Count + PartUnits - 1) / PartUnits][];
        Workers.ForParts(rows.Count, PartUnits, (from, to) => parts[from / PartUnits] = Sums(rows, within, coefficients, from, to));
        for (int part = 1; part < parts.Length; part++)
            Kernels.Lanes.AddMultiple(1, parts[part], parts[0]);
        var meats = new Matrix[coefficients.Length];
        for (int outcome = 0, at = 0; outcome < meats.Length; outcome++)
        {
            meats[outcome] = new Matrix(size, size);
            for (int i = 0; i < size; i++)
                for (int j = 0; j <= i; j++, at += Lanes)
                    meats[outcome][i, j] = meats[outcome][j, i] = Kernels.Lanes.Sum(parts[0].AsSpan(at, Lanes));
        }
        return meats;
    }

    private double[] Sums(WorkingRows rows, WithinCells within, double[][] coefficients, int from, int to)
    {
        int size = rows.Terms, outcomes = coefficients.Length;
        long[] known = new long[SquareBlock.KnownMoments * Lanes], counted = new long[outcomes * SquareBlock.CountedMoments * Lanes];
        double[] numbers = new double[3 * (size + outcomes) * Lanes];
        var block = new SquareBlock
        {
            Size = size,
            Outcomes = outcomes,
            Known = known,
            Counted = counted,
            Means = numbers.AsSpan(0, size * Lanes),
            Residuals = numbers.AsSpan(size * Lanes, outcomes * Lanes),
            ByAge = numbers.AsSpan((size + outcomes) * Lanes, size * Lanes),
            ByWoman = numbers.AsSpan(((2 * size) + outcomes) * Lanes, size * Lanes),
            Ages = numbers.AsSpan(((3 * size) + outcomes) * Lanes, outcomes * Lanes),
            Women = numbers.AsSpan(((3 * size) + (2 * outcomes)) * Lanes, outcomes * Lanes),
        };
        double[] sums = new double[block.Sums];
        bool isPlain = within.IsPlain;
        for (int first = from; first < to; first += Lanes)
        {
            int count = Math.Min(Lanes, to - first);
            for (int lane = 0; lane < count; lane++)
            {
                _moments.Describe(frame.Line(cells[first + lane]), lane, known, counted);
                ReadOnlySpan<double> row = rows.Row(first + lane);
                for (int i = 0; i < size + outcomes; i++)
                    numbers[(i * Lanes) + lane] = row[i];
                Span<double> slopes = numbers.AsSpan((size + outcomes) * Lanes);
                if (first == from || !isPlain)
                    Slopes(first + lane, lane, within, coefficients, slopes[..(size * Lanes)], slopes.Slice(size * Lanes, size * Lanes), slopes[(2 * size * Lanes)..]);
            }
            if (count == Lanes)
                block.Add(sums);
            else
                for (int lane = 0; lane < count; lane++)
                    block.AddScalar(lane, sums);
        }
        return sums;
    }

    // By how much regressors grow with age and are more for a woman, and by how much residuals fall.
    private static void Slopes(int unit, int lane, WithinCells within, double[][] coefficients, Span<double> byAge, Span<double> byWoman, Span<double> falls)
    {
        for (int at = lane; at < falls.Length; at += Lanes)
            falls[at] = 0;
        for (int i = 0; i < within.Bases.Length; i++)
        {
            if (within.Bases[i] == CellBase.None)
                continue;
            bool isAge = within.Bases[i] == CellBase.Age;
            double factor = within.Factors[i]?[unit] ?? 1;
            (isAge ? byAge : byWoman)[(i * Lanes) + lane] = factor;
            Span<double> own = isAge ? falls[..(coefficients.Length * Lanes)] : falls[(coefficients.Length * Lanes)..];
            for (int outcome = 0; outcome < coefficients.Length; outcome++)
                own[(outcome * Lanes) + lane] += factor * coefficients[outcome][i];
        }
    }
}
