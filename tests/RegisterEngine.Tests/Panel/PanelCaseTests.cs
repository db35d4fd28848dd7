using System.Globalization;
using RegisterEngine.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Panel;

/// <summary>
/// The rules of the panel as small tables that anyone in the field can read, write and dispute: Cases/*.txt. Above the line the employments, below it the
/// person-years that must come out, by person and year; columns in any order, those not named have a usual value; <c>-</c> is a missing value.
/// </summary>
public sealed class PanelCaseTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Panel", "Cases"), "*.txt").Order(StringComparer.Ordinal))
            foreach (string text in File.ReadAllText(file).Split("case:", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1))
                data.Add($"{Path.GetFileNameWithoutExtension(file)}: {text.Split('\n')[0]}", text);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PanelIsAsTheCaseSays(string name, string text)
    {
        Assert.NotEmpty(name);
        List<string> lines = [.. text.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        List<string> options = [.. lines.TakeWhile(line => line.StartsWith("with:", StringComparison.Ordinal))];
        int bar = lines.FindIndex(line => line.StartsWith("---", StringComparison.Ordinal));
        List<Dictionary<string, string>> input = Table(lines[options.Count..bar]);
        List<Dictionary<string, string>> expected = Table(lines[(bar + 1)..]);

        List<PersonYear> panel = Engine.Panel(input.Select(ToEmployment), Options(options));

        Assert.Equal(expected.Select(row => Line(row, row.Keys)), panel.Select(row => Line(Describe(row), expected[0].Keys)));
    }

    private static List<Dictionary<string, string>> Table(List<string> lines)
    {
        string[] names = Words(lines[0]);
        return [.. lines.Skip(1).Select(line => names.Zip(Words(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Line(Dictionary<string, string> row, IEnumerable<string> columns) => string.Join(' ', columns.Select(column => row[column]));

    private static Employment ToEmployment(Dictionary<string, string> row)
    {
        var usual = new Employment(int.Parse(row["year"], CultureInfo.InvariantCulture), row["person"], row["workplace"]);
        return usual with
        {
            Municipality = Text("municipality", usual.Municipality),
            Size = row.TryGetValue("size", out string? size) ? size == "-" ? null : (int)(decimal.Parse(size, CultureInfo.InvariantCulture) * 100) : usual.Size,
            Start = row.TryGetValue("start", out string? start) && start != "-" ? DateOnly.Parse(start, CultureInfo.InvariantCulture) : null,
            Position = Text("position", usual.Position),
            PositionName = Text("position_name", usual.PositionName),
            Area = Text("area", usual.Area),
            Form = Text("form", usual.Form),
            WorkplaceName = Text("workplace_name", usual.WorkplaceName),
            BirthYear = row.TryGetValue("born", out string? born) ? born == "-" ? null : int.Parse(born, CultureInfo.InvariantCulture) : usual.BirthYear,
            Pay = row.TryGetValue("pay", out string? pay) && pay != "-" ? int.Parse(pay, CultureInfo.InvariantCulture) : null,
        };

        string? Text(string column, string? otherwise) => row.TryGetValue(column, out string? text) ? text == "-" ? null : text : otherwise;
    }

    private static Dictionary<string, string> Describe(PersonYear row) => new()
    {
        ["year"] = $"{row.Year}",
        ["person"] = row.Person,
        ["workplace"] = row.Workplace,
        ["municipality"] = row.Municipality ?? "-",
        ["size"] = row.Size is { } size ? (size / 100m).ToString("0.##", CultureInfo.InvariantCulture) : "-",
        ["start"] = row.Start?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-",
        ["position"] = row.Position ?? "-",
        ["area"] = row.Area ?? "-",
        ["form"] = row.Form ?? "-",
        ["workplace_name"] = row.WorkplaceName ?? "-",
        ["born"] = row.BirthYear?.ToString(CultureInfo.InvariantCulture) ?? "-",
        ["pay"] = row.Pay?.ToString(CultureInfo.InvariantCulture) ?? "-",
        ["new_hire"] = row.NewHire.ToLowerInvariant(),
        ["transition"] = row.Transition switch
        {
            "MoveWithinMunicipality" => "move-within-municipality",
            "MoveBetweenMunicipalities" => "move-between-municipalities",
            "LeaveUniverse" => "leave-universe",
            "LeaveRegister" => "leave-register",
            var other => other.ToLowerInvariant(),
        },
    };

    private static PanelOptions Options(List<string> lines)
    {
        var options = new PanelOptions();
        foreach (string line in lines)
        {
            string[] words = Words(line["with:".Length..]);
            options = words switch
            {
                ["main-job", "sum-by-workplace"] => options with { MainJob = MainJobRule.SumByWorkplace },
                ["new-hire", "any-job"] => options with { NewHire = NewHireRule.AnyJob },
                ["universe", "positions", .. var codes] => options with { Universe = options.Universe with { PositionCodes = codes } },
                ["universe", "areas", .. var areas] => options with { Universe = options.Universe with { ServiceAreas = areas } },
                ["universe", "municipalities", .. var codes] => options with { Universe = options.Universe with { Municipalities = codes } },
                ["universe", "forms", .. var forms] => options with { Universe = options.Universe with { EmploymentForms = forms } },
                ["missing", var unit, var year] => options with
                {
                    Coverage = options.Coverage with { Missing = [.. options.Coverage.Missing, new MissingDelivery(unit, int.Parse(year, CultureInfo.InvariantCulture))] },
                },
                ["coverage", "workplace"] => options with { Coverage = options.Coverage with { Level = CoverageLevel.Workplace } },
                _ => throw new InvalidOperationException($"no such option: {line}"),
            };
        }
        return options;
    }
}
