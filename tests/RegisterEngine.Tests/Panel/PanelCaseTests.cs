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
        foreach ((string name, string text) in CaseText.All("Panel"))
            data.Add(name, text);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PanelIsAsTheCaseSays(string name, string text)
    {
        Assert.NotEmpty(name);
        CaseText given = CaseText.Read(text);
        List<Dictionary<string, string>> expected = given.Tables[1];

        List<PersonYear> panel = Engine.Panel(given.Tables[0].Select(CaseText.ToEmployment), Options(given.Options));

        Assert.Equal(expected.Select(row => CaseText.Line(row, row.Keys)), panel.Select(row => CaseText.Line(Describe(row), expected[0].Keys)));
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

    private static PanelOptions Options(IEnumerable<string> lines)
    {
        var options = new PanelOptions();
        foreach (string line in lines)
        {
            string[] words = CaseText.Words(line["with:".Length..]);
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
