using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Blocks of LZ4.</summary>
/// <remarks>Y. Collet, "LZ4 Block Format Description" (2022).</remarks>
internal static class Lz4Block
{
    private const int Margin = 16;
    private const int LeastMatch = 4;

    /// <summary>Writes the bytes that a block stands for, and returns where they end; -1 where the block is damaged or the target too short.</summary>
    /// <param name="source">The block.</param>
    /// <param name="target">What earlier blocks wrote, and room for this one; matches may reach back to the first byte.</param>
    /// <param name="written">Bytes that earlier blocks wrote.</param>
    public static int Decompress(ReadOnlySpan<byte> source, Span<byte> target, int written)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int at = 0;
        while (at < source.Length)
        {
            int token = Unsafe.Add(ref from, at++);
            int length = token >> 4;
            if (length < 15 && source.Length - at >= Margin && target.Length - written >= Margin)
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at)).StoreUnsafe(ref Unsafe.Add(ref to, written));
            else
            {
                if (length == 15 && !TryLongLength(source, ref at, ref length))
                    return -1;
                if (length > source.Length - at || length > target.Length - written)
                    return -1;
                source.Slice(at, length).CopyTo(target[written..]);
            }
            at += length;
            written += length;
            // The last sequence has no match.
            if (at == source.Length)
                return written;
            if (source.Length - at < sizeof(ushort))
                return -1;
            int offset = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref from, at));
            at += sizeof(ushort);
            length = token & 15;
            if (length == 15 && !TryLongLength(source, ref at, ref length))
                return -1;
            length += LeastMatch;
            if (offset == 0 || offset > written || length > target.Length - written)
                return -1;
            MatchCopy.Copy(ref to, written, offset, length, target.Length);
            written += length;
        }
        return -1;
    }

    private static bool TryLongLength(ReadOnlySpan<byte> source, ref int at, ref int length)
    {
        while (at < source.Length)
        {
            byte more = source[at++];
            length += more;
            if (length < 0)
                return false;
            if (more != byte.MaxValue)
                return length <= int.MaxValue - LeastMatch;
        }
        return false;
    }
}
