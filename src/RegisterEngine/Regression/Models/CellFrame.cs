using RegisterEngine.Cells;
using RegisterEngine.Kernels;

namespace RegisterEngine.Regression.Models;

/// <summary>The cells of a sample with their moments: those of their person-years whose transition is known.</summary>
public sealed class CellFrame
{
    private const int PartCells = 4096;

    // One cell of so many of the table, or fewer, are few.
    private const int Rare = 4;

    // Collapsed cells up to which each part of the others has sums of its own.
    private const int FewCells = 256;

    // Of collapsed cells, and where few cells of the table count; others lie in the table.
    private readonly long[]? _lines;

    // By cell, its place there; null where it is the cell.
    private readonly int[]? _places;
    private readonly Dictionary<Dimension, int[]> _values;
    private readonly MomentTable _table;
    private readonly Lock _describing = new();
    private (Measure[] Measures, CellNumbers Numbers)? _numbers;

    private CellFrame(MomentTable table, long[]? lines, int[]? places, KnownControls[] known, int[] sources, Dictionary<Dimension, int[]> values)
    {
        _table = table;
        _lines = lines;
        _places = places;
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
    public bool IsCollapsed { get; private init; }

    /// <summary>The distinct person-years of the table; null where it does not keep them.</summary>
    internal MomentRows? Rows => _table.Rows;

    /// <summary>Cells of a table that have person-years with a known transition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="years">Which years count; null for all.</param>
    /// <param name="within">By place in the table, which cells count; null for all.</param>
    public static CellFrame Of(MomentTable table, Func<int, bool>? years = null, Func<int, bool>? within = null)
    {
        if (years is null && within is null)
            return Of(table, CellChoice.All(table.Count));
        int year = years is null ? -1 : table.Find(Dimension.Year);
        bool[] counts = year < 0 ? [] : [.. table.Dimensions[year].Labels.Select(label => years!(int.Parse(label, System.Globalization.CultureInfo.InvariantCulture)))];
        int[] yearOf = year < 0 ? [] : table.AllOfValues[year];
        return Of(table, CellChoice.Where(table.Count, cell => (year < 0 || counts[yearOf[cell]]) && (within is null || within(cell))));
    }

    /// <summary>Cells of a table that have person-years with a known transition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="candidates">Places in the table of the cells that count, rising.</param>
    internal static CellFrame Of(MomentTable table, int[] candidates)
    {
        int known = table.Basis.Known(0, 0), length = table.Basis.Length;
        long[]? lines = Lines(table, candidates);
        int[] places = CellChoice.Where(candidates.Length, i => (lines is null ? table.Moments(candidates[i])[known] : lines[(i * length) + known]) > 0);
        int[] sources = CellChoice.Among(candidates, places);
        var values = new Dictionary<Dimension, int[]>();
        for (int i = 0; i < table.Dimensions.Count; i++)
            values[table.Dimensions[i].Dimension] = CellChoice.Among(table.AllOfValues[i], sources);
        var knownControls = new KnownControls[sources.Length];
        for (int cell = 0; cell < sources.Length; cell++)
            knownControls[cell] = table.KnownOf(sources[cell]);
        return new CellFrame(table, lines, places, knownControls, sources, values);
    }

    // Where few cells of a table count, their moments lie apart, and are read several times.
    private static long[]? Lines(MomentTable table, int[] cells)
    {
        if (cells.Length > table.Count / Rare)
            return null;
        int length = table.Basis.Length;
        long[] lines = HugePages.Allocate<long>(cells.Length * length);
        Workers.ForParts(cells.Length, PartCells, (from, to) =>
        {
            for (int cell = from; cell < to; cell++)
                table.Moments(cells[cell]).CopyTo(lines.AsSpan(cell * length));
        });
        return lines;
    }

    /// <summary>The moments of a cell.</summary>
    public ReadOnlySpan<long> Line(int cell) => _lines is null
        ? _table.Moments(Sources[cell])
        : _lines.AsSpan((_places is null ? cell : _places[cell]) * Basis.Length, Basis.Length);

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
    public CellFrame Where(Func<int, bool> within) => Among(CellChoice.Where(Count, within));

    /// <summary>The cells of some places, rising.</summary>
    internal CellFrame Among(int[] places)
    {
        if (places.Length == Count)
            return this;
        int[]? lines = _lines is null ? null : _places is null ? places : CellChoice.Among(_places, places);
        return new CellFrame(_table, _lines, lines, CellChoice.Among(Known, places), CellChoice.Among(Sources, places), ValuesAmong(places)) { IsCollapsed = IsCollapsed };
    }

    /// <summary>Cells added together by groups: exact. A collapsed cell has the values of its first cell, so only those that a group has in common mean something.</summary>
    /// <param name="groups">By cell, its group, from 0; cells whose known controls differ must differ here too.</param>
    public CellFrame Collapse(int[] groups) => Collapse(groups, out _);

    /// <inheritdoc cref="Collapse(int[])"/>
    /// <param name="groups">By cell, its group, from 0.</param>
    /// <param name="first">By collapsed cell, its first cell.</param>
    internal CellFrame Collapse(int[] groups, out int[] first)
    {
        int[] targets = Targets(groups, out first);
        int collapsed = first.Length;
        int length = Basis.Length;
        long[] lines = new long[first.Length * length];
        // Whole numbers add up to the same in any order.
        Workers.ForParts(Count, collapsed < FewCells ? PartCells : Math.Max(Count, 1), (from, to) =>
        {
            long[] own = new long[lines.Length];
            for (int cell = from; cell < to; cell++)
                Multiples.Add(Line(cell), 1, own.AsSpan(targets[cell] * length, length));
            lock (lines)
                Multiples.Add(own, 1, lines);
        });
        return new CellFrame(_table, lines, null, CellChoice.Among(Known, first), CellChoice.Among(Sources, first), ValuesAmong(first)) { IsCollapsed = true };
    }

    // By cell, the place of its group among all that have cells; groups are in the order of their first cells.
    private static int[] Targets(int[] groups, out int[] first)
    {
        int[] places = new int[groups.Length == 0 ? 0 : groups.Max() + 1];
        int[] targets = GC.AllocateUninitializedArray<int>(groups.Length);
        var firsts = new List<int>();
        for (int cell = 0; cell < targets.Length; cell++)
        {
            ref int place = ref places[groups[cell]];
            if (place == 0)
            {
                firsts.Add(cell);
                place = firsts.Count;
            }
            targets[cell] = place - 1;
        }
        first = [.. firsts];
        return targets;
    }

    private Dictionary<Dimension, int[]> ValuesAmong(int[] places) => _values.ToDictionary(pair => pair.Key, pair => CellChoice.Among(pair.Value, places));
}
