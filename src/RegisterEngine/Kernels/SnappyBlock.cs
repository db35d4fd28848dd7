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
    private const int LongestLength = 5;
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
            int length = (int)(tag >> 2) + 1, extra = (int)(tag & 3);
            if (extra == 0)
            {
                if (length > Margin)
                    break;
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at + 1)).StoreUnsafe(ref Unsafe.Add(ref to, written));
                at += length + 1;
                written += length;
                continue;
            }
            // Offsets of four bytes hardly occur. Where the next element stands must not wait for the table.
            if (extra == 3)
                break;
            uint form = Unsafe.Add(ref copies, (nint)tag);
            uint offset = (form & HighOffset) + (Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref from, at + 1)) & (uint)((1 << (8 * extra)) - 1));
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
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, MaxCompressed(source.Length) - LongestLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Length, TableSize);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int written = 0;
        for (int at = 0; at < source.Length; at += FragmentSize)
            written += Fragment(source.Slice(at, Math.Min(FragmentSize, source.Length - at)), ref Unsafe.Add(ref to, written), table);
        return written;
    }

    /// <summary>Entries that the scratch of <see cref="Compress"/> needs.</summary>
    public static int TableSize => 1 << HashBits;

    // Offsets never reach beyond a fragment, so that 16 bits hold them.
    private static int Fragment(ReadOnlySpan<byte> source, ref byte to, Span<ushort> table)
    {
        table.Clear();
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref ushort slots = ref MemoryMarshal.GetReference(table);
        int last = source.Length - Margin;
        int literal = 0, written = 0, at = 1;
        int misses = 32;
        while (at < last)
        {
            uint word = Word(ref from, at);
            ref ushort slot = ref Unsafe.Add(ref slots, SlotOf(word));
            int candidate = slot;
            slot = (ushort)at;
            if (Word(ref from, candidate) != word)
            {
                // The longer nothing repeats, the fewer places are tried.
                at += misses++ >> 5;
                continue;
            }
            misses = 32;
            int length = 4 + MatchCopy.Length(ref from, candidate + 4, at + 4, source.Length);
            written = Literal(ref from, literal, at - literal, ref to, written);
            written = Copies(at - candidate, length, ref to, written);
            at += length;
            literal = at;
            if (at < last)
                Unsafe.Add(ref slots, SlotOf(Word(ref from, at - 1))) = (ushort)(at - 1);
        }
        return LongLiteral(source[literal..], ref to, written);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(ref byte from, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint SlotOf(uint word) => (nint)((word * 0x9E3779B1) >> (32 - HashBits));

    // A margin of bytes follows the literal. The tag of an empty one is overwritten by what comes next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Literal(ref byte from, int at, int length, ref byte to, int written)
    {
        if (length > Margin)
            return LongLiteral(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref from, at), length), ref to, written);
        Unsafe.Add(ref to, written) = (byte)((length - 1) << 2);
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at)).StoreUnsafe(ref Unsafe.Add(ref to, written + 1));
        return written + length + (length > 0 ? 1 : 0);
    }

    private static int LongLiteral(ReadOnlySpan<byte> bytes, ref byte to, int written)
    {
        if (bytes.IsEmpty)
            return written;
        int length = bytes.Length - 1;
        int extra = length < 60 ? 0 : length < 1 << 8 ? 1 : 2;
        Unsafe.Add(ref to, written++) = (byte)((extra == 0 ? length : 59 + extra) << 2);
        for (int i = 0; i < extra; i++)
            Unsafe.Add(ref to, written++) = (byte)(length >> (8 * i));
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, written), bytes.Length));
        return written + bytes.Length;
    }

    // The form of two bytes has three bits for the length less 4 and eleven for the offset; that of three bytes has six for the length less 1 and sixteen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Copies(int offset, int length, ref byte to, int written)
    {
        if (length > LongestCopy)
            written = LongCopies(offset, ref length, ref to, written);
        bool isShort = length <= 11 && offset < 1 << 11;
        int shortForm = 1 | ((length - 4) << 2) | ((offset >> 8) << 5) | ((offset & 0xFF) << 8);
        int longForm = 2 | ((length - 1) << 2) | (offset << 8);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, written), isShort ? shortForm : longForm);
        return written + (isShort ? 2 : 3);
    }

    // All but the last copy, which takes at least four bytes, which the short form asks for.
    private static int LongCopies(int offset, ref int length, ref byte to, int written)
    {
        while (length > LongestCopy)
        {
            int part = length > LongestCopy + 3 ? LongestCopy : LongestCopy - 4;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, written), 2 | ((part - 1) << 2) | (offset << 8));
            written += 3;
            length -= part;
        }
        return written;
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
