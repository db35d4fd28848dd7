using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Counts person-years for all tables of a run: for one thread.</summary>
public sealed class CellWriter
{
    internal const int ChunkRows = 2048;

    private readonly DimensionReader[] _readers;
    private readonly SampleFilter[] _filters;
    private readonly RowValues _values;
    private readonly bool _hasMoments;

    internal CellWriter(DimensionReader[] readers, SampleFilter[] filters, TableCounter[] counters, TableCounter[] moments)
    {
        _readers = readers;
        _filters = filters;
        _hasMoments = moments.Length > 0;
        Counters = counters;
        Moments = moments;
        _values = new RowValues(readers.Length, filters.Length);
    }

    /// <summary>The counters, one for each table.</summary>
    internal TableCounter[] Counters { get; }

    /// <summary>The counters of moments, one for each table.</summary>
    internal TableCounter[] Moments { get; }

    /// <summary>Adds person-years.</summary>
    public void Add(ReadOnlySpan<PanelRow> rows)
    {
        while (!rows.IsEmpty)
        {
            int count = Math.Min(ChunkRows, rows.Length);
            Read(rows[..count]);
            foreach (TableCounter counter in Counters)
                counter.Add(_values);
            foreach (TableCounter counter in Moments)
                counter.Add(_values);
            rows = rows[count..];
        }
    }

    private void Read(ReadOnlySpan<PanelRow> rows)
    {
        _values.Count = rows.Length;
        for (int i = 0; i < _readers.Length; i++)
            _readers[i].Read(rows, _values.Dimensions[i]);
        for (int i = 0; i < rows.Length; i++)
            _values.Transitions[i] = (uint)rows[i].Transition;
        if (_hasMoments)
            PersonFacts.Read(rows, _values.Facts);
        for (int i = 0; i < _filters.Length; i++)
            _values.Selected[i] = _filters[i].Select(rows, _values.Selections[i]);
    }
}

/// <summary>What the tables need to know of a chunk of person-years, each thing once for all tables.</summary>
internal sealed class RowValues(int dimensions, int filters)
{
    /// <summary>How many rows.</summary>
    public int Count { get; set; }

    /// <summary>By dimension and row, the value.</summary>
    public uint[][] Dimensions { get; } = Arrays.Make(dimensions, _ => new uint[CellWriter.ChunkRows]);

    /// <summary>By row, the transition.</summary>
    public uint[] Transitions { get; } = new uint[CellWriter.ChunkRows];

    /// <summary>By row, the <see cref="PersonFacts"/>, where a table asks for moments.</summary>
    public uint[] Facts { get; } = new uint[CellWriter.ChunkRows];

    /// <summary>By filter, the rows of its sample.</summary>
    public int[][] Selections { get; } = Arrays.Make(filters, _ => new int[CellWriter.ChunkRows]);

    /// <summary>By filter, how many rows its sample has; -1 where it has all.</summary>
    public int[] Selected { get; } = new int[filters];
}
