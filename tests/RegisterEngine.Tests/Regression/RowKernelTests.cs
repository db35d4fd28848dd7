using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Regression;

public sealed class RowKernelTests
{
    [Fact]
    public void SweepsHaveTheBitsOfTheirSpecification()
    {
        var random = new Random(4);
        foreach ((int rows, int stride, int factors) in ((int, int, int)[])[(0, 8, 1), (1, 8, 0), (60, 8, 2), (200, 16, 1), (333, 24, 2)])
        {
            const int groups = 21, levels = 5;
            (int[] order, int[] starts) = Deal(random, rows, groups);
            double[] weight = [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(1, 9))];
            double[] groupWeight = [.. Enumerable.Range(0, groups).Select(group => order[starts[group]..starts[group + 1]].Sum(row => weight[row]))];
            int[][] level = [.. Enumerable.Range(0, factors).Select(_ => Enumerable.Range(0, rows).Select(_ => random.Next(levels)).ToArray())];
            foreach (double[] effects in (double[][])[[], Numbers(random, levels * stride)])
            {
                double[] values = Numbers(random, rows * stride), expected = [.. values], sums = new double[levels * stride], expectedSums = new double[levels * stride];
                Sweep(expected).RunScalar(0, groups, expectedSums);
                Sweep(values).Run(0, groups, sums);
                Assert.Equal(expected.Select(Bits), values.Select(Bits));
                Assert.Equal(expectedSums.Select(Bits), sums.Select(Bits));

                RowSweep Sweep(double[] of) => new()
                {
                    Values = of,
                    Stride = stride,
                    Weight = weight,
                    Order = order,
                    Starts = starts,
                    GroupWeight = groupWeight,
                    Levels = level,
                    Effects = effects,
                };
            }
        }
    }

    [Fact]
    public void ProductsHaveTheBitsOfTheirSpecification()
    {
        var random = new Random(5);
        foreach ((int rows, int stride, int variables) in ((int, int, int)[])[(0, 8, 3), (1, 8, 8), (50, 16, 9), (77, 24, 17)])
        {
            double[] values = Numbers(random, rows * stride), weight = Numbers(random, rows), factors = Numbers(random, variables * stride);
            int[] some = [.. Enumerable.Range(0, rows).Where(_ => random.Next(4) > 0)];
            foreach (int firstLane in (int[])[0, stride - RowProducts.Lanes])
            {
                double[] sums = Numbers(random, variables * stride), expected = [.. sums];
                RowProducts.AddScalar(values, stride, weight, some, variables, firstLane, expected);
                RowProducts.Add(values, stride, weight, some, variables, firstLane, sums);
                Assert.Equal(expected.Select(Bits), sums.Select(Bits));
            }
            for (int i = 0; i < variables; i++)
                factors.AsSpan(i * stride, variables).Clear();
            double[] left = [.. values], expectedLeft = [.. values];
            RowProducts.SubtractScalar(expectedLeft, stride, variables, factors);
            RowProducts.Subtract(left, stride, variables, factors);
            Assert.Equal(expectedLeft.Select(Bits), left.Select(Bits));
        }
    }

    private static (int[] Order, int[] Starts) Deal(Random random, int rows, int groups)
    {
        int[] groupOf = [.. Enumerable.Range(0, rows).Select(_ => random.Next(groups))];
        int[] order = [.. Enumerable.Range(0, rows).OrderBy(row => groupOf[row])];
        return (order, [.. Enumerable.Range(0, groups + 1).Select(group => groupOf.Count(of => of < group))]);
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9)))];

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
