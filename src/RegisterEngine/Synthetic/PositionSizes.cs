using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Position sizes, in hundredths of a percent.</summary>
internal static class PositionSizes
{
    /// <summary>Full time.</summary>
    public const int Full = 10_000;

    /// <summary>Nobody with a smaller main job has a second one.</summary>
    public const int LeastWithSecond = 2_000;

    // Sizes and their weights, profile by profile.
    private static readonly (int Size, int Weight)[][] Main =
    [
        [(10_000, 79), (9_000, 3), (8_000, 7), (7_500, 2), (6_000, 4), (5_000, 5)],
        [(10_000, 53), (9_231, 4), (8_462, 6), (8_000, 10), (7_308, 6), (6_000, 8), (5_000, 9), (4_000, 3), (10_400, 1)],
        [(10_000, 38), (9_000, 5), (8_000, 13), (7_550, 6), (7_500, 14), (6_667, 4), (6_000, 7), (5_000, 7), (3_546, 2), (2_000, 3), (10_800, 1)],
        [(10_000, 26), (9_000, 3), (8_000, 11), (7_550, 7), (7_500, 14), (7_042, 5), (6_000, 11), (5_000, 12), (3_550, 5), (2_000, 5), (1_690, 1)],
        [(10_000, 17), (8_000, 8), (7_500, 8), (6_000, 9), (5_000, 14), (4_000, 8), (3_521, 8), (2_500, 8), (2_000, 9), (1_690, 8), (1_408, 3)],
    ];

    private static readonly int[] Second = [500, 750, 1_000, 1_000, 1_408, 1_500, 1_690, 2_000, 2_000, 2_500, 2_817, 3_000, 3_521, 4_000, 5_000];

    private static readonly int[][] Drawn = [.. Main.Select(profile => profile.SelectMany(size => Enumerable.Repeat(size.Size, size.Weight)).ToArray())];

    /// <summary>The size of a main job.</summary>
    public static int OfMainJob(SizeProfile profile, SplitMix64 random)
    {
        int[] sizes = Drawn[(int)profile];
        return sizes[random.Next(sizes.Length)];
    }

    /// <summary>The size of a second job, which is always smaller than the main job.</summary>
    public static int OfSecondJob(int mainJob, SplitMix64 random) => Math.Min(Second[random.Next(Second.Length)], mainJob * 3 / 4);
}
