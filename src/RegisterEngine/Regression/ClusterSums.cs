using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Sums over clusters: of scores (columns times residuals) for an outcome, and of products of columns.</summary>
internal sealed class ClusterSums
{
    private readonly LeastSquares _fit;
    private readonly int[] _codes;
    private readonly int _columns;

    public ClusterSums(LeastSquares fit, Grouping clusters)
    {
        _fit = fit;
        _columns = fit.Columns.Length;
        Name = clusters.Name;
        int[] places = new int[clusters.Levels];
        _codes = new int[clusters.Codes.Length];
        for (int i = 0; i < _codes.Length; i++)
        {
            ref int place = ref places[clusters.Codes[i]];
            if (place == 0)
                place = ++Count;
            _codes[i] = place - 1;
        }
    }

    /// <summary>Name of the factor.</summary>
    public string Name { get; }

    /// <summary>Clusters that have rows.</summary>
    public int Count { get; }

    /// <summary>For each unit its cluster, in the order of first units.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>Scores of an outcome: one cluster a row.</summary>
    public Matrix Scores(int outcome)
    {
        var scores = new Matrix(Count, _columns);
        double[] residuals = _fit.Residuals[outcome];
        double[] coefficients = _fit.Coefficients[outcome];
        for (int j = 0; j < _columns; j++)
        {
            double[] column = _fit.Columns[j];
            for (int unit = 0; unit < residuals.Length; unit++)
                scores[_codes[unit], j] += _fit.Problem.Weight[unit] * column[unit] * residuals[unit];
            if (_fit.Within is { } within && within.Bases[j] != CellBase.None)
                AddWithin(scores, within, outcome, j, coefficients);
        }
        return scores;
    }

    private void AddWithin(Matrix scores, WithinCells within, int outcome, int column, double[] coefficients)
    {
        double[] sums = [.. within.OutcomeSums(column, outcome)!];
        for (int k = 0; k < _columns; k++)
        {
            if (within.Sums(column, k) is not { } products)
                continue;
            if (within.Factors[k] is { } factor)
                for (int unit = 0; unit < sums.Length; unit++)
                    sums[unit] -= coefficients[k] * (products[unit] * factor[unit]);
            else
                Kernels.Lanes.AddMultiple(-coefficients[k], products, sums);
        }
        double[]? own = within.Factors[column];
        for (int unit = 0; unit < sums.Length; unit++)
            scores[_codes[unit], column] += own is null ? sums[unit] : sums[unit] * own[unit];
    }

    /// <summary>Products of columns: one matrix for each cluster.</summary>
    public Matrix[] Grams()
    {
        Matrix[] grams = [.. Enumerable.Range(0, Count).Select(_ => new Matrix(_columns, _columns))];
        for (int unit = 0; unit < _codes.Length; unit++)
        {
            Matrix gram = grams[_codes[unit]];
            double weight = _fit.Problem.Weight[unit];
            for (int j = 0; j < _columns; j++)
                for (int k = 0; k < _columns; k++)
                    gram[j, k] += (weight * _fit.Columns[j][unit] * _fit.Columns[k][unit]) + (_fit.Within?.Product(j, k, unit) ?? 0);
        }
        return grams;
    }
}
