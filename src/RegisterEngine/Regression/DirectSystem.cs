using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Solves the equations of the other effects by a Cholesky factor of those levels that no others make up.</summary>
internal sealed class DirectSystem : OtherLevels
{
    private const int PartRows = 16384;

    // Sums by pair of levels and part that are worth their memory.
    private const long MostSums = 1 << 20;

    private readonly Absorber _absorber;
    private readonly int[] _order;
    private readonly int[] _starts;
    private readonly int[] _kept;
    private readonly Cholesky _factor;

    public DirectSystem(Absorber absorber, double tolerance)
    {
        _absorber = absorber;
        _order = absorber.MainOrder.Rows;
        _starts = absorber.MainOrder.Starts;
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
        int[] cuts = _absorber.MainOrder.Cuts((long)levels * levels * (_order.Length / PartRows) <= MostSums ? PartRows : _order.Length);
        var parts = new Matrix[cuts.Length - 1];
        Workers.ForParts(parts.Length, 1, (part, _) => AddLevels(cuts[part], cuts[part + 1], parts[part] = new Matrix(levels, levels)));
        Matrix schur = parts[0];
        for (int part = 1; part < parts.Length; part++)
            schur.Add(parts[part]);
        for (int a = 0; a < levels; a++)
            for (int b = 0; b < a; b++)
                schur[b, a] = schur[a, b];
        return schur;
    }

    private void AddLevels(int fromMain, int toMain, Matrix schur)
    {
        double[] within = new double[schur.Rows];
        int[] touched = new int[schur.Rows];
        ReadOnlySpan<double> weights = _absorber.Weight, mainWeight = _absorber.MainWeight;
        int[][] factors = _absorber.Others;
        for (int main = fromMain; main < toMain; main++)
        {
            int count = 0;
            foreach (int i in _order.AsSpan(_starts[main].._starts[main + 1]))
            {
                double weight = weights[i];
                for (int factor = 0; factor < factors.Length; factor++)
                {
                    int level = factors[factor][i];
                    if (within[level] == 0)
                        touched[count++] = level;
                    within[level] += weight;
                    // Levels of a factor come after those of the factors before it.
                    for (int other = 0; other <= factor; other++)
                        schur[level, factors[other][i]] += weight;
                }
            }
            foreach (int a in touched.AsSpan(0, count))
            {
                Span<double> row = schur.Row(a);
                double share = within[a] / mainWeight[main];
                foreach (int b in touched.AsSpan(0, count))
                    if (b <= a)
                        row[b] -= share * within[b];
            }
            foreach (int level in touched.AsSpan(0, count))
                within[level] = 0;
        }
    }
}
