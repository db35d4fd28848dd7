using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Makes all tables of cells of a run in one pass: writers take person-years, each in its thread, and in the end give one table for each plan.</summary>
public sealed class CellTables
{
    // Keys that a writer keeps before it counts them: 64 or 128 MB.
    private const long MostPending = 16 << 20;

    private readonly IReadOnlyList<CellPlan> _plans;
    private readonly IReadOnlyList<MomentPlan> _moments;
    private readonly List<Dimension> _dimensions;
    private readonly List<Sample> _samples;
    private readonly DimensionReader[] _readers;
    private readonly SampleFilter[] _filters;
    private readonly List<CellWriter> _writers = [];
    private readonly Lock _adding = new();

    /// <summary>Tables by some plans.</summary>
    /// <exception cref="ArgumentException">A table has more dimensions than can be crossed.</exception>
    public CellTables(IReadOnlyList<CellPlan> plans, IReadOnlyList<MomentPlan> moments, PanelCodes codes, Coverage coverage, AgeGroups ages)
    {
        _plans = plans;
        _moments = moments;
        _dimensions = [.. plans.SelectMany(plan => plan.By).Concat(moments.SelectMany(plan => plan.By)).Distinct()];
        _samples = [.. plans.Select(plan => plan.Sample).Concat(moments.Select(plan => plan.Sample)).Distinct()];
        _readers = [.. _dimensions.Select(dimension => DimensionReader.Of(dimension, codes, coverage, ages))];
        _filters = [.. _samples.Select(sample => new SampleFilter(sample, codes))];
    }

    /// <summary>A writer for one thread.</summary>
    public CellWriter NewWriter()
    {
        var writer = new CellWriter(
            _readers, _filters, [.. _plans.Select(plan => TableCounter.For(ShapeOf(plan.By, plan.Sample, TableShape.TransitionBits), MostPending))],
            [.. _moments.Select(plan => MomentCounters.For(plan, ShapeOf(plan.By, plan.Sample, PersonFacts.Bits), MostPending))]);
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
            (ulong[] keys, int[] counts) = ((ICellCounter)counters[0]).Finish(counters, threads);
            tables.Add(new CellTable(plan, LabelsOf(plan.By), keys, counts));
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

    private IReadOnlyList<CellDimension> LabelsOf(IReadOnlyList<Dimension> by) =>
        [.. by.Select(dimension => new CellDimension(dimension, _readers[_dimensions.IndexOf(dimension)].Labels))];

    private TableShape ShapeOf(IReadOnlyList<Dimension> by, Sample sample, int restBits)
    {
        int[] dimensions = [.. by.Select(dimension => _dimensions.IndexOf(dimension))];
        return new TableShape(_samples.IndexOf(sample), dimensions, [.. dimensions.Select(i => _readers[i].Labels.Count)], restBits);
    }
}
