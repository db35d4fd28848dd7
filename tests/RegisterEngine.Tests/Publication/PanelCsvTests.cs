using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using RegisterEngine.Panel;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Tests.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Publication;

public sealed class PanelCsvTests
{
    [Property(MaxTest = 40)]
    public void PanelIsThatOfTheOracleAndTheSameForAnyNumberOfThreads(int seed)
    {
        List<Employment> register = RandomRegister.Make(seed);
        IEnumerable<string> expected = Oracle.Panel(register, new PanelOptions()).Select(Line);
        string one = Write(register, 1);

        Assert.Equal(one, Write(register, 3));
        // Names of positions and pay are no part of what the oracle tells.
        Assert.Equal(expected.Order(StringComparer.Ordinal), one.Split('\n')[1..^1].Select(line => string.Join(',', line.Split(',').Where((_, i) => i is not 8))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ValuesWithCommasQuotesAndLineBreaksAreQuoted()
    {
        string text = Write([new(2020, "a,\"b", "W") { WorkplaceName = "\"x,\"\"y\"\"\nz\"", Area = null, BirthYear = null, Sex = null, Size = 5, Start = new DateOnly(1999, 2, 3), Pay = 7 }], 1);

        Assert.Equal(
            "year,person,birth_year,sex,municipality,workplace,workplace_name,position_code,position_name,service_area,employment_form,position_size,start_date,pay,new_hire,transition\n" +
            "2020,\"a,\"\"b\",,,0301,W,\"x,\"\"y\"\"\nz\",7174,Sykepleier,,Fast,0.05,1999-02-03,7.00,,unknown\n", text);
    }

    private static string Line(PersonYear row) => string.Join(
        ',', row.Year, row.Person, row.BirthYear, row.Sex switch { "M" => "male", "K" => "female", _ => "" }, row.Municipality, row.Workplace, row.WorkplaceName, row.Position,
        row.Area, row.Form, row.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size / 100}.{size % 100:00}") : "",
        row.Start?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Pay is { } pay ? $"{pay}.00" : "",
        row.NewHire switch { "Yes" => "yes", "No" => "no", _ => "" },
        string.Concat(row.Transition.Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}")));

    private static string Write(List<Employment> register, int threads)
    {
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", Employment.ToCsv(register))]);
        using var target = new MemoryStream();
        PanelCsv.Write(result.Panel, target, threads);
        return Encoding.UTF8.GetString(target.ToArray());
    }
}
