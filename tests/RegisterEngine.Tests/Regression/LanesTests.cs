using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Regression;

public sealed class LanesTests
{
    [Fact]
    public void SumsHaveTheBitsOfTheirSpecification()
    {
        var random = new Random(2);
        for (int length = 0; length <= 256; length++)
        {
            double[] w = Numbers(random, length), a = Numbers(random, length), b = Numbers(random, length);
            double[] ones = [.. Enumerable.Repeat(1.0, length)];
            Assert.Equal(Bits(Lanes.SumScalar(a)), Bits(Lanes.Sum(a)));
            Assert.Equal(Bits(Lanes.DotScalar(ones, a, b)), Bits(Lanes.Dot(a, b)));
            Assert.Equal(Bits(Lanes.DotScalar(w, a, b)), Bits(Lanes.Dot(w, a, b)));
            double[] deviations = [.. a.Select(value => value - 0.7)];
            (double sum, double squares) = Lanes.Deviations(w, a, 0.7);
            Assert.Equal(Bits(Lanes.DotScalar(w, deviations, ones)), Bits(sum));
            Assert.Equal(Bits(Lanes.DotScalar(w, deviations, deviations)), Bits(squares));
            double[] sums = [.. b];
            Lanes.AddMultiple(1.7, a, sums);
            double[] products = new double[length];
            Lanes.Multiply(a, b, products);
            Assert.Equal(a.Zip(b, (x, y) => Bits(x * y)), products.Select(Bits));
            for (int i = 0; i < length; i++)
                Assert.Equal(Bits(b[i] + (1.7 * a[i])), Bits(sums[i]));
        }
    }

    [Fact]
    public void DoubleDoubleKeepsTwiceTheDigits()
    {
        var random = new Random(3);
        for (int i = 0; i < 1000; i++)
        {
            double a = random.NextDouble() - 0.5, b = (random.NextDouble() - 0.5) * 1e-9, c = random.NextDouble() + 0.5;
            DoubleDouble product = (new DoubleDouble(a, 0) + b) * c;
            BigInteger exact = (Exact(a) + Exact(b)) * Exact(c);
            BigInteger off = ((Exact(product.High) + Exact(product.Low)) * Exact(1)) - exact;
            Assert.True(BigInteger.Abs(off) << 100 < BigInteger.Abs(exact));
            Assert.True(Math.Abs(((((DoubleDouble)a / c) * c) - a).Rounded) < 1e-30);
        }
    }

    // Times 2^300, which is whole for every number here.
    private static BigInteger Exact(double value)
    {
        if (value == 0)
            return 0;
        int exponent = Math.ILogB(value);
        return new BigInteger(Math.ScaleB(value, 52 - exponent)) << (300 - 52 + exponent);
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9)))];

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
