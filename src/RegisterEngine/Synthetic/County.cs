namespace RegisterEngine.Synthetic;

/// <summary>A county: how much of the sector it has, and how that is spread over its municipalities.</summary>
/// <param name="Code">The first two digits of its municipalities.</param>
/// <param name="Share">Its share of the sector, about.</param>
/// <param name="Municipalities">How many municipalities it has since 2024.</param>
/// <param name="Largest">The share of its largest municipality.</param>
internal sealed record County(string Code, double Share, int Municipalities, double Largest)
{
    /// <summary>Oslo, which is both a county and its only municipality.</summary>
    public const string Oslo = "03";

    // With it the second municipality of no county is larger than the first.
    private const int RankShift = 4;

    /// <summary>All counties since 2024, by code: 357 municipalities.</summary>
    public static IReadOnlyList<County> All { get; } =
    [
        new(Oslo, 0.100, 1, 1),
        new("11", 0.090, 23, 0.28),
        new("15", 0.052, 27, 0.21),
        new("18", 0.050, 41, 0.22),
        new("31", 0.056, 12, 0.26),
        new("32", 0.120, 21, 0.17),
        new("33", 0.050, 18, 0.36),
        new("34", 0.073, 46, 0.12),
        new("39", 0.046, 6, 0.28),
        new("40", 0.034, 17, 0.32),
        new("42", 0.060, 25, 0.35),
        new("46", 0.120, 43, 0.43),
        new("50", 0.088, 38, 0.42),
        new("55", 0.035, 21, 0.43),
        new("56", 0.018, 18, 0.27),
    ];

    /// <summary>Shares of its municipalities, the largest first.</summary>
    /// <remarks>Below the largest a size goes with the rank to the power of -1.5, which a square root tells, so that it is the same on every machine.</remarks>
    public double[] MunicipalityShares()
    {
        double[] shares = new double[Municipalities];
        for (int rank = 1; rank < shares.Length; rank++)
            shares[rank] = 1 / ((rank + RankShift) * Math.Sqrt(rank + RankShift));
        double others = shares.Sum();
        for (int rank = 1; rank < shares.Length; rank++)
            shares[rank] *= (1 - Largest) / others;
        shares[0] = Largest;
        return shares;
    }
}
