using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>The elements of a Snappy stream, after the length that it begins with.</summary>
/// <remarks>Google, "Snappy compressed format description" (2011): literals, and copies with offsets of 11, 16 or 32 bits.</remarks>
internal static class SnappyBlock
{
    private const int FragmentSize = 1 << 16;
    private const int HashBits = 14;
    private const int Margin = 16;
    private const int LongestCopy = 64;
    private const uint LengthMask = 0xFF;
    private const uint HighOffset = 0x700;
    private const int ExtraShift = 11;

    private static readonly ushort[] CopyForms = Forms();

    /// <summary>The most bytes that some bytes become, with the length before them.</summary>
    public static int MaxCompressed(int bytes) => checked(32 + bytes + (bytes / 6));

    /// <summary>Writes the bytes that a stream stands for; false where it is damaged, or does not fill the target to its last byte.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int at = 0, written = 0;
        while (at < source.Length)
        {
            if (!TryShortElements(source, target, ref at, ref written))
                return false;
            if (at < source.Length && !TryElement(source, target, ref at, ref written))
                return false;
        }
        return written == target.Length;
    }

    /// <summary>The specification of <see cref="TryDecompress"/>.</summary>
    public static bool TryDecompressScalar(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int at = 0, written = 0;
        while (at < source.Length)
            if (!TryElement(source, target, ref at, ref written))
                return false;
        return written == target.Length;
    }

    // Short literals and copies far from both ends, up to the first element that is none. Which of the forms a copy has is hard to foresee, so no branch asks.
    private static bool TryShortElements(ReadOnlySpan<byte> source, Span<byte> target, ref int sourceAt, ref int targetAt)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        ref ushort copies = ref MemoryMarshal.GetArrayDataReference(CopyForms);
        int at = sourceAt, written = targetAt;
        int lastAt = source.Length - (2 * Margin), lastWritten = target.Length - LongestCopy - Margin;
        bool isSound = true;
        while (at <= lastAt && written <= lastWritten)
        {
            uint tag = Unsafe.Add(ref from, at);
            int length = (int)(tag >> 2) + 1;
            if ((tag & 3) == 0)
            {
                if (length > Margin)
                    break;
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at + 1)).StoreUnsafe(ref Unsafe.Add(ref to, written));
                at += length + 1;
                written += length;
                continue;
            }
            uint form = Unsafe.Add(ref copies, (nint)tag);
            int extra = (int)(form >> ExtraShift);
            uint offset = (form & HighOffset) + (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, at + 1)) & (uint.MaxValue >> (32 - (8 * extra))));
            length = (int)(form & LengthMask);
            if (offset - 1 >= (uint)written)
            {
                isSound = false;
                break;
            }
            at += extra + 1;
            ref byte end = ref Unsafe.Add(ref to, written);
            if (length <= sizeof(ulong) && offset >= sizeof(ulong))
                Unsafe.WriteUnaligned(ref end, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref end, (nint)offset)));
            else
                MatchCopy.Copy(ref to, written, (int)offset, length, target.Length);
            written += length;
        }
        sourceAt = at;
        targetAt = written;
        return isSound;
    }

    private static bool TryElement(ReadOnlySpan<byte> source, Span<byte> target, ref int at, ref int written)
    {
        uint tag = source[at++];
        int length = (int)(tag >> 2) + 1;
        if ((tag & 3) == 0)
        {
            if (length > 60 && !TryLongLength(source, ref at, length - 60, out length))
                return false;
            if (length > source.Length - at || length > target.Length - written)
                return false;
            source.Slice(at, length).CopyTo(target[written..]);
            at += length;
            written += length;
            return true;
        }
        int extra = CopyForms[tag] >> ExtraShift;
        if (source.Length - at < extra)
            return false;
        uint offset = CopyForms[tag] & HighOffset;
        for (int i = 0; i < extra; i++)
            offset += (uint)source[at + i] << (8 * i);
        length = (int)(CopyForms[tag] & LengthMask);
        at += extra;
        if (offset - 1 >= (uint)written || length > target.Length - written)
            return false;
        MatchCopy.CopyScalar(ref MemoryMarshal.GetReference(target), written, (int)offset, length);
        written += length;
        return true;
    }

    // For the tag of a copy: its length, bits 8 to 10 of its offset, and how many bytes of the offset follow.
    private static ushort[] Forms()
    {
        ushort[] forms = new ushort[256];
        for (int tag = 0; tag < forms.Length; tag++)
            forms[tag] = (ushort)((tag & 3) switch
            {
                0 => 0,
                1 => (((tag >> 2) & 7) + 4) | ((tag >> 5) << 8) | (1 << ExtraShift),
                2 => ((tag >> 2) + 1) | (2 << ExtraShift),
                _ => ((tag >> 2) + 1) | (4 << ExtraShift),
            });
        return forms;
    }

    /// <summary>Writes the elements of some bytes and returns how many bytes they take; the same on every machine.</summary>
    /// <param name="source">What to compress.</param>
    /// <param name="target">Room for <see cref="MaxCompressed"/>.</param>
    /// <param name="table">Scratch of <see cref="TableSize"/> entries.</param>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, Span<ushort> table)
    {
        int written = 0;
        for (int at = 0; at < source.Length; at += FragmentSize)
            written += Fragment(source.Slice(at, Math.Min(FragmentSize, source.Length - at)), target[written..], table[..TableSize]);
        return written;
    }

    /// <summary>Entries that the scratch of <see cref="Compress"/> needs.</summary>
    public static int TableSize => 1 << HashBits;

    // Offsets never reach beyond a fragment, so that 16 bits hold them.
    private static int Fragment(ReadOnlySpan<byte> source, Span<byte> target, Span<ushort> table)
    {
        table.Clear();
        ref byte from = ref MemoryMarshal.GetReference(source);
        int last = source.Length - Margin;
        int literal = 0, written = 0, at = 1;
        int misses = 32;
        while (at < last)
        {
            uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, at));
            ref ushort slot = ref table[(int)((word * 0x9E3779B1) >> (32 - HashBits))];
            int candidate = slot;
            slot = (ushort)at;
            if (candidate >= at || Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, candidate)) != word)
            {
                // The longer nothing repeats, the fewer places are tried.
                at += misses++ >> 5;
                continue;
            }
            misses = 32;
            int length = 4 + MatchCopy.Length(ref from, candidate + 4, at + 4, source.Length);
            written += Literal(source[literal..at], target[written..]);
            written += Copies(at - candidate, length, target[written..]);
            at += length;
            literal = at;
            if (at < last)
                table[(int)((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, at - 1)) * 0x9E3779B1) >> (32 - HashBits))] = (ushort)(at - 1);
        }
        return written + Literal(source[literal..], target[written..]);
    }

    private static int Literal(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        if (bytes.IsEmpty)
            return 0;
        int length = bytes.Length - 1;
        int head = 1;
        if (length < 60)
            target[0] = (byte)(length << 2);
        else
        {
            int extra = length < 1 << 8 ? 1 : 2;
            target[0] = (byte)((59 + extra) << 2);
            target[1] = (byte)length;
            target[extra] = extra == 1 ? (byte)length : (byte)(length >> 8);
            head += extra;
        }
        bytes.CopyTo(target[head..]);
        return head + bytes.Length;
    }

    private static int Copies(int offset, int length, Span<byte> target)
    {
        int written = 0;
        // The last copy takes at least four bytes, which the short form asks for.
        while (length > LongestCopy + 3)
        {
            written += LongCopy(offset, LongestCopy, target[written..]);
            length -= LongestCopy;
        }
        if (length > LongestCopy)
        {
            written += LongCopy(offset, LongestCopy - 4, target[written..]);
            length -= LongestCopy - 4;
        }
        if (length > 11 || offset >= 1 << 11)
            return written + LongCopy(offset, length, target[written..]);
        target[written] = (byte)(1 | ((length - 4) << 2) | ((offset >> 8) << 5));
        target[written + 1] = (byte)offset;
        return written + 2;
    }

    private static int LongCopy(int offset, int length, Span<byte> target)
    {
        target[0] = (byte)(2 | ((length - 1) << 2));
        target[1] = (byte)offset;
        target[2] = (byte)(offset >> 8);
        return 3;
    }

    private static bool TryLongLength(ReadOnlySpan<byte> source, ref int at, int bytes, out int length)
    {
        length = 0;
        if (source.Length - at < bytes)
            return false;
        long value = 0;
        for (int i = 0; i < bytes; i++)
            value |= (long)source[at + i] << (8 * i);
        at += bytes;
        length = (int)Math.Min(value + 1, int.MaxValue);
        return value < int.MaxValue;
    }
}
