using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Finds codes that stand for nothing.</summary>
internal static class CodeScan
{
    /// <summary>Index of the first code that is negative or not less than <paramref name="count"/>; -1 where there is none.</summary>
    public static int IndexOfOutside(ReadOnlySpan<int> codes, int count)
    {
        ref int first = ref MemoryMarshal.GetReference(codes);
        Vector256<uint> limit = Vector256.Create((uint)count);
        int at = 0;
        for (; at <= codes.Length - Vector256<int>.Count; at += Vector256<int>.Count)
            if (Vector256.GreaterThanOrEqualAny(Vector256.LoadUnsafe(ref first, (nuint)at).AsUInt32(), limit))
                break;
        int rest = IndexOfOutsideScalar(codes[at..], count);
        return rest < 0 ? -1 : at + rest;
    }

    /// <summary>The specification of <see cref="IndexOfOutside"/>.</summary>
    public static int IndexOfOutsideScalar(ReadOnlySpan<int> codes, int count)
    {
        for (int i = 0; i < codes.Length; i++)
            if ((uint)codes[i] >= (uint)count)
                return i;
        return -1;
    }
}
