using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Models;

/// <summary>The cells of a sample with their moments: those of their person-years whose transition is known.</summary>
public sealed class CellFrame
{
    // Of collapsed cells only; others lie in the table.
    private readonly long[]? _lines;
    private readonly Dictionary<Dimension, int[]> _values;
    private readonly MomentTable _table;
    private readonly Lock _describing = new();
    private (Measure[] Measures, CellNumbers Numbers)? _numbers;

    private CellFrame(MomentTable table, long[]? lines, KnownControls[] known, int[] sources, Dictionary<Dimension, int[]> values)
    {
        _table = table;
        _lines = lines;
        _values = values;
        Known = known;
        Sources = sources;
    }

    /// <summary>Which moments a cell has.</summary>
    public MomentBasis Basis => _table.Basis;

    /// <summary>How many cells there are.</summary>
    public int Count => Known.Length;

    /// <summary>By cell, which controls are known.</summary>
    public KnownControls[] Known { get; }

    /// <summary>By cell, its place in the table; of collapsed cells, the first.</summary>
    internal int[] Sources { get; }

    /// <summary>Whether cells of the table were added together.</summary>
    public bool IsCollapsed => _lines is not null;

    /// <summary>The distinct person-years of the table; null where it does not keep them.</summary>
    internal MomentRows? Rows => _table.Rows;

    /// <summary>Cells of a table that have person-years with a known transition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="years">Which years count; null for all.</param>
    /// <param name="within">By place in the table, which cells count; null for all.</param>
    public static CellFrame Of(MomentTable table, Func<int, bool>? years = null, Func<int, bool>? within = null)
    {
        int known = table.Basis.Known(0, 0);
        int year = years is null ? -1 : table.Find(Dimension.Year);
        bool[] counts = year < 0 ? [] : [.. table.Dimensions[year].Labels.Select(label => years!(int.Parse(label, System.Globalization.CultureInfo.InvariantCulture)))];
        int[] yearOf = year < 0 ? [] : table.AllOfValues[year];
        int[] sources = CellChoice.Where(table.Count, cell => (year < 0 || counts[yearOf[cell]]) && (within is null || within(cell)) && table.Moments(cell)[known] > 0);
        var values = new Dictionary<Dimension, int[]>();
        for (int i = 0; i < table.Dimensions.Count; i++)
            values[table.Dimensions[i].Dimension] = CellChoice.Among(table.AllOfValues[i], sources);
        var knownControls = new KnownControls[sources.Length];
        for (int cell = 0; cell < sources.Length; cell++)
            knownControls[cell] = table.KnownOf(sources[cell]);
        return new CellFrame(table, null, knownControls, sources, values);
    }

    /// <summary>The moments of a cell.</summary>
    public ReadOnlySpan<long> Line(int cell) => _lines is null ? _table.Moments(Sources[cell]) : _lines.AsSpan(cell * Basis.Length, Basis.Length);

    /// <summary>The values of all cells in a dimension: places in <see cref="Labels"/>.</summary>
    /// <exception cref="RegressionException">The table is not by this dimension.</exception>
    public int[] Values(Dimension dimension) => _values.TryGetValue(dimension, out int[]? values)
        ? values
        : throw new RegressionException($"Table '{_table.Plan.Name}' is not grouped by {dimension}: add it to the plan of its moments.");

    /// <summary>The names of values in a dimension.</summary>
    public IReadOnlyList<string> Labels(Dimension dimension) => _table.Dimensions[_table.Find(dimension)].Labels;

    /// <summary>A dimension as a factor.</summary>
    public Grouping Grouping(Dimension dimension, string name) => new(name, Values(dimension), Labels(dimension).Count);

    /// <summary>By cell, the year as a number.</summary>
    public int[] Years()
    {
        int[] years = [.. Labels(Dimension.Year).Select(label => int.Parse(label, System.Globalization.CultureInfo.InvariantCulture))];
        int[] values = Values(Dimension.Year);
        int[] yearOf = GC.AllocateUninitializedArray<int>(values.Length);
        for (int cell = 0; cell < yearOf.Length; cell++)
            yearOf[cell] = years[values[cell]];
        return yearOf;
    }

    /// <summary>Person-years with a known transition.</summary>
    public long RowsOf(int cell) => Line(cell)[Basis.Known(0, 0)];

    /// <summary>Those that a measure counts.</summary>
    public long Counted(int cell, Measure measure)
    {
        long sum = 0;
        ReadOnlySpan<long> line = Line(cell);
        foreach (RegisterEngine.Panel.Transition transition in measure.Counted())
            sum += line[Basis.Of(transition, 0, 0)];
        return sum;
    }

    /// <summary>The numbers that models of some outcomes start from; those of the last outcomes are kept.</summary>
    internal CellNumbers Numbers(IReadOnlyList<Measure> measures)
    {
        lock (_describing)
        {
            if (_numbers is not { } last || !last.Measures.SequenceEqual(measures))
                _numbers = last = ([.. measures], new CellNumbers(this, measures));
            return last.Numbers;
        }
    }

    /// <summary>Some of the cells.</summary>
    public CellFrame Where(Func<int, bool> within)
    {
        int[] places = CellChoice.Where(Count, within);
        if (places.Length == Count)
            return this;
        int length = Basis.Length;
        long[]? lines = _lines is null ? null : new long[places.Length * length];
        for (int i = 0; i < places.Length && lines is not null; i++)
            Line(places[i]).CopyTo(lines.AsSpan(i * length));
        return new CellFrame(
            _table, lines, CellChoice.Among(Known, places), CellChoice.Among(Sources, places), _values.ToDictionary(pair => pair.Key, pair => CellChoice.Among(pair.Value, places)));
    }

    /// <summary>Cells added together by groups: exact. A collapsed cell has the values of its first cell, so only those that a group has in common mean something.</summary>
    /// <param name="groups">By cell, its group; cells whose known controls differ must differ here too.</param>
    public CellFrame Collapse(int[] groups)
    {
        var places = new Dictionary<int, int>();
        var first = new List<int>();
        int[] targets = new int[Count];
        for (int cell = 0; cell < Count; cell++)
        {
            if (!places.TryGetValue(groups[cell], out targets[cell]))
            {
                places[groups[cell]] = targets[cell] = first.Count;
                first.Add(cell);
            }
        }
        int length = Basis.Length;
        long[] lines = new long[first.Count * length];
        for (int cell = 0; cell < Count; cell++)
        {
            Span<long> sums = lines.AsSpan(targets[cell] * length, length);
            ReadOnlySpan<long> line = Line(cell);
            for (int i = 0; i < length; i++)
                sums[i] += line[i];
        }
        int[] firsts = [.. first];
        return new CellFrame(
            _table, lines, CellChoice.Among(Known, firsts), CellChoice.Among(Sources, firsts), _values.ToDictionary(pair => pair.Key, pair => CellChoice.Among(pair.Value, firsts)));
    }
}
