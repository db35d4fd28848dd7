namespace RegisterEngine.Tests.Support;

/// <summary>Small registers full of ties, duplicates, side jobs, missing values and gaps, from a seed.</summary>
public static class RandomRegister
{
    private static readonly string[] Positions = ["7174", "7076", "6572", "0123"];
    private static readonly string?[] Areas = ["helse", "skole", "barnehage", null];
    private static readonly string[] Forms = ["Fast", "Vikar"];
    private static readonly string[] Names = ["Solhaug", "Furuly", "Østre skole"];
    private static readonly int?[] Sizes = [null, 0, 2000, 5000, 5000, 10_000, 10_000, 12_050];
    private static readonly string[] Sexes = ["M", "K", "9"];

    public static List<Employment> Make(int seed)
    {
        var random = new Random(seed);
        int years = random.Next(1, 7);
        int persons = random.Next(1, 60);
        int workplaces = random.Next(1, 9);
        bool textIds = random.Next(3) == 0;
        // Pays that are beyond what rows in memory hold in few words.
        bool largePays = random.Next(5) == 0;
        int absentYear = random.Next(4) == 0 ? 2018 + random.Next(1, 6) : 0;
        var employments = new List<Employment>();
        for (int person = 0; person < persons; person++)
            for (int year = 2018; year < 2018 + years; year++)
            {
                if (year == absentYear)
                    continue;
                int jobs = random.Next(5) switch { 0 => 0, 4 => random.Next(2, random.Next(10) == 0 ? 24 : 4), _ => 1 };
                for (int job = 0; job < jobs; job++)
                    employments.Add(Job(random, year, Id(person, textIds), workplaces, largePays));
            }
        for (int i = employments.Count / 8; i > 0; i--)
            employments.Add(employments[random.Next(employments.Count)]);
        AddGap(employments, random, years);
        if (employments.Count == 0)
            employments.Add(Job(random, 2018, "1", workplaces, largePays));
        return employments;
    }

    public static List<T> Shuffled<T>(IReadOnlyList<T> items, int seed)
    {
        T[] shuffled = [.. items];
        new Random(seed).Shuffle(shuffled);
        return [.. shuffled];
    }

    private static Employment Job(Random random, int year, string person, int workplaces, bool largePays)
    {
        int workplace = random.Next(workplaces);
        return new Employment(year, person, $"W{workplace * 7}")
        {
            Municipality = (workplace % 3) switch { 0 => "0301", 1 => "1103", _ => random.Next(8) == 0 ? null : "5001" },
            WorkplaceName = Names[random.Next(10) == 0 ? random.Next(3) : workplace % 3],
            Size = Sizes[random.Next(Sizes.Length)],
            Start = random.Next(3) == 0 ? null : new DateOnly(2000 + random.Next(3), 1 + random.Next(2), 1),
            Position = random.Next(9) == 0 ? null : Positions[random.Next(Positions.Length)],
            PositionName = random.Next(2) == 0 ? "Sykepleier" : null,
            Area = Areas[random.Next(Areas.Length)],
            Form = Forms[random.Next(Forms.Length)],
            BirthYear = random.Next(6) == 0 ? null : 1960 + random.Next(2),
            Sex = Sexes[random.Next(2)],
            Pay = random.Next(4) == 0 ? null : largePays && random.Next(9) == 0 ? 40_000_000 : 400_000 + random.Next(2),
        };
    }

    private static string Id(int person, bool text) => (text, person % 3) switch
    {
        (true, 0) => $"person-{person}",
        (true, 1) => $"ærlig {person} med et langt navn som ikke er et tall",
        (_, 2) => $"{person:0000000}",
        _ => $"{person}",
    };

    // One municipality delivers nothing in a year in the middle, or one row only.
    private static void AddGap(List<Employment> employments, Random random, int years)
    {
        if (years < 3 || random.Next(3) == 0)
            return;
        int year = 2018 + random.Next(1, years - 1);
        int kept = random.Next(2);
        employments.RemoveAll(job => job.Year == year && job.Municipality == "1103" && kept-- <= 0);
    }
}
