using System.Text;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

namespace RegisterEngine.Tests.Support;

/// <summary>Runs the whole engine on employments or files, and reads the panel back as text.</summary>
public static class Engine
{
    public static RunResult Run(IEnumerable<string> paths, Func<RunPlan, RunPlan>? change = null)
    {
        var plan = new RunPlan { Inputs = ExtractInputs.Find(paths), Tables = [new CellPlan { Name = "years", By = [Dimension.Year] }] };
        return Pipeline.Run(change is null ? plan : change(plan));
    }

    public static List<PersonYear> Panel(IEnumerable<Employment> employments, PanelOptions? options = null, Func<RunPlan, RunPlan>? change = null)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv(employments));
        using RunResult result = Run([path], plan =>
        {
            plan = plan with { Panel = options ?? new PanelOptions() };
            return change is null ? plan : change(plan);
        });
        return Panel(result);
    }

    /// <summary>All person-years, by person, then year.</summary>
    public static List<PersonYear> Panel(RunResult result) =>
        [.. InShardOrder(result).OrderBy(row => row.Person, StringComparer.Ordinal).ThenBy(row => row.Year)];

    /// <summary>All person-years as the engine orders them.</summary>
    public static List<PersonYear> InShardOrder(RunResult result)
    {
        var rows = new List<PersonYear>();
        var shard = new PanelShard();
        PanelCodes codes = result.Panel.Codes;
        byte[] digits = new byte[PanelShard.LongestDigits];
        for (int i = 0; i < PersonYears.ShardCount; i++)
        {
            result.Panel.Read(i, shard);
            foreach (PanelRow row in shard.Rows)
                rows.Add(Describe(row, Encoding.UTF8.GetString(shard.KeyOf(row.Person, digits)), codes));
        }
        return rows;
    }

    private static PersonYear Describe(PanelRow row, string person, PanelCodes codes)
    {
        return new PersonYear(
            row.Year, person, Unit(RegisterColumn.Workplace) ?? "", Unit(RegisterColumn.Municipality), row.Size < 0 ? null : row.Size,
            Job(RegisterColumn.PositionCode), row.NewHire.ToString(), row.Transition.ToString())
        {
            Start = row.Start is { } days ? new DateOnly(1970, 1, 1).AddDays(days) : null,
            Pay = row.Pay is { } pay ? (int)(pay / 100) : null,
            Area = Job(RegisterColumn.ServiceArea),
            Form = Job(RegisterColumn.EmploymentForm),
            WorkplaceName = Unit(RegisterColumn.WorkplaceName),
            BirthYear = row.BirthYear == 0 ? null : row.BirthYear,
            Sex = row.Sex switch { Sex.Male => "M", Sex.Female => "K", _ => null },
        };

        string? Unit(RegisterColumn column) => Text(column, row.Unit);

        string? Job(RegisterColumn column) => Text(column, row.Job);

        string? Text(RegisterColumn column, int tuple)
        {
            int code = codes.Books.CodesOf(column)[tuple];
            return code == CodeBook.Missing ? null : codes.Books[column].Text(code);
        }
    }
}
