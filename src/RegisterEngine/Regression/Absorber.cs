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

    private readonly double[] _weight;
    private readonly int[] _main;
    private readonly double[] _mainWeight;
    private readonly int[][] _others;
    private readonly double[] _otherWeight;
    private readonly OtherLevels? _system;

    // First row of each level of the main effect, where rows are in its order; else null.
    private readonly int[]? _mainStarts;
    private readonly List<int> _starts = [];

    public Absorber(double[] weight, IReadOnlyList<Grouping> effects)
    {
        _weight = weight;
        List<Grouping> ordered = [.. effects.OrderByDescending(effect => Used(effect, weight))];
        _main = ordered[0].Codes;
        _mainWeight = Sums(ordered[0].Codes, ordered[0].Levels);
        _others = new int[ordered.Count - 1][];
        int levels = 0;
        for (int i = 1; i < ordered.Count; i++)
        {
            int offset = levels;
            _starts.Add(offset);
            _others[i - 1] = [.. ordered[i].Codes.Select(code => code + offset)];
            levels += ordered[i].Levels;
        }
        _otherWeight = new double[levels];
        foreach (int[] codes in _others)
            for (int i = 0; i < codes.Length; i++)
                _otherWeight[codes[i]] += weight[i];
        _mainStarts = StartsWhereInOrder();
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

    internal ReadOnlySpan<double> MainWeight => _mainWeight;

    internal int[][] Others => _others;

    internal ReadOnlySpan<double> OtherWeight => _otherWeight;

    /// <summary>First level of each of the other effects.</summary>
    internal IReadOnlyList<int> OtherStarts => _starts;

    /// <summary>Takes the effects out of a variable, in place.</summary>
    public void Residualize(Span<double> values)
    {
        double[]? effects = null;
        for (int turn = 0; turn < 2; turn++)
        {
            double[] sums = _mainStarts is null ? SweepAnywhere(values, effects) : SweepInOrder(values, effects);
            effects = _system?.Solve(sums);
        }
        if (_mainStarts is null)
            SweepAnywhere(values, effects);
        else
            SweepInOrder(values, effects);
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

    private double[] SweepAnywhere(Span<double> values, double[]? effects)
    {
        if (effects is not null)
            Subtract(values, effects);
        Sweep(values, new double[_mainWeight.Length]);
        return OtherSums(values);
    }

    // The same where the rows of a level lie together: once over the rows, a level at a time.
    private double[] SweepInOrder(Span<double> values, double[]? effects)
    {
        double[] sums = new double[_otherWeight.Length];
        for (int level = 0; level + 1 < _mainStarts!.Length; level++)
        {
            int from = _mainStarts[level], to = _mainStarts[level + 1];
            double sum = 0;
            for (int i = from; i < to; i++)
            {
                double value = values[i];
                if (effects is not null)
                    foreach (int[] codes in _others)
                        value -= effects[codes[i]];
                values[i] = value;
                sum += _weight[i] * value;
            }
            double mean = _mainWeight[level] > 0 ? sum / _mainWeight[level] : 0;
            for (int i = from; i < to; i++)
            {
                double value = values[i] - mean;
                values[i] = value;
                foreach (int[] codes in _others)
                    sums[codes[i]] += _weight[i] * value;
            }
        }
        return sums;
    }

    private int[]? StartsWhereInOrder()
    {
        int[] starts = new int[_mainWeight.Length + 1];
        int last = 0;
        for (int i = 0; i < _main.Length; i++)
        {
            if (_main[i] < last)
                return null;
            for (; last < _main[i]; last++)
                starts[last + 1] = i;
        }
        for (; last < _mainWeight.Length; last++)
            starts[last + 1] = _main.Length;
        return starts;
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

    private double[] Sums(int[] codes, int levels)
    {
        double[] sums = new double[levels];
        for (int i = 0; i < codes.Length; i++)
            sums[codes[i]] += _weight[i];
        return sums;
    }

    private static int Used(Grouping effect, double[] weight)
    {
        bool[] used = new bool[effect.Levels];
        for (int i = 0; i < weight.Length; i++)
            used[effect.Codes[i]] |= weight[i] > 0;
        return used.Count(level => level);
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
