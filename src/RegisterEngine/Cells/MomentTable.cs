using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>
/// Moments of person-years by cell: after it nobody knows a person. Moments are whole numbers, so tables add up exactly, in any order. Cells are in the order of
/// their values; those without person-years are not there.
/// </summary>
/// <remarks>Person-years whose age or sex is unknown have cells of their own beside the others: see <see cref="KnownOf"/>. An unknown age counts as 0 there.</remarks>
public sealed class MomentTable
{
    private const int PartCells = 32768;

    private readonly ulong[] _keys;
    private readonly long[] _moments;
    private readonly Lazy<int[][]> _values;

    /// <summary>A table of cells whose moments are summed.</summary>
    /// <param name="plan">What was summed.</param>
    /// <param name="dimensions">The dimensions, in the order of the plan.</param>
    /// <param name="keys">Values of each cell as one number in mixed radix, the first dimension highest, then two bits for the known controls; ascending.</param>
    /// <param name="moments">The moments of one cell after the other, as <see cref="Basis"/> tells.</param>
    /// <param name="rows">The distinct person-years, where they are kept.</param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public MomentTable(MomentPlan plan, IReadOnlyList<CellDimension> dimensions, ulong[] keys, long[] moments, MomentRows? rows)
    {
        Plan = plan;
        Dimensions = dimensions;
        Basis = new MomentBasis(plan.Degree);
        ArgumentOutOfRangeException.ThrowIfNotEqual(moments.Length, keys.Length * Basis.Length);
        if (plan.KeepRows != rows is not null || (rows is not null && rows.Cells != keys.Length))
            throw new ArgumentException("The distinct person-years are there if and only if the plan keeps them.", nameof(rows));
        Rows = rows;
        _keys = keys;
        _moments = moments;
        _values = new Lazy<int[][]>(AllValues);
    }

    /// <summary>What was summed.</summary>
    public MomentPlan Plan { get; }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<CellDimension> Dimensions { get; }

    /// <summary>Which moments a cell has.</summary>
    public MomentBasis Basis { get; }

    /// <summary>The distinct person-years of the cells; null where the plan does not keep them.</summary>
    public MomentRows? Rows { get; }

    /// <summary>How many cells there are.</summary>
    public int Count => _keys.Length;

    /// <summary>The moments of a cell.</summary>
    public ReadOnlySpan<long> Moments(int cell) => _moments.AsSpan(cell * Basis.Length, Basis.Length);

    /// <summary>Which controls are known of the person-years of a cell.</summary>
    public KnownControls KnownOf(int cell) => (KnownControls)(_keys[cell] & (ulong)KnownControls.Both);

    /// <summary>The value of a cell in a dimension: a place in its labels.</summary>
    public int Value(int cell, int dimension) => _values.Value[dimension][cell];

    /// <summary>The name of the value of a cell in a dimension.</summary>
    public string Label(int cell, int dimension) => Dimensions[dimension].Labels[Value(cell, dimension)];

    /// <summary>The values of all cells in a dimension.</summary>
    public ReadOnlySpan<int> Values(int dimension) => _values.Value[dimension];

    /// <summary>The place of a dimension in the table, or -1.</summary>
    public int Find(Dimension dimension)
    {
        for (int i = 0; i < Dimensions.Count; i++)
            if (Dimensions[i].Dimension == dimension)
                return i;
        return -1;
    }

    /// <summary>The sum of age^p * woman^q over the person-years of a cell that a measure counts.</summary>
    public long Counted(int cell, Measure measure, int p, int q)
    {
        long sum = 0;
        foreach (Transition transition in measure.Counted())
            sum += Moments(cell)[Basis.Of(transition, p, q)];
        return sum;
    }

    /// <summary>Adds two tables of the same plan and labels: exact, in any order.</summary>
    /// <exception cref="ArgumentException">They are not of the same plan and labels.</exception>
    public static MomentTable Merge(MomentTable a, MomentTable b)
    {
        bool isSame = a.Plan == b.Plan && a.Dimensions.Zip(b.Dimensions).All(pair => pair.First.Labels.SequenceEqual(pair.Second.Labels));
        return isSame ? MomentMerge.Merge(a, b) : throw new ArgumentException("Only tables of the same plan and labels can be added.", nameof(b));
    }

    /// <summary>The values of each cell as one number.</summary>
    internal ReadOnlySpan<ulong> Keys => _keys;

    /// <summary>By dimension, the values of all cells.</summary>
    internal IReadOnlyList<int[]> AllOfValues => _values.Value;

    private int[][] AllValues()
    {
        int[][] values = [.. Dimensions.Select(_ => GC.AllocateUninitializedArray<int>(Count))];
        Divisor[] sizes = [.. Dimensions.Select(dimension => new Divisor((ulong)Math.Max(dimension.Labels.Count, 1)))];
        Workers.ForParts(Count, PartCells, (from, to) =>
        {
            ulong[] left = GC.AllocateUninitializedArray<ulong>(to - from);
            for (int i = 0; i < left.Length; i++)
                left[i] = _keys[from + i] >> PersonFacts.KnownBits;
            for (int i = sizes.Length - 1; i >= 0; i--)
                sizes[i].DivideAll(left, values[i].AsSpan(from..to));
        });
        return values;
    }
}
