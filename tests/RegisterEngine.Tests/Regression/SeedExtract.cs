using System.Text.Json;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Regression;

/// <summary>Writes employments that have the counts of the published tables: nobody's data, only their numbers.</summary>
/// <remarks>
/// Person-years before are of 2021 and after of 2022, so that one extract of 2020 to 2023 holds both. Who moves has half a position afterwards, so that the move does not make a new hire of the sample.
/// </remarks>
public static class SeedExtract
{
    public const string TreatedWorkplace = "treated";

    private const string Nurse = "7174";
    private const string Other = "7076";

    /// <summary>Leavers by level, of so many.</summary>
    public readonly record struct Counts(int Of, int Moves, int Exits)
    {
        public static Counts operator -(Counts a, Counts b) => new(a.Of - b.Of, a.Moves - b.Moves, a.Exits - b.Exits);
    }

    /// <summary>Tables 4-1, 4-2 and 7-1 to 7-4: treated workplaces, controls, and the rest of the country.</summary>
    public static IEnumerable<Employment> Programme()
    {
        int next = 0;
        foreach (int period in (int[])[0, 1])
        {
            Counts treated = Group("4-1", "tiltak", period), treatedNurses = Group("4-2", "tiltak", period);
            Counts all = Group("4-1", "nasjonalt", period), nurses = Group("4-2", "nasjonalt", period);
            Counts controls = Control("7-2", period), controlNurses = Control("7-4", period);
            (string Municipality, string Workplace, string Position, Counts Counts)[] parts =
            [
                ("5001", TreatedWorkplace, Nurse, treatedNurses), ("5001", TreatedWorkplace, Other, treated - treatedNurses),
                ("4601", "control", Nurse, controlNurses), ("4601", "control", Other, controls - controlNurses),
                ("5001", "beside", Nurse, nurses - treatedNurses - controlNurses),
                ("5001", "beside", Other, all - treated - controls - (nurses - treatedNurses - controlNurses)),
            ];
            foreach ((string municipality, string workplace, string position, Counts counts) in parts)
                foreach (Employment employment in Persons(2021 + period, municipality, workplace, position, counts, ref next))
                    yield return employment;
        }
        foreach (Employment employment in Fillers(2020, 2023, "5001", "4601"))
            yield return employment;
    }

    /// <summary>Tables 7-5 and 7-6: Trondheim by year, and Bergen with all years after as one.</summary>
    public static IEnumerable<Employment> Cities()
    {
        int next = 0;
        JsonElement byYear = Reference.Seed.GetProperty("trondheim_by_year");
        List<(int Year, string Municipality, Counts Counts)> parts = [(2017, "5001", Group("7-5", "trondheim", 0)), (2017, "4601", Group("7-5", "bergen", 0)), (2020, "4601", Group("7-5", "bergen", 1))];
        foreach (string year in (string[])["2020", "2021", "2022"])
        {
            JsonElement counts = byYear.GetProperty("counts").GetProperty(year);
            parts.Add(((int)Reference.Parse(year), "5001", new Counts(byYear.GetProperty("n").GetProperty(year).GetInt32(), counts.GetProperty("virksomhet").GetInt32(), counts.GetProperty("kommune").GetInt32())));
        }
        foreach ((int year, string municipality, Counts counts) in parts)
            foreach (Employment employment in Persons(year, municipality, "home" + municipality, Nurse, counts, ref next))
                yield return employment;
        foreach (Employment employment in Fillers(2016, 2023, "5001", "4601"))
            yield return employment;
    }

    private static List<Employment> Persons(int year, string municipality, string workplace, string position, Counts counts, ref int next)
    {
        Assert.True(counts.Of >= counts.Moves + counts.Exits && counts.Moves >= 0 && counts.Exits >= 0);
        var employments = new List<Employment>();
        for (int i = 0; i < counts.Of; i++)
        {
            var employment = new Employment(year, $"p{next++}", workplace) { Municipality = municipality, Position = position, WorkplaceName = workplace };
            employments.Add(employment);
            if (i < counts.Moves)
                employments.Add(employment with { Year = year + 1, Workplace = "elsewhere", WorkplaceName = "elsewhere", Size = 5000 });
            else if (i >= counts.Moves + counts.Exits)
                employments.Add(employment with { Year = year + 1 });
        }
        return employments;
    }

    // So that every municipality delivers in every year, and nobody's transition is unknown.
    private static IEnumerable<Employment> Fillers(int first, int last, params string[] municipalities) =>
        from municipality in municipalities
        from year in Enumerable.Range(first, last - first + 1)
        from person in Enumerable.Range(0, 60)
        select new Employment(year, $"f{municipality}{person}", $"school{municipality}") { Municipality = municipality, Position = "7962", WorkplaceName = "school" };

    private static Counts Group(string table, string group, int period)
    {
        JsonElement of = Reference.Seed.GetProperty("tables").GetProperty(table).GetProperty("groups").GetProperty(group);
        JsonElement rows = of.GetProperty("rows");
        int Count(string row) => rows.GetProperty(row).GetProperty("counts")[period].GetInt32();
        Assert.Equal(Count("total"), Count("virksomhet") + Count("kommune"));
        return new Counts(of.GetProperty("n")[period].GetInt32(), Count("virksomhet"), Count("kommune"));
    }

    private static Counts Control(string table, int period)
    {
        JsonElement row = Reference.Seed.GetProperty("tables").GetProperty(table).GetProperty("rows").GetProperty("1").GetProperty("counts");
        string name = period == 0 ? "control_pre" : "control_post";
        return new Counts(row.GetProperty("total").GetProperty(name)[1].GetInt32(), row.GetProperty("virksomhet").GetProperty(name)[0].GetInt32(), row.GetProperty("kommune").GetProperty(name)[0].GetInt32());
    }
}
