using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>What varies within a cell.</summary>
internal enum CellBase
{
    /// <summary>Nothing: the regressor is the same for all rows of a cell.</summary>
    None,

    /// <summary>Age.</summary>
    Age,

    /// <summary>Being a woman.</summary>
    Woman,
}

/// <summary>How regressors and outcomes vary within cells: a regressor is age, or being a woman, times a number that the cell has.</summary>
/// <remarks>
/// Sums of products are around the means of the cell; each is a whole number over another. Sums of squares of residuals times two regressors, which robust errors ask for,
/// expand into moments up to degree four, since an outcome and being a woman are their own squares.
/// </remarks>
internal sealed record WithinCells
{
    /// <summary>By regressor, what of it varies.</summary>
    public required CellBase[] Bases { get; init; }

    /// <summary>By regressor, the number that the cell has; null for one.</summary>
    public required double[]?[] Factors { get; init; }

    /// <summary>Whether regressors vary as age and being a woman do, without factors.</summary>
    public bool IsPlain => Factors.All(factor => factor is null);

    /// <summary>By cell, sum of squares of age.</summary>
    public required double[] AgeAge { get; init; }

    /// <summary>By cell, sum of products of age and being a woman.</summary>
    public required double[] AgeWoman { get; init; }

    /// <summary>By cell, sum of squares of being a woman.</summary>
    public required double[] WomanWoman { get; init; }

    /// <summary>By outcome and cell, sum of products with age.</summary>
    public required double[][] AgeOutcome { get; init; }

    /// <summary>By outcome and cell, sum of products with being a woman.</summary>
    public required double[][] WomanOutcome { get; init; }

    /// <summary>Moments of each cell up to degree four, for robust errors; null where they are not known.</summary>
    public CellFourths? Fourths { get; init; }

    /// <summary>By cell, sums of products of what varies in two regressors, without their factors; null where one does not vary.</summary>
    public double[]? Sums(int a, int b) => (Bases[a], Bases[b]) switch
    {
        (CellBase.None, _) or (_, CellBase.None) => null,
        (CellBase.Age, CellBase.Age) => AgeAge,
        (CellBase.Woman, CellBase.Woman) => WomanWoman,
        _ => AgeWoman,
    };

    /// <summary>By cell, sums of products of what varies in a regressor and an outcome, without its factor; null where it does not vary.</summary>
    public double[]? OutcomeSums(int regressor, int outcome) => Bases[regressor] switch
    {
        CellBase.Age => AgeOutcome[outcome],
        CellBase.Woman => WomanOutcome[outcome],
        _ => null,
    };

    /// <summary>Sums over all cells.</summary>
    public WithinTotals Totals(int threads)
    {
        int count = Bases.Length, outcomes = AgeOutcome.Length;
        var totals = new WithinTotals(new Matrix(count, count), new Matrix(count, outcomes));
        int[] varying = Varying();
        Workers.For(threads, varying.Length * (varying.Length + outcomes), (task, _) =>
        {
            int i = varying[task / (varying.Length + outcomes)], other = task % (varying.Length + outcomes);
            if (other >= varying.Length)
                totals.Outcomes[i, other - varying.Length] = Sum(OutcomeSums(i, other - varying.Length)!, Factors[i], null);
            else if (varying[other] <= i)
                totals.Products[i, varying[other]] = totals.Products[varying[other], i] = Sum(Sums(i, varying[other])!, Factors[i], Factors[varying[other]]);
        });
        return totals;
    }

    /// <summary>The regressors that vary within cells.</summary>
    public int[] Varying() => [.. Enumerable.Range(0, Bases.Length).Where(i => Bases[i] != CellBase.None)];

    /// <summary>The cells of some places.</summary>
    public WithinCells Among(int[] places)
    {
        return this with
        {
            Factors = [.. Factors.Select(factor => factor is null ? null : Values(factor))],
            AgeAge = Values(AgeAge),
            AgeWoman = Values(AgeWoman),
            WomanWoman = Values(WomanWoman),
            AgeOutcome = [.. AgeOutcome.Select(Values)],
            WomanOutcome = [.. WomanOutcome.Select(Values)],
            Fourths = Fourths?.Among(places),
        };

        double[] Values(double[] values) => [.. places.Select(place => values[place])];
    }

    /// <summary>The same for some terms, of which the first few are no regressors.</summary>
    public WithinCells Of(int[] terms, int first) => this with
    {
        Bases = [.. terms.Select(term => term < first ? CellBase.None : Bases[term - first])],
        Factors = [.. terms.Select(term => term < first ? null : Factors[term - first])],
    };

    private static double Sum(double[] sums, double[]? a, double[]? b) => (a, b) switch
    {
        (null, null) => Lanes.Sum(sums),
        (null, not null) => Lanes.Dot(sums, b),
        (not null, null) => Lanes.Dot(sums, a),
        _ => Lanes.Dot(sums, a, b),
    };
}

/// <summary>Sums over all cells of how regressors and outcomes vary within them.</summary>
/// <param name="Products">By pair of regressors.</param>
/// <param name="Outcomes">By regressor and outcome.</param>
internal sealed record WithinTotals(Matrix Products, Matrix Outcomes)
{
    /// <summary>The same for some terms, of which the first few are no regressors.</summary>
    public WithinTotals Of(int[] terms, int first)
    {
        var of = new WithinTotals(new Matrix(terms.Length, terms.Length), new Matrix(terms.Length, Outcomes.Columns));
        for (int i = 0; i < terms.Length; i++)
        {
            for (int j = 0; j < terms.Length && terms[i] >= first; j++)
                of.Products[i, j] = terms[j] < first ? 0 : Products[terms[i] - first, terms[j] - first];
            for (int outcome = 0; outcome < Outcomes.Columns && terms[i] >= first; outcome++)
                of.Outcomes[i, outcome] = Outcomes[terms[i] - first, outcome];
        }
        return of;
    }
}
