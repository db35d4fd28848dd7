using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Sums of floating numbers in one fixed order: number <c>i</c> goes to lane <c>i % 8</c>, and the eight lanes are added as a fixed tree.</summary>
/// <remarks>So a sum has the same bits on every instruction set. Products are rounded before they are added: no fused multiply-add.</remarks>
internal static class Lanes
{
    private const int Count = 8;

    /// <summary>Sum of <paramref name="a"/>.</summary>
    public static double Sum(ReadOnlySpan<double> a)
    {
        ref double from = ref MemoryMarshal.GetReference(a);
        Vector512<double> sums = Vector512<double>.Zero;
        int at = 0;
        for (; at <= a.Length - Count; at += Count)
            sums += Vector512.LoadUnsafe(ref from, (nuint)at);
        Span<double> lanes = stackalloc double[Count];
        sums.CopyTo(lanes);
        for (int lane = 0; at < a.Length; at++, lane++)
            lanes[lane] += a[at];
        return Tree(lanes);
    }

    /// <summary>Sum of <paramref name="a"/> times <paramref name="b"/>.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ref double left = ref MemoryMarshal.GetReference(a);
        ref double right = ref MemoryMarshal.GetReference(b);
        Vector512<double> sums = Vector512<double>.Zero;
        int at = 0;
        for (; at <= a.Length - Count; at += Count)
            sums += Vector512.LoadUnsafe(ref left, (nuint)at) * Vector512.LoadUnsafe(ref right, (nuint)at);
        Span<double> lanes = stackalloc double[Count];
        sums.CopyTo(lanes);
        for (int lane = 0; at < a.Length; at++, lane++)
            lanes[lane] += a[at] * b[at];
        return Tree(lanes);
    }

    /// <summary>Sum of <paramref name="weight"/> times <paramref name="a"/> times <paramref name="b"/>.</summary>
    public static double Dot(ReadOnlySpan<double> weight, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, weight.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, weight.Length);
        ref double by = ref MemoryMarshal.GetReference(weight);
        ref double left = ref MemoryMarshal.GetReference(a);
        ref double right = ref MemoryMarshal.GetReference(b);
        Vector512<double> sums = Vector512<double>.Zero;
        int at = 0;
        for (; at <= weight.Length - Count; at += Count)
            sums += Vector512.LoadUnsafe(ref by, (nuint)at) * Vector512.LoadUnsafe(ref left, (nuint)at) * Vector512.LoadUnsafe(ref right, (nuint)at);
        Span<double> lanes = stackalloc double[Count];
        sums.CopyTo(lanes);
        for (int lane = 0; at < weight.Length; at++, lane++)
            lanes[lane] += weight[at] * a[at] * b[at];
        return Tree(lanes);
    }

    /// <summary>Weighted sums of <paramref name="a"/> less a number, and of the squares of that.</summary>
    public static (double Sum, double Squares) Deviations(ReadOnlySpan<double> weight, ReadOnlySpan<double> a, double around)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, weight.Length);
        ref double by = ref MemoryMarshal.GetReference(weight);
        ref double from = ref MemoryMarshal.GetReference(a);
        Vector512<double> origin = Vector512.Create(around), sums = Vector512<double>.Zero, squares = Vector512<double>.Zero;
        int at = 0;
        for (; at <= weight.Length - Count; at += Count)
        {
            Vector512<double> deviation = Vector512.LoadUnsafe(ref from, (nuint)at) - origin;
            Vector512<double> weighted = Vector512.LoadUnsafe(ref by, (nuint)at) * deviation;
            sums += weighted;
            squares += weighted * deviation;
        }
        Span<double> sumLanes = stackalloc double[Count], squareLanes = stackalloc double[Count];
        sums.CopyTo(sumLanes);
        squares.CopyTo(squareLanes);
        for (int lane = 0; at < weight.Length; at++, lane++)
        {
            double deviation = a[at] - around, weighted = weight[at] * deviation;
            sumLanes[lane] += weighted;
            squareLanes[lane] += weighted * deviation;
        }
        return (Tree(sumLanes), Tree(squareLanes));
    }

    /// <summary>Adds <paramref name="factor"/> times <paramref name="x"/> to <paramref name="y"/>.</summary>
    public static void AddMultiple(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(y);
        Vector512<double> factors = Vector512.Create(factor);
        int at = 0;
        for (; at <= x.Length - Count; at += Count)
            (Vector512.LoadUnsafe(ref to, (nuint)at) + (factors * Vector512.LoadUnsafe(ref from, (nuint)at))).StoreUnsafe(ref to, (nuint)at);
        for (; at < x.Length; at++)
            y[at] += factor * x[at];
    }

    /// <summary>Writes the products of <paramref name="a"/> and <paramref name="b"/>.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> products)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(products.Length, a.Length);
        ref double left = ref MemoryMarshal.GetReference(a);
        ref double right = ref MemoryMarshal.GetReference(b);
        ref double to = ref MemoryMarshal.GetReference(products);
        int at = 0;
        for (; at <= a.Length - Count; at += Count)
            (Vector512.LoadUnsafe(ref left, (nuint)at) * Vector512.LoadUnsafe(ref right, (nuint)at)).StoreUnsafe(ref to, (nuint)at);
        for (; at < a.Length; at++)
            products[at] = a[at] * b[at];
    }

    /// <summary>The specification of <see cref="Sum"/>.</summary>
    public static double SumScalar(ReadOnlySpan<double> a)
    {
        Span<double> lanes = stackalloc double[Count];
        lanes.Clear();
        for (int i = 0; i < a.Length; i++)
            lanes[i % Count] += a[i];
        return Tree(lanes);
    }

    /// <summary>The specification of the weighted sum; that of the other one has weights of one.</summary>
    public static double DotScalar(ReadOnlySpan<double> weight, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<double> lanes = stackalloc double[Count];
        lanes.Clear();
        for (int i = 0; i < weight.Length; i++)
            lanes[i % Count] += weight[i] * a[i] * b[i];
        return Tree(lanes);
    }

    private static double Tree(ReadOnlySpan<double> lanes) =>
        (lanes[0] + lanes[4] + (lanes[2] + lanes[6])) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
}
