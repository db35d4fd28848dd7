using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Solves the equations of the other effects by a Cholesky factor of those levels that no others make up.</summary>
internal sealed class DirectSystem : OtherLevels
{
    private readonly Absorber _absorber;
    private readonly int[] _order;
    private readonly int[] _starts;
    private readonly int[] _kept;
    private readonly Cholesky _factor;

    public DirectSystem(Absorber absorber, double tolerance)
    {
        _absorber = absorber;
        (_order, _starts) = ByMain(absorber);
        Matrix schur = Schur();
        int levels = schur.Rows;
        var scaled = new Matrix(levels, levels);
        ReadOnlySpan<double> weight = absorber.OtherWeight;
        for (int i = 0; i < levels; i++)
            for (int j = 0; j < levels; j++)
                scaled[i, j] = weight[i] > 0 && weight[j] > 0 ? schur[i, j] / Math.Sqrt(weight[i] * weight[j]) : 0;
        PivotedCholesky pivoted = PivotedCholesky.Of(scaled, tolerance);
        _kept = [.. pivoted.Order.Take(pivoted.Rank).Order()];
        _factor = Cholesky.Of(schur.Among(_kept))!;
    }

    public override int Rank => _kept.Length;

    public override double[] Solve(double[] sums)
    {
        double[] solved = _factor.Solve([.. _kept.Select(level => sums[level])]);
        double[] effects = new double[sums.Length];
        for (int i = 0; i < _kept.Length; i++)
            effects[_kept[i]] = solved[i];
        return effects;
    }

    /// <summary>Adds to each row's leverage what the other effects have beyond the main one.</summary>
    public void AddLeverages(double[] leverages)
    {
        int[] places = new int[_absorber.OtherWeight.Length];
        Array.Fill(places, -1);
        for (int i = 0; i < _kept.Length; i++)
            places[_kept[i]] = i;
        double[] within = new double[_kept.Length];
        double[] row = new double[_kept.Length];
        for (int main = 0; main + 1 < _starts.Length; main++)
        {
            ReadOnlySpan<int> rows = _order.AsSpan(_starts[main].._starts[main + 1]);
            within.AsSpan().Clear();
            foreach (int i in rows)
                foreach (int[] codes in _absorber.Others)
                    if (places[codes[i]] is var place and >= 0)
                        within[place] += _absorber.Weight[i] / _absorber.MainWeight[main];
            foreach (int i in rows)
            {
                for (int k = 0; k < row.Length; k++)
                    row[k] = -within[k];
                foreach (int[] codes in _absorber.Others)
                    if (places[codes[i]] is var place and >= 0)
                        row[place] += 1;
                _factor.SolveLower(row);
                foreach (double value in row)
                    leverages[i] += value * value;
            }
        }
    }

    // Weights by level on the diagonal, crossings of two other effects beside it, less what the main effect has of both.
    private Matrix Schur()
    {
        int levels = _absorber.OtherWeight.Length;
        var schur = new Matrix(levels, levels);
        double[] within = new double[levels];
        var touched = new List<int>();
        for (int main = 0; main + 1 < _starts.Length; main++)
        {
            foreach (int i in _order.AsSpan(_starts[main].._starts[main + 1]))
            {
                double weight = _absorber.Weight[i];
                foreach (int[] codes in _absorber.Others)
                {
                    if (within[codes[i]] == 0)
                        touched.Add(codes[i]);
                    within[codes[i]] += weight;
                    foreach (int[] others in _absorber.Others)
                        if (others[i] <= codes[i])
                            schur[codes[i], others[i]] += weight;
                }
            }
            foreach (int a in touched)
            {
                Span<double> row = schur.Row(a);
                double share = within[a] / _absorber.MainWeight[main];
                foreach (int b in touched)
                    if (b <= a)
                        row[b] -= share * within[b];
            }
            foreach (int level in touched)
                within[level] = 0;
            touched.Clear();
        }
        for (int a = 0; a < levels; a++)
            for (int b = 0; b < a; b++)
                schur[b, a] = schur[a, b];
        return schur;
    }

    private static (int[] Order, int[] Starts) ByMain(Absorber absorber)
    {
        int[] starts = new int[absorber.MainWeight.Length + 1];
        foreach (int code in absorber.Main)
            starts[code + 1]++;
        for (int i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        int[] next = [.. starts];
        int[] order = new int[absorber.Main.Length];
        for (int i = 0; i < order.Length; i++)
            order[next[absorber.Main[i]]++] = i;
        return (order, starts);
    }
}
