using System.Globalization;
using FsCheck.Xunit;
using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Tests.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Publication;

/// <summary>Tables as they are written against the oracle of the panel, grouped and divided here, slowly and obviously.</summary>
public sealed class TurnoverOutputTests
{
    private static readonly Dictionary<Measure, string[]> Leaving = new()
    {
        [Measure.SectorExit] = ["LeaveUniverse", "LeaveRegister"],
        [Measure.WorkplaceMove] = ["MoveWithinMunicipality", "MoveBetweenMunicipalities"],
        [Measure.Total] = ["LeaveUniverse", "LeaveRegister", "MoveWithinMunicipality", "MoveBetweenMunicipalities"],
        [Measure.WorkplaceExit] = ["LeaveUniverse", "LeaveRegister", "MoveWithinMunicipality", "MoveBetweenMunicipalities"],
        [Measure.MunicipalityExit] = ["LeaveUniverse", "LeaveRegister", "MoveBetweenMunicipalities"],
        [Measure.RegisterExit] = ["LeaveRegister"],
    };

    [Property(MaxTest = 60)]
    public void WrittenTableIsThatOfTheOracle(int seed)
    {
        List<Employment> register = RandomRegister.Make(seed);
        List<string> expected =
        [
            .. from row in Oracle.Panel(register, new PanelOptions())
               group row by (row.Year, row.NewHire) into cell
               let known = cell.Count(row => row.Transition != "Unknown")
               where known > 0
               from measure in Measures.All
               let leavers = cell.Count(row => Leaving[measure].Contains(row.Transition))
               let name = TurnoverOutput.NameOf(measure)
               select string.Create(CultureInfo.InvariantCulture, $"{cell.Key.Year}-{cell.Key.Year + 1},{cell.Key.NewHire.ToLowerInvariant()},{name},{cell.Count()},{known},{leavers},{(double)leavers / known:R}"),
        ];

        string[] lines = Lines(register, YearLabel.Pair, out string header, Dimension.Year, Dimension.NewHire);
        Assert.Equal("year,new_hire,measure,person_years,n,leavers,rate,standard_deviation,wilson_low,wilson_high", header);
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Select(line => string.Join(',', line.Split(',')[..7])).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(YearLabel.Pair, "2020-2021")]
    [InlineData(YearLabel.Start, "2020")]
    [InlineData(YearLabel.End, "2021")]
    public void YearsAreWrittenAsTheLabelSays(YearLabel label, string expected) =>
        Assert.All(Lines([new(2020, "1", "A"), new(2021, "1", "A")], label, out _, Dimension.Year), line => Assert.StartsWith(expected + ",", line, StringComparison.Ordinal));

    [Fact]
    public void WorkplacesAndPositionsHaveTheirNamesBesideThem()
    {
        string[] lines = Lines(
            [new(2020, "1", "A") { WorkplaceName = "Østre" }, new(2021, "1", "A") { WorkplaceName = "Aker" }, new(2020, "2", "B") { WorkplaceName = null, Position = null, PositionName = null }],
            YearLabel.Pair, out string header, Dimension.Workplace, Dimension.PositionCode);

        Assert.StartsWith("workplace,workplace_name,position_code,position_name,measure,", header, StringComparison.Ordinal);
        Assert.Equal(["A,Aker,7174,Sykepleier", "B,,unknown,"], lines.Select(line => string.Join(',', line.Split(',')[..4])).Distinct());
    }

    [Fact]
    public void WideTableHasARateForEachMeasure()
    {
        OutputTable table = Table([new(2020, "1", "A"), new(2021, "1", "B"), new(2020, "2", "A")], new Sample(), Denominator.KnownTransitions, wide: true, Dimension.Year);

        Assert.Equal(
            ["| year | n | sector exit % | workplace move % | total % | workplace exit % | municipality exit % | register exit % |", "| 2020-2021 | 2 | 50.0 | 50.0 | 100.0 | 100.0 | 50.0 | 50.0 |"],
            Written.Lines(table, TableFormat.Markdown) is { } lines ? [lines[2], lines[4]] : []);
    }

    [Fact]
    public void AverageStocksHaveNoIntervalOfShares()
    {
        OutputTable table = Table([new(2020, "1", "A"), new(2020, "2", "A"), new(2021, "1", "A")], new Sample(), Denominator.AverageStock, wide: false, Dimension.Year);

        Assert.Equal("year,measure,person_years,n,leavers,average_stock,rate,standard_deviation,wilson_low,wilson_high", Written.Lines(table, TableFormat.Csv)[0]);
        Assert.Equal("2020-2021,sector exit,2,2,1,1.5,0.6666666666666666,,,", Written.Lines(table, TableFormat.Csv)[1]);
    }

    [Fact]
    public void TitleTellsWhomTheTableCounts()
    {
        var sample = new Sample { MinimumSize = 6050, NewHire = NewHire.Yes, Years = [2020, 2021], PositionCodes = ["7174"], ServiceAreas = ["helse"], Municipalities = ["0301"], Workplaces = ["A"] };

        Assert.Equal(
            "Turnover by year, new hire, main job of 60.5 % or more, new hires only, years 2020, 2021, positions 7174, service areas helse, municipalities 0301, workplaces A",
            Table([new(2020, "1", "A")], sample, Denominator.KnownTransitions, wide: false, Dimension.Year, Dimension.NewHire).Title);
        Assert.Equal("Turnover", Table([new(2020, "1", "A")], new Sample(), Denominator.KnownTransitions, wide: false).Title);
    }

    private static string[] Lines(List<Employment> register, YearLabel label, out string header, params Dimension[] by)
    {
        string[] lines = Written.Lines(Table(register, new Sample(), Denominator.KnownTransitions, wide: false, label, by), TableFormat.Csv);
        header = lines[0];
        return lines[1..];
    }

    private static OutputTable Table(List<Employment> register, Sample sample, Denominator denominator, bool wide, params Dimension[] by) =>
        Table(register, sample, denominator, wide, YearLabel.Pair, by);

    private static OutputTable Table(List<Employment> register, Sample sample, Denominator denominator, bool wide, YearLabel label, Dimension[] by)
    {
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", Employment.ToCsv(register))], plan => plan with { Tables = [new CellPlan { Name = "t", By = by, Sample = sample }] });
        var turnover = new TurnoverTable(result.Tables[0], Measures.All, denominator);
        OutputTable table = wide ? TurnoverOutput.Wide(turnover, label, result.Panel.Codes) : TurnoverOutput.Table(turnover, label, result.Panel.Codes);
        return table with { Rows = [.. table.Rows] };
    }
}
