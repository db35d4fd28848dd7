using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Regression.Designs;

/// <summary>Randomisation inference: how often placebo treatments have an effect as far from zero as the programme.</summary>
/// <param name="Value">The effect of the programme; null where there is none.</param>
/// <param name="Draws">Placebo treatments that have an effect.</param>
/// <param name="AtLeast">Those whose effect is at least as far from zero.</param>
/// <param name="Pool">Workplaces that placebo treatments are drawn from.</param>
/// <param name="Note">Why there is none; null where there is.</param>
public sealed record PlaceboResult(double? Value, long Draws, long AtLeast, int Pool, string? Note)
{
    /// <summary>(1 + those as far from zero) / (1 + draws); null where there are none.</summary>
    public double? P => Draws > 0 ? (1.0 + AtLeast) / (1.0 + Draws) : null;
}

/// <summary>Gives the programme to other workplaces: as many, with the same years of start, drawn from all that were seen before and after.</summary>
/// <remarks>
/// R. A. Fisher, The Design of Experiments (1935); T. G. Conley and C. R. Taber, Review of Economics and Statistics 93 (2011) for few treated groups. A draw adds up a line of sums for each of its
/// workplaces, so it takes microseconds. The same seed gives the same draws on any number of threads.
/// </remarks>
public static class Placebo
{
    // Effects that differ by rounding only are equal.
    private const double Equal = 1 - 1e-9;
    private const int Block = 512;

    /// <summary>Tests the effect of equation (2) for each measure.</summary>
    public static IReadOnlyList<PlaceboResult> Run(EvaluationSample sample, Specification specification, IReadOnlyList<Measure> measures, int draws, ulong seed, CancellationToken cancellation = default)
    {
        int[] starts = [.. sample.TreatedHere.Select(place => sample.Treatments.All[place].StartYear)];
        int[] workplaceOf = sample.Frame.Values(Dimension.Workplace);
        int[] distinct = [.. starts.Distinct().Order()];
        int[] startPlace = [.. starts.Select(start => Array.IndexOf(distinct, start))];
        PlaceboSums sums = specification == Specification.NoControls
            ? new PlaceboShares(sample, measures, distinct)
            : new PlaceboRegression(sample, measures, distinct, specification);
        int[] treated = [.. sample.TreatedHere.Select(place => workplaceOf[Array.IndexOf(sample.Treated, place)])];
        int[] pool = [.. Enumerable.Range(0, sample.Frame.Count).GroupBy(cell => workplaceOf[cell])
            .Where(cells => cells.Any(cell => sample.Treated[cell] >= 0)
                || (cells.Any(cell => sample.Years[cell] < distinct[0]) && cells.Any(cell => sample.Years[cell] >= distinct[^1])))
            .Select(cells => cells.Key).Order()];
        if (treated.Length == 0)
            return [.. measures.Select(_ => new PlaceboResult(null, 0, 0, pool.Length, "no treated person-years"))];
        if (pool.Length <= treated.Length)
            return [.. measures.Select(_ => new PlaceboResult(null, 0, 0, pool.Length, "no other workplace was seen before and after"))];
        int blocks = (draws + Block - 1) / Block;
        double[] data = new double[measures.Count];
        sums.Effects([.. treated.Zip(startPlace)], data, sums.NewLine());
        long[,] drawn = new long[blocks, measures.Count], atLeast = new long[blocks, measures.Count];
        Workers.For(Environment.ProcessorCount, blocks, (block, _) =>
        {
            var chosen = new (int Workplace, int Start)[treated.Length];
            double[] effects = new double[measures.Count], line = sums.NewLine();
            for (int draw = block * Block; draw < Math.Min(draws, (block + 1) * Block); draw++)
            {
                Choose(chosen, pool, startPlace, new CounterRandom(seed, (ulong)draw));
                sums.Effects(chosen, effects, line);
                for (int i = 0; i < effects.Length; i++)
                {
                    drawn[block, i] += double.IsFinite(effects[i]) ? 1 : 0;
                    atLeast[block, i] += Math.Abs(effects[i]) >= Math.Abs(data[i]) * Equal ? 1 : 0;
                }
            }
        }, cancellation);
        return [.. data.Select((value, i) => double.IsFinite(value)
            ? new PlaceboResult(value, Total(drawn, i), Total(atLeast, i), pool.Length, null)
            : new PlaceboResult(null, 0, 0, pool.Length, "not identified"))];
    }

    private static void Choose(Span<(int Workplace, int Start)> chosen, int[] pool, int[] starts, CounterRandom random)
    {
        for (int i = 0; i < chosen.Length;)
        {
            int workplace = pool[random.Below(pool.Length)];
            bool isTaken = false;
            for (int j = 0; j < i; j++)
                isTaken |= chosen[j].Workplace == workplace;
            if (!isTaken)
                chosen[i] = (workplace, starts[i++]);
        }
    }

    private static long Total(long[,] counts, int column)
    {
        long total = 0;
        for (int i = 0; i < counts.GetLength(0); i++)
            total += counts[i, column];
        return total;
    }
}

/// <summary>By workplace and start, the sums that the effect of a treatment is made of.</summary>
internal abstract class PlaceboSums(int starts, int length)
{
    private readonly Dictionary<int, int> _places = [];
    private readonly List<double[]> _lines = [];

    /// <summary>A line to add up in.</summary>
    public double[] NewLine() => new double[length];

    /// <summary>The effects, if these workplaces were the treated ones; NaN where there is none.</summary>
    public void Effects(ReadOnlySpan<(int Workplace, int Start)> treated, Span<double> effects, double[] line)
    {
        line.AsSpan().Clear();
        foreach ((int workplace, int start) in treated)
            if (_places.TryGetValue(workplace, out int place))
                Kernels.Lanes.AddMultiple(1, _lines[place + start], line);
        Effects(line, effects);
    }

    protected abstract void Effects(ReadOnlySpan<double> line, Span<double> effects);

    protected double[] Line(int workplace, int start)
    {
        if (!_places.TryGetValue(workplace, out int place))
        {
            _places[workplace] = place = _lines.Count;
            for (int i = 0; i < starts; i++)
                _lines.Add(new double[length]);
        }
        return _lines[place + start];
    }
}
