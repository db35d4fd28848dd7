using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Makes all tables of cells of a run in one pass: writers take person-years, each in its thread, and in the end give one table for each plan.</summary>
public sealed class CellTables
{
    // Keys that a writer keeps before it counts them: 64 or 128 MB.
    private const long MostPending = 16 << 20;

    private readonly IReadOnlyList<CellPlan> _plans;
    private readonly Sample[] _counted;
    private readonly IReadOnlyList<MomentPlan> _moments;
    private readonly BlockPool _pool;
    private readonly List<Dimension> _dimensions = [];
    private readonly List<Sample> _samples = [];
    private readonly DimensionReader[] _readers;
    private readonly SampleFilter[] _filters;
    private readonly List<CellWriter> _writers = [];
    private readonly Lock _adding = new();

    /// <summary>Tables by some plans.</summary>
    /// <exception cref="ArgumentException">A table has more dimensions than can be crossed.</exception>
    public CellTables(IReadOnlyList<CellPlan> plans, IReadOnlyList<MomentPlan> moments, PanelCodes codes, Coverage coverage, AgeGroups ages)
        : this(plans, moments, codes, coverage, ages, new BlockPool())
    {
    }

    /// <summary>Tables by some plans, which count in memory that others give back meanwhile.</summary>
    internal CellTables(IReadOnlyList<CellPlan> plans, IReadOnlyList<MomentPlan> moments, PanelCodes codes, Coverage coverage, AgeGroups ages, BlockPool pool)
    {
        _pool = pool;
        _plans = plans;
        _counted = Arrays.Make(plans, plan => plan.Counted);
        _moments = moments;
        for (int i = 0; i < plans.Count; i++)
            Note(plans[i].By, _counted[i]);
        foreach (MomentPlan plan in moments)
            Note(plan.By, plan.Sample);
        _readers = Arrays.Make(_dimensions, dimension => DimensionReader.Of(dimension, codes, coverage, ages));
        _filters = Arrays.Make(_samples, sample => new SampleFilter(sample, codes));
    }

    /// <summary>A writer for one thread.</summary>
    public CellWriter NewWriter()
    {
        var writer = new CellWriter(
            _readers, _filters, Arrays.Make(_plans.Count, i => TableCounter.For(ShapeOf(_plans[i].By, _counted[i], TableShape.TransitionBits), MostPending, _pool)),
            Arrays.Make(_moments, plan => MomentCounters.For(plan, ShapeOf(plan.By, plan.Sample, PersonFacts.Bits), MostPending, _pool)));
        lock (_adding)
            _writers.Add(writer);
        return writer;
    }

    /// <summary>The tables, once all person-years are added.</summary>
    public IReadOnlyList<CellTable> Finish(int threads)
    {
        var tables = new List<CellTable>();
        for (int i = 0; i < _plans.Count; i++)
        {
            CellPlan plan = _plans[i];
            List<TableCounter> counters = [.. _writers.ConvertAll(writer => writer.Counters[i])];
            tables.Add(new CellTable(plan, LabelsOf(plan.By), ((ICellCounter)counters[0]).Finish(counters, threads)));
        }
        return tables;
    }

    /// <summary>The tables of moments, once all person-years are added.</summary>
    public IReadOnlyList<MomentTable> FinishMoments(int threads)
    {
        var tables = new List<MomentTable>();
        for (int i = 0; i < _moments.Count; i++)
        {
            List<TableCounter> counters = [.. _writers.ConvertAll(writer => writer.Moments[i])];
            tables.Add(((IMomentCounter)counters[0]).Finish(_moments[i], LabelsOf(_moments[i].By), counters, threads));
        }
        return tables;
    }

    // What several tables need is read once for all.
    private void Note(IReadOnlyList<Dimension> by, Sample sample)
    {
        foreach (Dimension dimension in by)
            if (PlaceOf(dimension) < 0)
                _dimensions.Add(dimension);
        if (!_samples.Contains(sample))
            _samples.Add(sample);
    }

    private int PlaceOf(Dimension dimension) => _dimensions.FindIndex(known => known == dimension);

    private CellDimension[] LabelsOf(IReadOnlyList<Dimension> by) =>
        Arrays.Make(by, dimension => new CellDimension(dimension, _readers[PlaceOf(dimension)].Labels));

    private TableShape ShapeOf(IReadOnlyList<Dimension> by, Sample sample, int restBits)
    {
        int[] dimensions = Arrays.Make(by, PlaceOf);
        return new TableShape(_samples.IndexOf(sample), dimensions, Array.ConvertAll(dimensions, i => _readers[i].Labels.Count), restBits);
    }
}
