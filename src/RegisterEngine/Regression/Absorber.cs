using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>Takes effects of factors out of variables: what is left is orthogonal to the indicator of every level.</summary>
/// <remarks>
/// <para>The effect with most levels is swept out exactly, by subtracting means. What the others add is a small system of equations (a Schur complement), solved directly, or by
/// conjugate gradients where it is large. Each variable goes through twice, so that what rounding left goes too.</para>
/// <para>M. C. Lovell, Seasonal adjustment of economic time series, JASA 58 (1963); J. M. Abowd, R. H. Creecy and F. Kramarz (2002) for the system of two effects.</para>
/// </remarks>
internal sealed class Absorber
{
    /// <summary>Levels of all effects but the largest, up to which the system is solved directly.</summary>
    public const int MostDirect = 400;

    private const double RankTolerance = 1e-10;
    private const int BlockRows = 16384;

    // Sums by level and block that are worth their memory.
    private const long MostSums = 1 << 20;

    private readonly double[] _weight;
    private readonly int[] _main;
    private readonly double[] _mainWeight;
    private readonly int[][] _others;
    private readonly double[] _otherWeight;
    private readonly OtherLevels? _system;
    private readonly List<int> _starts = [];

    public Absorber(double[] weight, IReadOnlyList<Grouping> effects)
    {
        _weight = weight;
        List<Grouping> ordered = effects.Count == 1 ? [.. effects] : [.. effects.OrderByDescending(effect => effect.Used())];
        _main = ordered[0].Codes;
        MainOrder = LevelOrder.Of(ordered[0]);
        _mainWeight = MainOrder.Sums(weight);
        _others = new int[ordered.Count - 1][];
        int levels = 0;
        for (int i = 1; i < ordered.Count; i++)
        {
            int offset = levels;
            _starts.Add(offset);
            _others[i - 1] = offset == 0 ? ordered[i].Codes : [.. ordered[i].Codes.Select(code => code + offset)];
            levels += ordered[i].Levels;
        }
        _otherWeight = new double[levels];
        foreach (int[] codes in _others)
            for (int i = 0; i < codes.Length; i++)
                _otherWeight[codes[i]] += weight[i];
        int mainLevels = _mainWeight.Count(sum => sum > 0);
        if (levels > 0)
            _system = levels <= MostDirect ? new DirectSystem(this, RankTolerance) : new GradientSystem(this, ordered.Count - 1);
        Rank = mainLevels + (_system?.Rank ?? 0);
        IsRankExact = _system is not GradientSystem;
    }

    /// <summary>Dimension of the space that the indicators span.</summary>
    public int Rank { get; }

    /// <summary>Whether the rank is exact; else it counts one redundant level for each effect after the first.</summary>
    public bool IsRankExact { get; }

    internal ReadOnlySpan<double> Weight => _weight;

    internal int[] Main => _main;

    /// <summary>Rows by level of the main effect.</summary>
    internal LevelOrder MainOrder { get; }

    internal ReadOnlySpan<double> MainWeight => _mainWeight;

    internal int[][] Others => _others;

    internal ReadOnlySpan<double> OtherWeight => _otherWeight;

    /// <summary>First level of each of the other effects.</summary>
    internal IReadOnlyList<int> OtherStarts => _starts;

    /// <summary>Takes the effects out of terms and outcomes, in place.</summary>
    public void Residualize(WorkingRows rows)
    {
        double[] effects = [];
        for (int turn = 0; turn < 2; turn++)
        {
            double[] sums = Sweep(rows, effects);
            effects = _system is null ? [] : Solve(_system, sums, rows);
        }
        if (_system is not null)
            Sweep(rows, effects);
    }

    /// <summary>For each row, its leverage by the effects alone, for a weight of one.</summary>
    /// <exception cref="RegressionException">The effects have too many levels.</exception>
    public double[] Leverages()
    {
        double[] leverages = [.. _main.Select(code => 1 / _mainWeight[code])];
        if (_system is DirectSystem direct)
            direct.AddLeverages(leverages);
        else if (_system is not null)
            throw new RegressionException(
                $"Leverages are not available with effects of more than {MostDirect} levels beside the largest one; ask for HC0, HC1 or clustered errors.");
        return leverages;
    }

    /// <summary>Sums by level of the other effects.</summary>
    internal double[] OtherSums(ReadOnlySpan<double> values)
    {
        double[] sums = new double[_otherWeight.Length];
        foreach (int[] codes in _others)
            for (int i = 0; i < codes.Length; i++)
                sums[codes[i]] += _weight[i] * values[i];
        return sums;
    }

    /// <summary>Subtracts the effect of each row's levels.</summary>
    internal void Subtract(Span<double> values, ReadOnlySpan<double> effects)
    {
        foreach (int[] codes in _others)
            for (int i = 0; i < codes.Length; i++)
                values[i] -= effects[codes[i]];
    }

    // Once over the rows, a level of the main effect at a time; sums of what is left by level of the others.
    private double[] Sweep(WorkingRows rows, double[] effects)
    {
        int size = _otherWeight.Length * rows.Stride;
        int[] cuts = MainOrder.Cuts((long)size * (rows.Count / BlockRows) <= MostSums ? BlockRows : rows.Count);
        double[][] parts = new double[cuts.Length - 1][];
        Workers.ForParts(parts.Length, 1, (part, _) => new RowSweep
        {
            Values = rows.Values,
            Stride = rows.Stride,
            Weight = _weight,
            Order = MainOrder.Rows,
            Starts = MainOrder.Starts,
            GroupWeight = _mainWeight,
            Levels = _others,
            Effects = effects,
        }.Run(cuts[part], cuts[part + 1], parts[part] = new double[size]));
        for (int part = 1; part < parts.Length; part++)
            Lanes.AddMultiple(1, parts[part], parts[0]);
        return parts[0];
    }

    private static double[] Solve(OtherLevels system, double[] sums, WorkingRows rows)
    {
        int stride = rows.Stride;
        double[] effects = new double[sums.Length];
        int columns = rows.Terms + rows.Outcomes;
        if (system is GradientSystem)
            Workers.For(Environment.ProcessorCount, columns, (column, _) => Of(column));
        else
            for (int column = 0; column < columns; column++)
                Of(column);
        return effects;

        void Of(int column)
        {
            double[] own = new double[sums.Length / stride];
            for (int level = 0; level < own.Length; level++)
                own[level] = sums[(level * stride) + column];
            own = system.Solve(own);
            for (int level = 0; level < own.Length; level++)
                effects[(level * stride) + column] = own[level];
        }
    }

    /// <summary>Subtracts the mean of each level of the main effect.</summary>
    internal void Sweep(Span<double> values, Span<double> means)
    {
        means.Clear();
        for (int i = 0; i < values.Length; i++)
            means[_main[i]] += _weight[i] * values[i];
        for (int level = 0; level < means.Length; level++)
            means[level] = _mainWeight[level] > 0 ? means[level] / _mainWeight[level] : 0;
        for (int i = 0; i < values.Length; i++)
            values[i] -= means[_main[i]];
    }
}

/// <summary>The equations of all effects but the main one, after that is swept out.</summary>
internal abstract class OtherLevels
{
    /// <summary>Levels that are not made up by others.</summary>
    public abstract int Rank { get; }

    /// <summary>The effects that give some sums; of levels that others make up they are zero.</summary>
    public abstract double[] Solve(double[] sums);
}
