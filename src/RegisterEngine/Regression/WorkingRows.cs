using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Terms and outcomes of a model, unit by unit: a row has its terms, then its outcomes, then zeros up to whole vectors. So every pass over the units goes once through memory.</summary>
/// <remarks>Sums run over blocks of a fixed size in a fixed order, whatever the number of threads.</remarks>
internal sealed class WorkingRows
{
    private const int Lanes = RowProducts.Lanes;
    private const int BlockRows = 1024;

    private readonly double[] _weight;

    public WorkingRows(double[] weight, IReadOnlyList<double[]> terms, IReadOnlyList<double[]> outcomes)
    {
        _weight = weight;
        Terms = terms.Count;
        Outcomes = outcomes.Count;
        Stride = (Terms + Outcomes + Lanes - 1) / Lanes * Lanes;
        Values = HugePages.Allocate<double>(checked(weight.Length * Stride));
        double[][] columns = [.. terms, .. outcomes];
        InBlocks((from, to) =>
        {
            for (int unit = from; unit < to; unit++)
            {
                Span<double> row = Row(unit);
                for (int i = 0; i < columns.Length; i++)
                    row[i] = columns[i][unit];
                row[columns.Length..].Clear();
            }
        });
    }

    /// <summary>Terms of a row.</summary>
    public int Terms { get; private set; }

    /// <summary>Outcomes of a row; once the fit is known, their residuals.</summary>
    public int Outcomes { get; }

    /// <summary>Numbers of a row.</summary>
    public int Stride { get; }

    /// <summary>All rows.</summary>
    public double[] Values { get; }

    /// <summary>Units.</summary>
    public int Count => _weight.Length;

    private int Blocks => (Count + BlockRows - 1) / BlockRows;

    /// <summary>The row of a unit.</summary>
    public Span<double> Row(int unit) => Values.AsSpan(unit * Stride, Stride);

    /// <summary>One of the terms or outcomes, by unit.</summary>
    public double[] Column(int place)
    {
        double[] column = GC.AllocateUninitializedArray<double>(Count);
        for (int unit = 0; unit < column.Length; unit++)
            column[unit] = Values[(unit * Stride) + place];
        return column;
    }

    /// <summary>Weighted sums of products of all pairs of terms and outcomes: both triangles.</summary>
    public Matrix Gram()
    {
        int count = Terms + Outcomes;
        double[] sums = BlockSums(count);
        var gram = new Matrix(count, count);
        for (int i = 0; i < count; i++)
            for (int j = 0; j <= i; j++)
                gram[i, j] = gram[j, i] = sums[(i * Stride) + j];
        return gram;
    }

    /// <summary>Subtracts from all terms but the first, which is one everywhere, their means.</summary>
    /// <returns>The means.</returns>
    public double[] Centre()
    {
        double[] means = new double[Terms];
        // A second time for what the rounding of the mean left.
        for (int turn = 0; turn < 2; turn++)
        {
            double[] sums = BlockSums(1);
            double[] line = new double[Stride];
            for (int i = 1; i < Terms; i++)
                means[i] += line[i] = sums[i] / sums[0];
            InBlocks((from, to) => RowProducts.Subtract(Values.AsSpan(from * Stride, (to - from) * Stride), Stride, 1, line));
        }
        return means;
    }

    /// <summary>Keeps some of the terms, and puts residuals in the place of outcomes.</summary>
    /// <param name="kept">The terms, rising.</param>
    /// <param name="coefficients">By outcome, the coefficients of kept terms.</param>
    /// <returns>By outcome, the weighted sum of squares of residuals.</returns>
    public double[] Fit(int[] kept, double[][] coefficients)
    {
        int all = Terms;
        Terms = kept.Length;
        double[] factors = new double[kept.Length * Stride];
        for (int outcome = 0; outcome < Outcomes; outcome++)
            for (int i = 0; i < kept.Length; i++)
                factors[(i * Stride) + kept.Length + outcome] = coefficients[outcome][i];
        double[][] squares = [.. Enumerable.Range(0, Outcomes).Select(_ => new double[Blocks])];
        InBlocks((from, to) =>
        {
            for (int unit = from; unit < to && all > kept.Length; unit++)
                Pack(Row(unit), kept, all);
            RowProducts.Subtract(Values.AsSpan(from * Stride, (to - from) * Stride), Stride, kept.Length, factors);
            Span<double> residuals = stackalloc double[to - from];
            for (int outcome = 0; outcome < Outcomes; outcome++)
            {
                for (int unit = from; unit < to; unit++)
                    residuals[unit - from] = Values[(unit * Stride) + kept.Length + outcome];
                squares[outcome][from / BlockRows] = Kernels.Lanes.Dot(_weight.AsSpan(from, to - from), residuals, residuals);
            }
        });
        return [.. squares.Select(parts => Kernels.Lanes.Sum(parts))];
    }

    /// <summary>Does work on blocks of units, of a fixed size, by all processors.</summary>
    public void InBlocks(Action<int, int> work) => Workers.ForParts(Count, BlockRows, work, fewest: 32);

    private void Pack(Span<double> row, int[] kept, int all)
    {
        for (int i = 0; i < kept.Length; i++)
            row[i] = row[kept[i]];
        row.Slice(all, Outcomes).CopyTo(row[kept.Length..]);
        row[(kept.Length + Outcomes)..].Clear();
    }

    // Of the first few terms with all.
    private double[] BlockSums(int variables)
    {
        int size = variables * Stride;
        double[] parts = new double[Blocks * size];
        InBlocks((from, to) =>
        {
            Span<int> rows = stackalloc int[BlockRows];
            for (int unit = from; unit < to; unit++)
                rows[unit - from] = unit;
            RowProducts.Add(Values, Stride, _weight, rows[..(to - from)], variables, 0, parts.AsSpan(from / BlockRows * size, size));
        });
        double[] sums = new double[size];
        for (int block = 0; block < Blocks; block++)
            Kernels.Lanes.AddMultiple(1, parts.AsSpan(block * size, size), sums);
        return sums;
    }
}
