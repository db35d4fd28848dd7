using System.Buffers;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>A dimension of a table of cells, with the values that it may have, in their order.</summary>
/// <param name="Dimension">What it is.</param>
/// <param name="Labels">Names of the values; the empty text is an unknown one.</param>
public sealed record CellDimension(Dimension Dimension, IReadOnlyList<string> Labels);

/// <summary>
/// Counts of person-years by cell and transition. The second narrow waist: after it nobody knows a person. Counts are whole numbers, so tables add up exactly, in
/// any order. Cells are in the order of their values; those without person-years are not there.
/// </summary>
public sealed class CellTable
{
    private readonly CellList _cells;
    private readonly Divisor[] _strides;
    private readonly Divisor[] _sizes;

    /// <summary>A table of cells that are counted.</summary>
    /// <param name="plan">What was counted.</param>
    /// <param name="dimensions">The dimensions, in the order of the plan.</param>
    /// <param name="cells">The cells; the key of each has its values as one number in mixed radix, the first dimension highest.</param>
    internal CellTable(CellPlan plan, IReadOnlyList<CellDimension> dimensions, CellList cells)
    {
        Plan = plan;
        Dimensions = dimensions;
        _cells = cells;
        _strides = new Divisor[dimensions.Count];
        _sizes = Arrays.Make(dimensions, dimension => new Divisor((ulong)Math.Max(dimension.Labels.Count, 1)));
        ulong stride = 1;
        for (int i = dimensions.Count - 1; i >= 0; i--)
        {
            _strides[i] = new Divisor(Math.Max(stride, 1));
            stride *= (ulong)dimensions[i].Labels.Count;
        }
    }

    /// <summary>What was counted.</summary>
    public CellPlan Plan { get; }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<CellDimension> Dimensions { get; }

    /// <summary>How many cells there are.</summary>
    public int Count => _cells.Count;

    /// <summary>The counts of a cell, by transition.</summary>
    public CellCounts Counts(int cell) => _cells.Counts(cell);

    /// <summary>The counts of cells side by side, several times as fast as one by one.</summary>
    /// <param name="from">The first cell.</param>
    /// <param name="counts">For each cell, room for <see cref="CellCounts.Length"/> counts, in the order of the transitions.</param>
    public void Counts(int from, Span<int> counts) => _cells.CopyCounts(from, counts);

    /// <summary>The value of a cell in a dimension: a place in its labels.</summary>
    public int Value(int cell, int dimension)
    {
        _sizes[dimension].Divide(_strides[dimension].Divide(_cells.Key(cell), out _), out ulong value);
        return (int)value;
    }

    /// <summary>The values of a cell in all dimensions.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="values">One for each dimension.</param>
    public void Values(int cell, Span<int> values)
    {
        ulong key = _cells.Key(cell);
        for (int i = _sizes.Length - 1; i >= 0; i--)
        {
            key = _sizes[i].Divide(key, out ulong value);
            values[i] = (int)value;
        }
    }

    /// <summary>The values of cells side by side in all dimensions, several times as fast as one by one.</summary>
    /// <param name="from">The first cell.</param>
    /// <param name="count">How many cells.</param>
    /// <param name="values">For each dimension, room for as many values.</param>
    public void Values(int from, int count, IReadOnlyList<int[]> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, _sizes.Length);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(count);
        Span<ulong> left = keys.AsSpan(0, count);
        _cells.CopyKeys(from, left);
        for (int i = _sizes.Length - 1; i >= 0; i--)
            _sizes[i].DivideAll(left, values[i]);
        ArrayPool<ulong>.Shared.Return(keys);
    }

    /// <summary>The name of the value of a cell in a dimension.</summary>
    public string Label(int cell, int dimension) => Dimensions[dimension].Labels[Value(cell, dimension)];
}
