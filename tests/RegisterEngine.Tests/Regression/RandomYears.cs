using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Tests.Regression;

/// <summary>Small panels with missing ages and sexes, from a seed.</summary>
public static class RandomYears
{
    private static readonly string[] Positions = ["7174", "7076", "6572"];

    public static List<TestYear> Make(int seed, int most = 400)
    {
        var random = new Random(seed);
        int workplaces = random.Next(1, 12);
        return [.. Enumerable.Range(0, random.Next(1, most)).Select(_ => Year(random, workplaces))];
    }

    private static TestYear Year(Random random, int workplaces)
    {
        int workplace = random.Next(workplaces);
        return new TestYear(2018 + random.Next(4), $"w{workplace:00}", (Transition)random.Next(6))
        {
            Municipality = $"{3000 + (workplace % 3)}",
            Position = Positions[random.Next(Positions.Length)],
            Age = random.Next(20) == 0 ? null : random.Next(18, 70),
            Sex = (Sex)(random.Next(20) == 0 ? 0 : random.Next(1, 4)),
            NewHire = (NewHire)random.Next(3),
            Size = random.Next(12_000),
        };
    }
}
