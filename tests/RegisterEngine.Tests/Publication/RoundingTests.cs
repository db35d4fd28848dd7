using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using RegisterEngine.Cells;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Tests.Publication;

public sealed class RoundingTests
{
    // The halves on the right are exact as ratios of counts, and none of them is in binary floating point.
    [Theory]
    [InlineData(1, 8, 1, "12.5")]
    [InlineData(1, 800, 1, "0.1")]
    [InlineData(1, 400, 1, "0.3")]
    [InlineData(57, 200, 0, "29")]
    [InlineData(285, 1000, 0, "29")]
    [InlineData(201, 20_000, 2, "1.01")]
    [InlineData(1005, 1000, 1, "100.5")]
    [InlineData(1005, 100_000, 2, "1.01")]
    [InlineData(5, 1000, 0, "1")]
    [InlineData(25, 1000, 0, "3")]
    [InlineData(45, 1000, 0, "5")]
    [InlineData(0, 7, 1, "0.0")]
    [InlineData(7, 7, 1, "100.0")]
    [InlineData(1, 3, 6, "33.333333")]
    [InlineData(2, 3, 6, "66.666667")]
    public void HalvesOfSharesGoAwayFromZero(long count, long of, int decimals, string expected) =>
        Assert.Equal(expected, Rounding.Percent(new Proportion(count, of), decimals));

    [Property]
    public void PercentIsTheNearestOneAndOfTwoAsNearTheLarger(PositiveInt of, NonNegativeInt part, byte places)
    {
        int decimals = places % 7;
        long count = part.Get % (of.Get + 1L);
        BigInteger units = BigInteger.Pow(10, decimals) * 100 * count;
        BigInteger nearest = Enumerable.Range(-1, 3).Select(step => (units / of.Get) + step).OrderBy(unit => BigInteger.Abs((unit * of.Get) - units)).ThenByDescending(unit => unit).First();

        BigInteger shown = BigInteger.Parse(Rounding.Percent(new Proportion(count, of.Get), decimals).Replace(".", ""), CultureInfo.InvariantCulture);
        Assert.Equal(nearest, shown);
    }

    [Theory]
    [InlineData(0.285, 2, "0.29")]
    [InlineData(1.005, 2, "1.01")]
    [InlineData(-1.005, 2, "-1.01")]
    [InlineData(0.125, 2, "0.13")]
    [InlineData(2.5, 0, "3")]
    [InlineData(-2.5, 0, "-3")]
    [InlineData(12.25, 1, "12.3")]
    [InlineData(1234567.0, 1, "1234567.0")]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(0.0, 3, "0.000")]
    public void HalvesOfNumbersGoAwayFromZeroAndZeroHasNoSign(double value, int decimals, string expected) =>
        Assert.Equal(expected, Rounding.Number(value, decimals));

    [Theory]
    [InlineData(-57, 200, "-28,5")]
    [InlineData(-1, 4000, "0,0")]
    [InlineData(1, 800, "0,1")]
    public void ChangesAreRoundedAsSharesAre(int change, int before, string expected)
    {
        var table = new OutputTable("t", "T", [new("change", ValueKind.Share)], [[Value.Share((double)change / before)]]);

        Assert.Equal(expected, Written.Lines(table, TableFormat.NorwegianCsv)[1]);
    }
}
