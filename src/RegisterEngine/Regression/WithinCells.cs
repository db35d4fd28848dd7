using RegisterEngine.Kernels;

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
/// Sums of products are around the means of the cell; each is one division of whole numbers. Sums of squares of residuals times two regressors, which robust errors ask for,
/// expand into moments up to degree four, since an outcome and being a woman are their own squares.
/// </remarks>
internal sealed record WithinCells
{
    /// <summary>By regressor, what of it varies.</summary>
    public required CellBase[] Bases { get; init; }

    /// <summary>By regressor, the number that the cell has; null for one.</summary>
    public required double[]?[] Factors { get; init; }

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

    /// <summary>Sum of products of two regressors around the means of a cell.</summary>
    public double Product(int a, int b, int cell)
    {
        double[]? sums = Sums(a, b);
        return sums is null ? 0 : sums[cell] * (Factors[a]?[cell] ?? 1) * (Factors[b]?[cell] ?? 1);
    }

    /// <summary>Sum of products of a regressor and an outcome around the means of a cell.</summary>
    public double OutcomeProduct(int regressor, int outcome, int cell)
    {
        double[]? sums = OutcomeSums(regressor, outcome);
        return sums is null ? 0 : sums[cell] * (Factors[regressor]?[cell] ?? 1);
    }

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

    /// <summary>Sum of <see cref="Product"/> over all cells.</summary>
    public double Total(int a, int b) => (Bases[a], Bases[b]) switch
    {
        (CellBase.None, _) or (_, CellBase.None) => 0,
        (CellBase.Age, CellBase.Age) => Sum(AgeAge, Factors[a], Factors[b]),
        (CellBase.Woman, CellBase.Woman) => Sum(WomanWoman, Factors[a], Factors[b]),
        _ => Sum(AgeWoman, Factors[a], Factors[b]),
    };

    /// <summary>Sum of <see cref="OutcomeProduct"/> over all cells.</summary>
    public double OutcomeTotal(int regressor, int outcome) => Bases[regressor] switch
    {
        CellBase.Age => Sum(AgeOutcome[outcome], Factors[regressor], null),
        CellBase.Woman => Sum(WomanOutcome[outcome], Factors[regressor], null),
        _ => 0,
    };

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
