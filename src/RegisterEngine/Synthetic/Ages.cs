using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>How old people are: those who come, and those who are there when nothing has changed for long.</summary>
internal static class Ages
{
    /// <summary>Nobody younger is employed.</summary>
    public const int Youngest = 17;

    private const int Oldest = 75;
    private const int Profiles = 4;

    // Turnover over that of the whole sector, by the age groups of PublishedTargets: a U.
    private static readonly double[] OverSector = [4.9, 2.3, 1.50, 1.12, 0.97, 0.88, 0.82, 0.76, 0.41, 1.40, 3.2, 4.8];

    // First ages of bands and their weights, to the first age of the next one.
    private static readonly (int From, double Weight)[][] Entries =
    [
        [(17, 13), (19, 20), (21, 26), (25, 13), (30, 14), (40, 9), (50, 5), (60, 1), (67, 0)],
        [(18, 9), (20, 20), (23, 19), (27, 20), (35, 18), (45, 11), (55, 3), (63, 0)],
        [(22, 27), (25, 24), (28, 18), (33, 16), (41, 10), (51, 5), (63, 0)],
        [(25, 14), (29, 25), (35, 27), (43, 20), (51, 12), (58, 2), (65, 0)],
    ];

    private static readonly int[] GroupOfAge = [.. Enumerable.Range(0, 256).Select(FindGroup)];
    private static readonly double[][] Entry = [.. Enumerable.Range(0, Profiles).Select(profile => Cumulated(ByYear(Entries[profile])))];
    private static readonly double[][] Present = [.. Enumerable.Range(0, Profiles).Select(profile => Cumulated(Stationary(Entries[profile])))];

    /// <summary>The age group of <see cref="PublishedTargets.AgeStarts"/>.</summary>
    public static int GroupOf(int age) => GroupOfAge[age];

    /// <summary>Turnover of an age group over that of the whole sector.</summary>
    public static double TurnoverOf(int group) => OverSector[group];

    /// <summary>The age of somebody who comes.</summary>
    public static int OfEntrant(EntryProfile profile, SplitMix64 random) => Draw(Entry[(int)profile], random);

    /// <summary>The age of somebody who has come at any time.</summary>
    public static int OfPresent(EntryProfile profile, SplitMix64 random) => Draw(Present[(int)profile], random);

    // Each age has those who came at it, and those of the age before who stayed.
    private static double[] Stationary((int From, double Weight)[] bands)
    {
        double[] present = ByYear(bands);
        for (int age = 1; age < present.Length; age++)
            present[age] += present[age - 1] * (1 - (OverSector[GroupOf(age - 1)] * PublishedTargets.Sector(0)));
        return present;
    }

    private static double[] ByYear((int From, double Weight)[] bands)
    {
        double[] weights = new double[Oldest + 1];
        for (int band = 0; band + 1 < bands.Length; band++)
            for (int age = bands[band].From; age < bands[band + 1].From; age++)
                weights[age] = bands[band].Weight / (bands[band + 1].From - bands[band].From);
        return weights;
    }

    private static double[] Cumulated(double[] weights)
    {
        double[] sums = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < sums.Length; i++)
            sums[i] = sum += weights[i];
        for (int i = 0; i < sums.Length; i++)
            sums[i] /= sum;
        return sums;
    }

    private static int Draw(double[] cumulated, SplitMix64 random)
    {
        double at = random.NextUnit();
        int age = Youngest;
        while (age < Oldest && cumulated[age] <= at)
            age++;
        return age;
    }

    private static int FindGroup(int age)
    {
        int group = 0;
        while (group + 1 < PublishedTargets.AgeStarts.Count && age >= PublishedTargets.AgeStarts[group + 1])
            group++;
        return group;
    }
}
