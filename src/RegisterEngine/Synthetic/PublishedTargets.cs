namespace RegisterEngine.Synthetic;

/// <summary>The published figures that the register is calibrated to, as fractions.</summary>
/// <remarks>
/// Sector exit of the whole sector, by position and by age: KS, turnover in the municipal sector from the PAI register, pairs of years 2017-18 to 2022-23.
/// Health personnel, new hires and others, Oslo and other counties: national figures for 2022-23 in the evaluation of the mentor programme for newly hired health
/// personnel; tables 4-1 and 4-2 of it for the positions that it is about. What is not published is taken to follow the whole sector; before 2017 and after 2022 that is an assumption too.
/// </remarks>
public static class PublishedTargets
{
    private const int FirstYear = 2017;
    private const int LastPositionYear = 2021;
    private const int HealthYear = 2022;
    private const double SectorBefore = 0.123;
    private const double SectorAfter = 0.126;

    // 2017-18 ... 2022-23.
    private static readonly double[] SectorExits = [0.122, 0.126, 0.127, 0.128, 0.136, 0.127];

    // 2017-18 ... 2021-22, percent.
    private static readonly Dictionary<string, double[]> PositionExits = new(StringComparer.Ordinal)
    {
        ["7174"] = [11.5, 11.9, 12.0, 12.6, 13.9],
        ["7076"] = [10.1, 10.7, 10.6, 11.0, 11.6],
        ["7517"] = [9.4, 9.5, 9.8, 10.2, 10.9],
        ["6572"] = [23.9, 24.8, 25.0, 25.7, 27.6],
        ["6675"] = [12.9, 12.9, 12.3, 12.5, 13.8],
        ["7637"] = [8.4, 8.1, 7.9, 8.1, 8.8],
        ["7962"] = [7.4, 7.6, 7.9, 7.8, 7.9],
        ["7963"] = [6.7, 6.6, 6.8, 6.8, 6.6],
        ["7966"] = [8.5, 8.6, 7.7, 7.7, 7.7],
        ["8530"] = [9.2, 9.8, 11.1, 9.7, 10.2],
    };

    /// <summary>The position codes whose figures are published.</summary>
    public static IReadOnlyCollection<string> PositionCodes => PositionExits.Keys;

    /// <summary>First ages of the groups by which turnover by age is published or assumed.</summary>
    public static IReadOnlyList<int> AgeStarts { get; } = [0, 20, 25, 30, 35, 40, 45, 50, 55, 61, 65, 68];

    /// <summary>Sector exits of health personnel who are new hires, by county, in 2022-23; Oslo's is published, the others lie in the published span.</summary>
    /// <remarks>The counties other than Oslo are scaled so that the country as a whole has <see cref="HealthNewHires"/>.</remarks>
    public static IReadOnlyDictionary<string, double> HealthNewHiresByCounty { get; } = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["03"] = 0.37,
        ["11"] = 0.252,
        ["15"] = 0.248,
        ["18"] = 0.262,
        ["31"] = 0.253,
        ["32"] = 0.274,
        ["33"] = 0.258,
        ["34"] = 0.249,
        ["39"] = 0.251,
        ["40"] = 0.249,
        ["42"] = 0.247,
        ["46"] = 0.257,
        ["50"] = 0.255,
        ["55"] = 0.272,
        ["56"] = 0.280,
    };

    /// <summary>Sector exits of the whole sector.</summary>
    /// <param name="year">First year of the pair.</param>
    public static double Sector(int year) =>
        year < FirstYear ? SectorBefore : year - FirstYear < SectorExits.Length ? SectorExits[year - FirstYear] : SectorAfter;

    /// <summary>Sector exits in a position, or null where none are published.</summary>
    public static double? Position(string code, int year)
    {
        if (!PositionExits.TryGetValue(code, out double[]? percent))
            return null;
        int published = Math.Clamp(year, FirstYear, LastPositionYear);
        return percent[published - FirstYear] / 100 * Sector(year) / Sector(published);
    }

    /// <summary>Sector exits in an age group of <see cref="AgeStarts"/>, or null where none are published: a U with its lowest point at 55-60.</summary>
    public static double? Age(int group) => AgeStarts[group] switch
    {
        0 => 0.62,
        55 => 0.052,
        65 => 0.407,
        _ => null,
    };

    /// <summary>Sector exits in health and care: 14.5 % in 2022-23.</summary>
    public static double HealthAndCare(int year) => InYear(0.145, year);

    /// <summary>Sector exits of health personnel who are new hires: 27 % in 2022-23.</summary>
    public static double HealthNewHires(int year) => InYear(0.27, year);

    /// <summary>Sector exits of other health personnel: 14 % in 2022-23.</summary>
    public static double HealthOthers(int year) => InYear(0.14, year);

    /// <summary>Sector exits of new hires in the positions of the evaluation, in health and care: 21.0 % in 2020-21, 20.8 % in 2022.</summary>
    public static double EvaluationNewHires { get; } = 0.2095;

    /// <summary>The nurses among them: 24.8 % in 2020-21, 23.4 % in 2022.</summary>
    public static double EvaluationNurses { get; } = 0.244;

    /// <summary>Workplace moves of new hires in the positions of the evaluation: 8.8 % in 2020-21, 8.7 % in 2022.</summary>
    public static double EvaluationNewHireMoves { get; } = 0.0875;

    /// <summary>Workplace moves of health personnel who are new hires: 38 % workplace exit less 27 % sector exit in 2022-23.</summary>
    public static double HealthNewHireMoves(int year) => InYear(0.38 - 0.27, year);

    /// <summary>Workplace moves of other health personnel: 22 % workplace exit less 14 % sector exit in 2022-23.</summary>
    public static double HealthOtherMoves(int year) => InYear(0.22 - 0.14, year);

    /// <summary>Sector exits of health personnel who are new hires in a county.</summary>
    public static double HealthNewHiresIn(string county, int year) => InYear(HealthNewHiresByCounty[county], year);

    /// <summary>Sector exits of other health personnel in Oslo: 18 % in 2022-23.</summary>
    public static double HealthOthersInOslo(int year) => InYear(0.18, year);

    /// <summary>Workplace moves of new hires who are not health personnel: an assumption.</summary>
    public static double OtherNewHireMoves(int year) => InYear(0.09, year);

    /// <summary>Workplace moves of all others: an assumption.</summary>
    public static double OtherMoves(int year) => InYear(0.052, year);

    private static double InYear(double in2022, int year) => in2022 * Sector(year) / Sector(HealthYear);
}
