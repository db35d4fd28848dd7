using FsCheck;
using FsCheck.Xunit;
using RegisterEngine.Cells;
using RegisterEngine.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Cells;

public sealed class TurnoverTests
{
    [Theory]
    [InlineData(Measure.SectorExit, "0 0 0 0 1 1")]
    [InlineData(Measure.WorkplaceMove, "0 0 1 1 0 0")]
    [InlineData(Measure.Total, "0 0 1 1 1 1")]
    [InlineData(Measure.WorkplaceExit, "0 0 1 1 1 1")]
    [InlineData(Measure.MunicipalityExit, "0 0 0 1 1 1")]
    [InlineData(Measure.RegisterExit, "0 0 0 0 0 1")]
    public void MeasureCountsItsTransitions(Measure measure, string leaving)
    {
        for (int transition = 0; transition < 6; transition++)
        {
            int[] counts = new int[6];
            counts[transition] = 7;
            bool leaves = leaving.Split(' ')[transition] == "1";
            Assert.Equal(leaves ? 7 : 0, measure.Leavers(new CellCounts(counts)));
            Assert.Equal(transition == 0 ? null : leaves, measure.IsLeaving((Transition)transition));
        }
    }

    [Property]
    public void TotalIsExitAndMoveExactlyInEveryCell(NonNegativeInt[] numbers)
    {
        int[] counts = [.. numbers.Select(number => number.Get % 10_000).Concat(Enumerable.Repeat(0, 6)).Take(6)];

        Assert.Equal(Measure.SectorExit.Leavers(new CellCounts(counts)) + Measure.WorkplaceMove.Leavers(new CellCounts(counts)), Measure.Total.Leavers(new CellCounts(counts)));
        Assert.Equal(Measure.WorkplaceExit.Leavers(new CellCounts(counts)), Measure.Total.Leavers(new CellCounts(counts)));
    }

    // R. G. Newcombe (1998), "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, table I, method 3: four decimals.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void WilsonIntervalsAreThoseOfThePublishedTable(long count, long of, double low, double high)
    {
        (double Low, double High) interval = new Proportion(count, of).Wilson!.Value;

        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Property]
    public void WilsonIntervalHoldsTheRateAndStaysWithinZeroAndOne(PositiveInt of, NonNegativeInt count)
    {
        var share = new Proportion(count.Get % (of.Get + 1), of.Get);
        (double low, double high) = share.Wilson!.Value;

        Assert.InRange(share.Rate!.Value, low, high);
        Assert.InRange(low, 0, 1);
        Assert.InRange(high, 0, 1);
    }

    [Property]
    public void StandardDeviationIsThatOfTheZerosAndOnes(PositiveInt of, NonNegativeInt count)
    {
        int n = (of.Get % 200) + 2;
        int k = count.Get % (n + 1);
        double mean = (double)k / n;
        double expected = Math.Sqrt(((k * (1 - mean) * (1 - mean)) + ((n - k) * mean * mean)) / (n - 1));

        Assert.Equal(expected, new Proportion(k, n).StandardDeviation!.Value, 1e-12);
    }

    [Fact]
    public void NothingIsSaidAboutNoCases()
    {
        Assert.Null(new Proportion(0, 0).Rate);
        Assert.Null(new Proportion(0, 0).Wilson);
        Assert.Null(new Proportion(1, 1).StandardDeviation);
    }

    [Fact]
    public void UnknownTransitionsAreNotInTheDenominator()
    {
        TurnoverTable table = Table(Denominator.KnownTransitions, by: [Dimension.Year]);
        TurnoverLine line = Assert.Single(table.Lines, line => line.Measure == Measure.SectorExit);

        // 2020: two stay, one leaves; 2021: nobody knows.
        Assert.Equal((3L, 3L, 1L), (line.PersonYears, line.Turnover.Of, line.Turnover.Count));
    }

    [Fact]
    public void AverageStockIsThatOfThisYearAndTheNext()
    {
        TurnoverTable table = Table(Denominator.AverageStock, by: [Dimension.Year, Dimension.Workplace]);
        TurnoverLine line = table.Lines.First(line => line.Measure == Measure.SectorExit && table.Cells.Label(line.Cell, 1) == "A");

        // Three in 2020, two in 2021: one leaver of 2.5 on average.
        Assert.Equal(2.5, line.AverageStock);
        Assert.Equal(0.4, line.Rate(Denominator.AverageStock));
        Assert.Throws<ArgumentException>(() => Table(Denominator.AverageStock, by: [Dimension.Workplace]));
    }

    [Fact]
    public void AverageStockIsTheSameWhereTheYearAfterIsNotShown()
    {
        TurnoverTable table = Table(Denominator.AverageStock, by: [Dimension.Year], new Sample { Years = [2020] });
        TurnoverLine line = Assert.Single(table.Lines);

        Assert.Equal(("2020", 2.5), (table.Cells.Label(line.Cell, 0), line.AverageStock));
        Assert.Throws<ArgumentException>(() => new TurnoverTable(
            Table(Denominator.KnownTransitions, by: [Dimension.Year], new Sample { Years = [2020] }).Cells, [Measure.SectorExit], Denominator.AverageStock));
    }

    [Fact]
    public void FirstAgeGroupSaysThatTheYoungestAreInIt()
    {
        AgeGroups ages = new([30, 40]);

        Assert.Equal((0, "0-39"), (ages.GroupOf(17), ages.Label(ages.GroupOf(17))));
        Assert.Equal("40+", ages.Label(ages.GroupOf(40)));
        Assert.Equal("0+", new AgeGroups([18]).Label(0));
    }

    private static TurnoverTable Table(Denominator denominator, IReadOnlyList<Dimension> by, Sample? sample = null)
    {
        List<Employment> register =
        [
            new(2020, "1", "A"), new(2021, "1", "A"), new(2020, "2", "A"), new(2021, "2", "A"), new(2020, "3", "A"),
        ];
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", Employment.ToCsv(register))], plan => plan with
        {
            Tables = [new TurnoverPlan { Cells = new CellPlan { Name = "t", By = by, Sample = sample ?? new Sample() }, Denominator = denominator }.Counted],
        });
        return new TurnoverTable(result.Tables[0], [Measure.SectorExit], denominator);
    }
}
