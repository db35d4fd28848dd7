using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Sums and products over rows of numbers, in the order of the rows; lanes of a vector are variables. A row has a stride of numbers, a multiple of eight.</summary>
internal static class RowProducts
{
    /// <summary>Numbers of a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Adds the weighted products of the first few variables of some rows with all lanes from <paramref name="firstLane"/> on.</summary>
    /// <param name="values">All rows, one after the other.</param>
    /// <param name="stride">Numbers of a row.</param>
    /// <param name="weight">By row, its weight.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="variables">How many variables are multiplied with all lanes.</param>
    /// <param name="firstLane">A multiple of eight.</param>
    /// <param name="sums">By variable and lane, one stride for each variable.</param>
    public static void Add(ReadOnlySpan<double> values, int stride, ReadOnlySpan<double> weight, ReadOnlySpan<int> rows, int variables, int firstLane, Span<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, variables * stride);
        ref double to = ref MemoryMarshal.GetReference(sums);
        for (int lane = firstLane; lane < stride; lane += Lanes)
        {
            // Sums of four variables at a time stay in registers.
            int i = 0;
            for (; i <= variables - 4; i += 4)
            {
                nuint at = (nuint)((i * stride) + lane), next = (nuint)stride;
                Vector512<double> a = Vector512.LoadUnsafe(ref to, at), b = Vector512.LoadUnsafe(ref to, at + next);
                Vector512<double> c = Vector512.LoadUnsafe(ref to, at + (2 * next)), d = Vector512.LoadUnsafe(ref to, at + (3 * next));
                foreach (int row in rows)
                {
                    ReadOnlySpan<double> line = values.Slice(row * stride, stride), factors = line.Slice(i, 4);
                    Vector512<double> value = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)lane);
                    double by = weight[row];
                    a += (by * factors[0]) * value;
                    b += (by * factors[1]) * value;
                    c += (by * factors[2]) * value;
                    d += (by * factors[3]) * value;
                }
                a.StoreUnsafe(ref to, at);
                b.StoreUnsafe(ref to, at + next);
                c.StoreUnsafe(ref to, at + (2 * next));
                d.StoreUnsafe(ref to, at + (3 * next));
            }
            for (; i < variables; i++)
            {
                nuint at = (nuint)((i * stride) + lane);
                Vector512<double> sum = Vector512.LoadUnsafe(ref to, at);
                foreach (int row in rows)
                {
                    ReadOnlySpan<double> line = values.Slice(row * stride, stride);
                    sum += (weight[row] * line[i]) * Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)lane);
                }
                sum.StoreUnsafe(ref to, at);
            }
        }
    }

    /// <summary>The specification of <see cref="Add"/>.</summary>
    public static void AddScalar(ReadOnlySpan<double> values, int stride, ReadOnlySpan<double> weight, ReadOnlySpan<int> rows, int variables, int firstLane, Span<double> sums)
    {
        foreach (int row in rows)
            for (int i = 0; i < variables; i++)
                for (int lane = firstLane; lane < stride; lane++)
                    sums[(i * stride) + lane] += weight[row] * values[(row * stride) + i] * values[(row * stride) + lane];
    }

    /// <summary>Subtracts from each row its first few numbers, each times a line of factors.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="stride">Numbers of a row.</param>
    /// <param name="variables">How many of the first numbers.</param>
    /// <param name="factors">By variable, a line of factors for all lanes; zero for those of the variables themselves.</param>
    public static void Subtract(Span<double> values, int stride, int variables, ReadOnlySpan<double> factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors.Length, variables * stride);
        ref double by = ref MemoryMarshal.GetReference(factors);
        for (int first = 0; first < values.Length; first += stride)
        {
            Span<double> line = values.Slice(first, stride);
            ref double row = ref MemoryMarshal.GetReference(line);
            for (int lane = 0; lane < stride; lane += Lanes)
            {
                Vector512<double> value = Vector512.LoadUnsafe(ref row, (nuint)lane);
                for (int i = 0; i < variables; i++)
                    value -= line[i] * Vector512.LoadUnsafe(ref by, (nuint)((i * stride) + lane));
                value.StoreUnsafe(ref row, (nuint)lane);
            }
        }
    }

    /// <summary>The specification of <see cref="Subtract"/>.</summary>
    public static void SubtractScalar(Span<double> values, int stride, int variables, ReadOnlySpan<double> factors)
    {
        for (int first = 0; first < values.Length; first += stride)
            for (int lane = 0; lane < stride; lane++)
                for (int i = 0; i < variables; i++)
                    values[first + lane] -= values[first + i] * factors[(i * stride) + lane];
    }
}
