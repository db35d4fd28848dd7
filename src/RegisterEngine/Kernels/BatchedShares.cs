using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Differences of two shares with their pooled errors, for many groups at once: lanes of a vector are groups.</summary>
internal static class BatchedShares
{
    /// <summary>Groups of a vector; all spans are of a multiple of it.</summary>
    public const int Lanes = 8;

    /// <summary>Second share less first, and its standard error with one variance for both.</summary>
    /// <param name="n0">By group, cases of the first share.</param>
    /// <param name="k0">By group, those that have it.</param>
    /// <param name="n1">Cases of the second share.</param>
    /// <param name="k1">Those that have it.</param>
    /// <param name="difference">NaN where a share has no cases.</param>
    /// <param name="error">NaN where there are fewer than three cases.</param>
    public static void Compare(
        ReadOnlySpan<double> n0, ReadOnlySpan<double> k0, ReadOnlySpan<double> n1, ReadOnlySpan<double> k1, Span<double> difference, Span<double> error)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(n0.Length % Lanes, 0);
        foreach (int length in (ReadOnlySpan<int>)[k0.Length, n1.Length, k1.Length, difference.Length, error.Length])
            ArgumentOutOfRangeException.ThrowIfNotEqual(length, n0.Length);
        ref double n0Ref = ref MemoryMarshal.GetReference(n0), k0Ref = ref MemoryMarshal.GetReference(k0);
        ref double n1Ref = ref MemoryMarshal.GetReference(n1), k1Ref = ref MemoryMarshal.GetReference(k1);
        ref double differenceRef = ref MemoryMarshal.GetReference(difference), errorRef = ref MemoryMarshal.GetReference(error);
        Vector512<double> two = Vector512.Create(2.0);
        for (nuint at = 0; at < (nuint)n0.Length; at += Lanes)
        {
            Vector512<double> beforeN = Vector512.LoadUnsafe(ref n0Ref, at), beforeK = Vector512.LoadUnsafe(ref k0Ref, at);
            Vector512<double> afterN = Vector512.LoadUnsafe(ref n1Ref, at), afterK = Vector512.LoadUnsafe(ref k1Ref, at);
            Vector512<double> before = beforeK / beforeN, after = afterK / afterN;
            Vector512<double> squares = (beforeK - (beforeK * before)) + (afterK - (afterK * after));
            Vector512<double> variance = squares / (beforeN + afterN - two) * ((Vector512<double>.One / beforeN) + (Vector512<double>.One / afterN));
            (after - before).StoreUnsafe(ref differenceRef, at);
            Vector512.Sqrt(variance).StoreUnsafe(ref errorRef, at);
        }
    }

    /// <summary>The specification of <see cref="Compare"/>, for one group.</summary>
    public static (double Difference, double Error) CompareScalar(double n0, double k0, double n1, double k1)
    {
        double before = k0 / n0, after = k1 / n1;
        double squares = (k0 - (k0 * before)) + (k1 - (k1 * after));
        double variance = squares / (n0 + n1 - 2) * ((1 / n0) + (1 / n1));
        return (after - before, Math.Sqrt(variance));
    }

    /// <summary>Second share less first, and its standard error robust to unequal variances, times n / (n - 2) (HC1).</summary>
    /// <inheritdoc cref="Compare"/>
    public static void CompareRobust(
        ReadOnlySpan<double> n0, ReadOnlySpan<double> k0, ReadOnlySpan<double> n1, ReadOnlySpan<double> k1, Span<double> difference, Span<double> error)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(n0.Length % Lanes, 0);
        foreach (int length in (ReadOnlySpan<int>)[k0.Length, n1.Length, k1.Length, difference.Length, error.Length])
            ArgumentOutOfRangeException.ThrowIfNotEqual(length, n0.Length);
        ref double n0Ref = ref MemoryMarshal.GetReference(n0), k0Ref = ref MemoryMarshal.GetReference(k0);
        ref double n1Ref = ref MemoryMarshal.GetReference(n1), k1Ref = ref MemoryMarshal.GetReference(k1);
        ref double differenceRef = ref MemoryMarshal.GetReference(difference), errorRef = ref MemoryMarshal.GetReference(error);
        Vector512<double> two = Vector512.Create(2.0);
        for (nuint at = 0; at < (nuint)n0.Length; at += Lanes)
        {
            Vector512<double> beforeN = Vector512.LoadUnsafe(ref n0Ref, at), beforeK = Vector512.LoadUnsafe(ref k0Ref, at);
            Vector512<double> afterN = Vector512.LoadUnsafe(ref n1Ref, at), afterK = Vector512.LoadUnsafe(ref k1Ref, at);
            Vector512<double> before = beforeK / beforeN, after = afterK / afterN;
            Vector512<double> squares = ((beforeK - (beforeK * before)) / beforeN / beforeN) + ((afterK - (afterK * after)) / afterN / afterN);
            (after - before).StoreUnsafe(ref differenceRef, at);
            Vector512.Sqrt(squares * ((beforeN + afterN) / (beforeN + afterN - two))).StoreUnsafe(ref errorRef, at);
        }
    }

    /// <summary>The specification of <see cref="CompareRobust"/>, for one group.</summary>
    public static (double Difference, double Error) CompareRobustScalar(double n0, double k0, double n1, double k1)
    {
        double before = k0 / n0, after = k1 / n1;
        double squares = ((k0 - (k0 * before)) / n0 / n0) + ((k1 - (k1 * after)) / n1 / n1);
        return (after - before, Math.Sqrt(squares * ((n0 + n1) / (n0 + n1 - 2))));
    }
}
