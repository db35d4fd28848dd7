using RegisterEngine.Kernels;
using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>Weighted sums of products of all pairs of some columns, over blocks of fixed size in a fixed order, whatever the number of threads.</summary>
internal static class GramSums
{
    private const int BlockRows = 4096;

    /// <summary>The matrix of the sums, both triangles.</summary>
    public static Matrix Of(double[] weight, IReadOnlyList<double[]> columns)
    {
        int count = columns.Count;
        int blocks = (weight.Length + BlockRows - 1) / BlockRows;
        int pairs = count * (count + 1) / 2;
        double[] sums = new double[pairs * blocks];
        if (blocks > 4)
            Parallel.For(0, blocks, Add);
        else
            for (int block = 0; block < blocks; block++)
                Add(block);
        var gram = new Matrix(count, count);
        int at = 0;
        for (int i = 0; i < count; i++)
            for (int j = 0; j <= i; j++, at++)
                gram[i, j] = gram[j, i] = Lanes.Sum(sums.AsSpan(at * blocks, blocks));
        return gram;

        void Add(int block)
        {
            int from = block * BlockRows;
            int length = Math.Min(BlockRows, weight.Length - from);
            int pair = 0;
            for (int i = 0; i < count; i++)
                for (int j = 0; j <= i; j++, pair++)
                    sums[(pair * blocks) + block] = Lanes.Dot(weight.AsSpan(from, length), columns[i].AsSpan(from, length), columns[j].AsSpan(from, length));
        }
    }
}
