using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class BatchedKernelTests
{
    [Fact]
    public void SharesHaveTheBitsOfTheirSpecification()
    {
        var random = new Random(5);
        for (int length = 0; length <= 64; length += BatchedShares.Lanes)
        {
            double[] n0 = Counts(30), k0 = [.. n0.Select(n => (double)random.Next((int)n + 1))], n1 = Counts(30), k1 = [.. n1.Select(n => (double)random.Next((int)n + 1))];
            double[] difference = new double[length], error = new double[length];
            BatchedShares.Compare(n0, k0, n1, k1, difference, error);
            for (int i = 0; i < length; i++)
                Assert.Equal(BatchedShares.CompareScalar(n0[i], k0[i], n1[i], k1[i]), (difference[i], error[i]));
            BatchedShares.CompareRobust(n0, k0, n1, k1, difference, error);
            for (int i = 0; i < length; i++)
                Assert.Equal(BatchedShares.CompareRobustScalar(n0[i], k0[i], n1[i], k1[i]), (difference[i], error[i]));

            double[] Counts(int most) => [.. Enumerable.Range(0, length).Select(_ => (double)random.Next(most))];
        }
    }

    [Fact]
    public void FactorsHaveTheBitsOfTheirSpecification()
    {
        var random = new Random(6);
        for (int size = 1; size <= 6; size++)
            foreach (int systems in (int[])[0, 8, 24])
            {
                double[] matrices = new double[size * (size + 1) / 2 * systems], rights = [.. Enumerable.Range(0, size * systems).Select(_ => random.NextDouble())];
                for (int s = 0; s < systems; s++)
                    Fill(matrices, size, systems, s, random, s % 5 == 0);
                double[] again = [.. matrices], rightsAgain = [.. rights];
                double[][] vector = [new double[systems], new double[systems], new double[systems]], scalar = [new double[systems], new double[systems], new double[systems]];
                BatchedCholesky.Solve(size, systems, matrices, rights, vector[0], vector[1], vector[2]);
                BatchedCholesky.SolveScalar(size, systems, again, rightsAgain, scalar[0], scalar[1], scalar[2]);
                for (int i = 0; i < 3; i++)
                    Assert.Equal(scalar[i].Select(BitConverter.DoubleToInt64Bits), vector[i].Select(BitConverter.DoubleToInt64Bits));
                if (size > 1 && systems > 0)
                    Assert.True(double.IsNaN(vector[0][0]) && double.IsFinite(vector[0][1]));
            }
    }

    // Products of random columns; where collinear, the last two are equal.
    private static void Fill(double[] matrices, int size, int systems, int system, Random random, bool isCollinear)
    {
        double[][] columns = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, 20).Select(_ => (double)random.Next(10)).ToArray())];
        if (isCollinear && size > 1)
            columns[^1] = columns[^2];
        for (int i = 0; i < size; i++)
            for (int j = 0; j <= i; j++)
                matrices[(((i * (i + 1) / 2) + j) * systems) + system] = columns[i].Zip(columns[j], (a, b) => a * b).Sum();
    }
}
