using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;
using RegisterEngine.Tests.Regression;

namespace RegisterEngine.Tests.Cells;

public sealed class MomentTableTests
{
    private static readonly MomentPlan Plan = new() { Name = "cells", By = [Dimension.Workplace, Dimension.Year, Dimension.PositionCode], KeepRows = true };

    [Property(MaxTest = 100)]
    public void MomentsAreThoseOfTheRows(int seed)
    {
        List<TestYear> years = RandomYears.Make(seed);
        MomentTable table = new MemoryPanel(years).Moments(Plan);
        ILookup<(string, string, string, KnownControls), TestYear> byCell = years.ToLookup(KeyOf);

        Assert.Equal(byCell.Count, table.Count);
        for (int cell = 0; cell < table.Count; cell++)
        {
            IEnumerable<TestYear> within = byCell[(table.Label(cell, 0), table.Label(cell, 1), table.Label(cell, 2), table.KnownOf(cell))];
            Assert.Equal(Naive(within, table.Basis), table.Moments(cell).ToArray());
        }
    }

    [Property(MaxTest = 50)]
    public void RowsAreThoseOfTheCells(int seed)
    {
        List<TestYear> years = RandomYears.Make(seed);
        MomentTable table = new MemoryPanel(years).Moments(Plan);
        MomentRows rows = table.Rows!;
        long[] described = new long[table.Basis.Length];

        Assert.Equal(years.Count, Enumerable.Range(0, rows.Count).Sum(rows.CountOf));
        for (int cell = 0; cell < table.Count; cell++)
        {
            long[] sums = new long[table.Basis.Length];
            for (int row = rows.First(cell); row < rows.First(cell + 1); row++)
            {
                table.Basis.Describe(rows.AgeOf(row), rows.WomanOf(row), rows.TransitionOf(row), described);
                for (int i = 0; i < sums.Length; i++)
                    sums[i] += described[i] * rows.CountOf(row);
            }
            Assert.Equal(table.Moments(cell).ToArray(), sums);
        }
    }

    [Property(MaxTest = 50)]
    public void TableIsTheSameForEveryCutIntoWriters(int seed, PositiveInt writers, PositiveInt block)
    {
        var panel = new MemoryPanel(RandomYears.Make(seed));

        AssertSame(panel.Moments(Plan), panel.Moments(Plan, Math.Min(writers.Get, 5), block.Get));
    }

    [Property(MaxTest = 50)]
    public void HalvesAddUpInAnyOrder(int seed)
    {
        List<TestYear> years = RandomYears.Make(seed);
        var panel = new MemoryPanel(years);
        (MomentTable first, MomentTable second) = panel.Halves(Plan, new Random(seed).Next(years.Count + 1));

        AssertSame(panel.Moments(Plan), MomentTable.Merge(first, second));
        AssertSame(panel.Moments(Plan), MomentTable.Merge(second, first));
    }

    [Property(MaxTest = 50)]
    public void MomentsAreTheSameSortedOrNumbered(int seed, PositiveInt writers, PositiveInt block)
    {
        var panel = new MemoryPanel(RandomYears.Make(seed));
        MomentTable sorted = panel.Moments(Plan), numbered = panel.Moments(Plan with { KeepRows = false }, Math.Min(writers.Get, 5), block.Get);

        Assert.Equal(sorted.Keys.ToArray(), numbered.Keys.ToArray());
        for (int cell = 0; cell < sorted.Count; cell++)
            Assert.Equal(sorted.Moments(cell).ToArray(), numbered.Moments(cell).ToArray());
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1000)]
    [InlineData(1)]
    public void DealtPersonYearsAreAllThereHoweverFewMayWait(long mostPending)
    {
        const int cells = 20_000, chunk = 700, chunks = 40;
        var random = new Random(6);
        var deal = new MomentDeal(cells, mostPending, new BlockPool());
        var expected = new Dictionary<(int Part, uint Key), int>();
        for (int i = 0; i < chunks; i++)
        {
            uint[] cellOf = [.. Enumerable.Range(0, chunk).Select(_ => (uint)(random.Next(3) == 0 ? random.Next(cells) : random.Next(50)))];
            uint[] facts = [.. Enumerable.Range(0, chunk).Select(_ => (uint)random.Next(1 << PersonFacts.Bits))];
            deal.Add(cellOf, facts);
            for (int row = 0; row < chunk; row++)
            {
                (int, uint) key = ((int)(cellOf[row] >> MomentDeal.PartBits), ((cellOf[row] & ((1 << MomentDeal.PartBits) - 1)) << PersonFacts.SummedBits) | (facts[row] & ((1 << PersonFacts.SummedBits) - 1)));
                expected[key] = expected.GetValueOrDefault(key) + 1;
            }
        }

        var actual = new Dictionary<(int Part, uint Key), int>();
        for (int part = 0; part < MomentDeal.PartsOf(cells); part++)
        {
            KeyCounts<uint> counted = deal.Counted(part);
            for (int i = 0; i < counted.Keys.Length; i++)
                actual[(part, counted.Keys[i])] = counted.Counts[i];
            for (int block = 0; block < deal.Blocks(part); block++)
                foreach (uint key in deal.Block(part, block))
                    actual[(part, key)] = actual.GetValueOrDefault((part, key)) + 1;
        }
        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void CellsWithFewDimensionsAreWhole(int degree)
    {
        List<TestYear> years = RandomYears.Make(11);
        MomentTable table = new MemoryPanel(years).Moments(new MomentPlan { Name = "all", By = [], Degree = degree });

        Assert.Equal(years.Select(KeyOf).Select(key => key.Item4).Distinct().Count(), table.Count);
        for (int cell = 0; cell < table.Count; cell++)
            Assert.Equal(Naive(years.Where(year => KeyOf(year).Item4 == table.KnownOf(cell)), table.Basis), table.Moments(cell).ToArray());
    }

    [Fact]
    public void MeasuresAddUp()
    {
        MomentTable table = new MemoryPanel(RandomYears.Make(5)).Moments(Plan);
        for (int cell = 0; cell < table.Count; cell++)
        {
            long exit = table.Counted(cell, Measure.SectorExit, 1, 1);
            long move = table.Counted(cell, Measure.WorkplaceMove, 1, 1);
            Assert.Equal(exit + move, table.Counted(cell, Measure.Total, 1, 1));
            Assert.Equal(exit + move, table.Counted(cell, Measure.WorkplaceExit, 1, 1));
        }
    }

    private static (string, string, string, KnownControls) KeyOf(TestYear year)
    {
        KnownControls known = (year.Age is null ? 0 : KnownControls.Age) | (year.Sex == Sex.Unknown ? 0 : KnownControls.Sex);
        return (year.Workplace, $"{year.Year}", year.Position, known);
    }

    // Written from the definition, not from the layout of keys and lines.
    private static long[] Naive(IEnumerable<TestYear> years, MomentBasis basis)
    {
        long[] sums = new long[basis.Length];
        foreach (TestYear year in years)
        {
            if (year.Transition == Transition.Unknown)
            {
                sums[MomentBasis.Unknown]++;
                continue;
            }
            for (int p = 0; p <= basis.Degree; p++)
                for (int q = 0; q <= 1 && p + q <= basis.Degree; q++)
                {
                    long value = (long)BigInteger.Pow(year.Age ?? 0, p) * (q == 0 || year.Sex == Sex.Female ? 1 : 0);
                    sums[basis.Known(p, q)] += value;
                    if (year.Transition != Transition.Stay && p + q < basis.Degree)
                        sums[basis.Of(year.Transition, p, q)] += value;
                }
        }
        return sums;
    }

    private static void AssertSame(MomentTable expected, MomentTable actual)
    {
        Assert.Equal(expected.Keys.ToArray(), actual.Keys.ToArray());
        for (int cell = 0; cell < expected.Count; cell++)
        {
            Assert.Equal(expected.Moments(cell).ToArray(), actual.Moments(cell).ToArray());
            Assert.Equal(expected.Rows!.First(cell), actual.Rows!.First(cell));
        }
        Assert.Equal(expected.Rows!.Facts.ToArray(), actual.Rows!.Facts.ToArray());
        Assert.Equal(expected.Rows!.Counts.ToArray(), actual.Rows!.Counts.ToArray());
    }
}
