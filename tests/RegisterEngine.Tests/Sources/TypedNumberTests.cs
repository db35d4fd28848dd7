using System.Numerics;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Tests.Sources;

public sealed class TypedNumberTests
{
    // Against whole numbers without a limit: what is not listed is exact, and what is exact is listed only where a step on the way does not fit 64 bits.
    [Theory]
    [InlineData(4, 9)]
    [InlineData(8, 18)]
    [InlineData(16, 38)]
    public void DecimalsOfEveryWidthAreExactOrLeftToTheReaderOfTexts(int width, int precision)
    {
        var random = new Random(width);
        for (int decimals = 0; decimals <= Math.Min(precision, 18); decimals++)
            foreach (long scale in (long[])[1, 100, 10_000])
            {
                const int rows = 200;
                var column = new Column(new Field("size", ColumnType.Decimal(precision, decimals, width)), rows + 1);
                BigInteger[] units = [.. Enumerable.Range(0, rows + 1).Select(row => Units(random, width, row, decimals))];
                for (int row = 0; row <= rows; row++)
                    Assert.True(units[row].TryWriteBytes(column.Values.Span.Slice(row * width, width), out int written) && Extend(column, row, width, written, units[row].Sign));
                column.SetNull(17);

                long[] values = new long[rows];
                int[] leftOver = new int[rows];
                var left = leftOver[..TypedNumbers.Read<long>(column, 1, scale, values, leftOver)].ToHashSet();
                Assert.Contains(16, left);
                for (int row = 0; row < rows; row++)
                {
                    BigInteger product = BigInteger.DivRem(units[row + 1] * scale, BigInteger.Pow(10, decimals), out BigInteger rest);
                    if (!left.Contains(row))
                        Assert.True(rest.IsZero && product == values[row], $"{units[row + 1]} of {decimals} decimals times {scale}");
                    else
                        Assert.True(row == 16 || !rest.IsZero || BigInteger.Abs(product) >= long.MaxValue || BigInteger.Abs(units[row + 1]) >= long.MaxValue);
                }
            }
    }

    // Small and large ones, some of them whole, and the ends of 64 and of 32 bits.
    private static BigInteger Units(Random random, int width, int row, int decimals) => (row % 4) switch
    {
        0 => random.Next(-10_000, 10_000) * (decimals <= 4 ? BigInteger.Pow(10, decimals) / 10_000 + 1 : 1),
        1 => width == sizeof(int) ? random.Next(int.MinValue, int.MaxValue) : random.NextInt64(long.MinValue, long.MaxValue),
        2 when width > sizeof(int) => random.Next(-9, 10) * BigInteger.Pow(10, decimals),
        3 when width > sizeof(int) => (random.Next(2) == 0 ? long.MaxValue : -(BigInteger)long.MaxValue) + (width > sizeof(long) ? random.Next(-2, 3) : 0),
        _ => random.Next(2) == 0 ? int.MaxValue : -int.MaxValue,
    };

    // The bytes beyond those of a number tell its sign.
    private static bool Extend(Column column, int row, int width, int written, int sign)
    {
        column.Values.Span.Slice((row * width) + written, width - written).Fill(sign < 0 ? (byte)0xFF : (byte)0);
        return true;
    }
}
