namespace RegisterEngine.Regression.Algebra;

/// <summary>The combinations of columns that are zero, and what they say about each column.</summary>
/// <remarks>
/// A coefficient is identified if and only if its column is in no such combination: then it has the same value in every least-squares solution. The combinations are kept in
/// reduced echelon form from the last column backwards, so each names one column that earlier ones make up. Columns are of about unit norm.
/// </remarks>
internal sealed class NullSpace
{
    private const double Zero = 1e-6;

    private readonly List<double[]> _combinations;

    /// <summary>The combinations, in any form; each has one coefficient for each column.</summary>
    public NullSpace(int columns, IEnumerable<double[]> combinations)
    {
        Columns = columns;
        _combinations = [.. combinations];
        Reduce();
    }

    public int Columns { get; }

    /// <summary>The combinations that the triangle of a factor shows.</summary>
    /// <param name="factor">Upper trapezoid; its columns are in the order of <paramref name="order"/>.</param>
    /// <param name="order">Which column of the matrix each column of the factor is.</param>
    /// <param name="rank">Rows that count.</param>
    public static IEnumerable<double[]> Combinations(Matrix factor, int[] order, int rank)
    {
        for (int free = rank; free < order.Length; free++)
        {
            double[] combination = new double[order.Length];
            combination[order[free]] = 1;
            for (int i = rank - 1; i >= 0; i--)
            {
                double sum = -factor[i, free];
                for (int j = i + 1; j < rank; j++)
                    sum -= factor[i, j] * combination[order[j]];
                combination[order[i]] = sum / factor[i, i];
            }
            yield return combination;
        }
    }

    /// <summary>Whether the coefficient of a column is identified.</summary>
    public bool IsIdentified(int column) => _combinations.TrueForAll(combination => combination[column] == 0);

    /// <summary>The columns that earlier ones make up: one for each combination.</summary>
    public IEnumerable<int> MadeUp() => _combinations.Select(combination => Array.FindLastIndex(combination, value => value != 0));

    /// <summary>The other columns of the combinations that a column is in.</summary>
    public IEnumerable<int> PartnersOf(int column) =>
        Enumerable.Range(0, Columns).Where(other => other != column && _combinations.Exists(combination => combination[column] != 0 && combination[other] != 0));

    // Gauss-Jordan from the last column backwards.
    private void Reduce()
    {
        foreach (double[] combination in _combinations)
            Clear(combination);
        int done = 0;
        for (int column = Columns - 1; column >= 0 && done < _combinations.Count; column--)
        {
            int best = done;
            for (int i = done; i < _combinations.Count; i++)
                if (Math.Abs(_combinations[i][column]) > Math.Abs(_combinations[best][column]))
                    best = i;
            double pivot = _combinations[best][column];
            if (pivot == 0)
                continue;
            (_combinations[done], _combinations[best]) = (_combinations[best], _combinations[done]);
            for (int j = 0; j < Columns; j++)
                _combinations[done][j] /= pivot;
            for (int i = 0; i < _combinations.Count; i++)
                if (i != done && _combinations[i][column] is var factor && factor != 0)
                {
                    for (int j = 0; j < Columns; j++)
                        _combinations[i][j] -= factor * _combinations[done][j];
                    Clear(_combinations[i]);
                }
            done++;
        }
    }

    private static void Clear(double[] combination)
    {
        double largest = combination.Max(Math.Abs);
        for (int j = 0; j < combination.Length; j++)
            combination[j] = Math.Abs(combination[j]) < Zero * largest ? 0 : combination[j];
    }
}
