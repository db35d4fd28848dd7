using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class SquareBlockTests
{
    private const int Lanes = SquareBlock.Lanes;

    [Fact]
    public void SquaresHaveTheBitsOfTheirSpecification()
    {
        var random = new Random(7);
        for (int size = 1; size <= 6; size++)
            for (int outcomes = 1; outcomes <= 3; outcomes++)
            {
                long[] known = new long[SquareBlock.KnownMoments * Lanes], counted = new long[outcomes * SquareBlock.CountedMoments * Lanes];
                for (int lane = 0; lane < Lanes; lane++)
                    Fill(random, lane, outcomes, known, counted);
                SquareBlock block = new()
                {
                    Size = size,
                    Outcomes = outcomes,
                    Known = known,
                    Counted = counted,
                    Means = Numbers(size),
                    Residuals = Numbers(outcomes),
                    ByAge = Numbers(size),
                    ByWoman = Numbers(size),
                    Ages = Numbers(outcomes),
                    Women = Numbers(outcomes),
                };
                double[] vector = Numbers(outcomes * size * (size + 1) / 2), scalar = [.. vector];
                block.Add(vector);
                for (int lane = 0; lane < Lanes; lane++)
                    block.AddScalar(lane, scalar);
                Assert.Equal(scalar.Select(BitConverter.DoubleToInt64Bits), vector.Select(BitConverter.DoubleToInt64Bits));
            }

        double[] Numbers(int count) => [.. Enumerable.Range(0, count * Lanes).Select(_ => random.NextDouble() - 0.5)];
    }

    // One cell: its squares are those of its rows, summed one by one.
    [Fact]
    public void SquaresAreThoseOfTheRows()
    {
        (int Age, int Woman, int Outcome)[] rows = [(23, 1, 0), (41, 0, 1), (67, 1, 1), (30, 1, 0), (55, 0, 0)];
        const double slopeOfAge = 0.01, slopeOfWoman = -0.2, residual = 0.07;
        long[] known = new long[SquareBlock.KnownMoments * Lanes], counted = new long[SquareBlock.CountedMoments * Lanes];
        foreach ((int age, int woman, int outcome) in rows)
            AddRow(0, age, woman, outcome == 1 ? [0] : [], known, counted);
        double meanAge = rows.Average(row => row.Age), meanWoman = rows.Average(row => row.Woman), meanOutcome = rows.Average(row => row.Outcome);
        // Regressors: one, age, being a woman.
        double[] means = new double[3 * Lanes], byAge = new double[3 * Lanes], byWoman = new double[3 * Lanes];
        (means[0], means[Lanes], means[2 * Lanes], byAge[Lanes], byWoman[2 * Lanes]) = (1, meanAge, meanWoman, 1, 1);
        var block = new SquareBlock
        {
            Size = 3,
            Outcomes = 1,
            Known = known,
            Counted = counted,
            Means = means,
            Residuals = First(residual),
            ByAge = byAge,
            ByWoman = byWoman,
            Ages = First(slopeOfAge),
            Women = First(slopeOfWoman),
        };
        double[] sums = new double[block.Sums];
        block.AddScalar(0, sums);
        for (int i = 0, pair = 0; i < 3; i++)
            for (int j = 0; j <= i; j++, pair++)
            {
                double expected = rows.Sum(row =>
                {
                    double left = residual + (row.Outcome - meanOutcome) - (slopeOfAge * (row.Age - meanAge)) - (slopeOfWoman * (row.Woman - meanWoman));
                    double[] x = [1, row.Age, row.Woman];
                    return left * left * x[i] * x[j];
                });
                Assert.Equal(expected, sums[pair * Lanes], 1e-9 * Math.Abs(expected));
            }

        static double[] First(double value) => [value, .. new double[Lanes - 1]];
    }

    private static void Fill(Random random, int lane, int outcomes, long[] known, long[] counted)
    {
        for (int row = 0; row <= random.Next(20); row++)
            AddRow(lane, random.Next(16, 76), random.Next(2), [.. Enumerable.Range(0, outcomes).Where(_ => random.Next(3) == 0)], known, counted);
    }

    private static void AddRow(int lane, int age, int woman, int[] outcomes, long[] known, long[] counted)
    {
        long power = 1;
        for (int p = 0; p < 5; p++, power *= age)
        {
            known[(p * Lanes) + lane] += power;
            if (p < 4)
                known[((5 + p) * Lanes) + lane] += power * woman;
            foreach (int outcome in outcomes)
            {
                Span<long> own = counted.AsSpan(outcome * SquareBlock.CountedMoments * Lanes);
                if (p < 4)
                    own[(p * Lanes) + lane] += power;
                if (p < 3)
                    own[((4 + p) * Lanes) + lane] += power * woman;
            }
        }
    }
}
