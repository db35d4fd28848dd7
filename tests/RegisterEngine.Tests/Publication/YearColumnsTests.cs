using RegisterEngine.Cells;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Publication;

public sealed class YearColumnsTests
{
    [Fact]
    public void EachRateStandsInTheRowOfItsGroupAndTheColumnOfItsYears()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("register.csv", Employment.ToCsv(RandomRegister.Make(seed: 5)));
        using RunResult run = Engine.Run([path], plan => plan with { Tables = [new CellPlan { Name = "by-sex", By = [Dimension.Year, Dimension.Sex] }] });
        var turnover = new TurnoverTable(run.Tables[0], [Measure.SectorExit, Measure.Total]);
        OutputTable wide = YearColumns.Table(turnover, Measure.Total, YearLabel.Pair, run.Panel.Codes);
        OutputTable table = TurnoverOutput.Table(turnover, YearLabel.Pair, run.Panel.Codes);
        List<Value[]> expected = [.. table.Rows.Where(row => row[2].Text == "total")];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, wide.Rows.Sum(row => row.Skip(1).Count(value => !value.IsMissing)));
        foreach (Value[] line in expected)
        {
            Value[] row = Assert.Single(wide.Rows, row => row[0] == line[1]);
            Assert.Equal(line[6], row[wide.Columns.Index().Single(column => column.Item.Name == line[0].Text).Index]);
        }
    }
}
