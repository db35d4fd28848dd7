using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Basic annual pay of full time, in kroner: by position, year, and age, and a little by person.</summary>
internal static class Pay
{
    private const int BaseYear = 2020;
    private const double Growth = 1.036;
    private const int FirstAge = 20;
    private const int AgesThatCount = 30;
    private const int Step = 100;

    /// <summary>Pay of a position in a year over that of 2020, in ten-thousandths.</summary>
    public static int GrowthTo(int year)
    {
        double growth = 10_000;
        for (int i = BaseYear; i < year; i++)
            growth *= Growth;
        for (int i = BaseYear; i > year; i--)
            growth /= Growth;
        return (int)growth;
    }

    /// <summary>Pay, in whole hundreds.</summary>
    /// <param name="position">The position.</param>
    /// <param name="growth">See <see cref="GrowthTo"/>.</param>
    /// <param name="year">The year.</param>
    /// <param name="person">The person, whose key tells how far the pay is from what is usual: at most four percent.</param>
    public static int Of(Position position, int growth, int year, in Person person)
    {
        int seniority = 9_100 + (1_500 * Math.Clamp(year - person.BirthYear - FirstAge, 0, AgesThatCount) / AgesThatCount);
        int own = 9_600 + (int)(Hashing.Mix((ulong)person.Key) % 801);
        long pay = position.Pay * 1_000L * growth / 10_000 * seniority / 10_000 * own / 10_000;
        return (int)(pay / Step * Step);
    }
}
