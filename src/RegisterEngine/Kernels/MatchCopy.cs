using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Repeats bytes that were written before: the step that all codecs of the Lempel-Ziv family share.</summary>
internal static class MatchCopy
{
    private const int Step = 16;

    /// <summary>Copies bytes from <paramref name="offset"/> before the place where they go; the two may overlap, and then the bytes between repeat.</summary>
    /// <param name="target">First byte of the target.</param>
    /// <param name="at">Where the copy goes.</param>
    /// <param name="offset">How far back it comes from: 1 to <paramref name="at"/>.</param>
    /// <param name="length">How many bytes; with <paramref name="at"/> at most <paramref name="end"/>.</param>
    /// <param name="end">Bytes of the target; those after the copy may be overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte target, int at, int offset, int length, int end)
    {
        if (end - at - length < Step)
        {
            CopyScalar(ref target, at, offset, length);
            return;
        }
        int to = at + length;
        // A pattern shorter than a step is written out until it is as long.
        while (offset < Step && at < to)
        {
            Vector128.LoadUnsafe(ref Unsafe.Add(ref target, at - offset)).StoreUnsafe(ref Unsafe.Add(ref target, at));
            at += offset;
            offset *= 2;
        }
        for (; at < to; at += Step)
            Vector128.LoadUnsafe(ref Unsafe.Add(ref target, at - offset)).StoreUnsafe(ref Unsafe.Add(ref target, at));
    }

    /// <summary>The specification of <see cref="Copy"/>; writes nothing after the copy.</summary>
    public static void CopyScalar(ref byte target, int at, int offset, int length)
    {
        for (int i = at; i < at + length; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref target, i - offset);
    }

    /// <summary>How many bytes from two places on are equal, at most up to <paramref name="end"/> from the later one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ref byte source, int earlier, int later, int end)
    {
        int start = later;
        while (later <= end - sizeof(ulong))
        {
            ulong different = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, earlier)) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, later));
            if (different != 0)
                return later - start + (System.Numerics.BitOperations.TrailingZeroCount(different) >> 3);
            earlier += sizeof(ulong);
            later += sizeof(ulong);
        }
        while (later < end && Unsafe.Add(ref source, earlier) == Unsafe.Add(ref source, later))
        {
            earlier++;
            later++;
        }
        return later - start;
    }
}
