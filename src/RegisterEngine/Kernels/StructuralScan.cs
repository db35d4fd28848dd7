using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>What a scan for field ends found.</summary>
/// <param name="Rows">Complete rows, all with the expected number of fields.</param>
/// <param name="WrongWidth">The row after the last complete one has another number of fields.</param>
internal readonly record struct ScanResult(int Rows, bool WrongWidth);

/// <summary>Finds where fields end: every delimiter and every line end of unquoted text, sixty-four bytes at a time.</summary>
internal static class StructuralScan
{
    /// <summary>Entries that <c>ends</c> must have beyond the fields of the wanted rows.</summary>
    public const int Slack = 80;

    /// <summary>
    /// Writes the offset of each field's end, row by row, <paramref name="fields"/> a row, until the text or the room for rows ends,
    /// or a row has another number of fields.
    /// </summary>
    /// <param name="text">Readable for 64 bytes beyond <paramref name="to"/>.</param>
    /// <param name="from">Offset of the first row.</param>
    /// <param name="to">Offset after the last byte that counts.</param>
    /// <param name="separators">The delimiter and the byte that ends a line.</param>
    /// <param name="fields">Fields a row.</param>
    /// <param name="ends">Room for (rows x fields) + <see cref="Slack"/> offsets; what lies beyond the complete rows is scratch.</param>
    public static ScanResult Find(
        ReadOnlySpan<byte> text, int from, int to, Separators separators, int fields, Span<int> ends)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, text.Length - ByteBlock.Size);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        int room = (ends.Length - Slack) / fields;
        int count = FindEnds(text, from, to, separators, ends[..((room * fields) + Slack)], out int lines);
        int rows = Math.Min(count / fields, room);
        // All is well where as many lines end as there are rows, each at the last field of its row.
        int linesBeyond = 0;
        foreach (int end in ends[(rows * fields)..count])
            linesBeyond += text[end] == separators.Newline ? 1 : 0;
        bool isSound = lines - linesBeyond == rows;
        for (int last = fields - 1; last < rows * fields; last += fields)
            isSound &= text[ends[last]] == separators.Newline;
        return isSound ? new ScanResult(rows, WrongWidth: rows < room && linesBeyond > 0) : FirstRows(text, separators.Newline, fields, ends[..count]);
    }

    // The rows before the first that has another number of fields.
    private static ScanResult FirstRows(ReadOnlySpan<byte> text, byte newline, int fields, ReadOnlySpan<int> ends)
    {
        int row = 0, field = 0;
        foreach (int end in ends)
        {
            bool line = text[end] == newline;
            if (line != (field == fields - 1))
                break;
            field = line ? 0 : field + 1;
            row += line ? 1 : 0;
        }
        return new ScanResult(row, WrongWidth: true);
    }

    // Every end, of fields and of lines, until the text or the room ends; a branch for each line would be guessed wrong in every other block.
    private static int FindEnds(ReadOnlySpan<byte> text, int from, int to, Separators separators, Span<int> ends, out int lines)
    {
        ref byte origin = ref MemoryMarshal.GetReference(text);
        ref int target = ref MemoryMarshal.GetReference(ends);
        int capacity = ends.Length - Slack;
        Vector256<byte> delimiter = Vector256.Create(separators.Delimiter);
        Vector256<byte> newline = Vector256.Create(separators.Newline);
        int count = 0, lineCount = 0;
        // The first block begins at a multiple of its size: loads that cross cache lines cost twice as much.
        int at = from & -ByteBlock.Size;
        ulong inside = ulong.MaxValue << from;
        for (; at < to && count < capacity; at += ByteBlock.Size)
        {
            ByteBlock bytes = ByteBlock.Load(ref origin, (nuint)at);
            if (to - at < ByteBlock.Size)
                inside &= (1UL << to) - 1;
            ulong lineEnds = bytes.Find(newline) & inside;
            ulong all = (bytes.Find(delimiter) & inside) | lineEnds;
            inside = ulong.MaxValue;
            int found = BitOperations.PopCount(all);
            Flatten(all, at, found, ref Unsafe.Add(ref target, count));
            count += found;
            lineCount += BitOperations.PopCount(lineEnds);
        }
        lines = lineCount;
        return count;
    }

    /// <summary>The specification of <see cref="Find"/>, a byte at a time.</summary>
    public static ScanResult FindScalar(
        ReadOnlySpan<byte> text, int from, int to, Separators separators, int fields, Span<int> ends)
    {
        int capacity = (ends.Length - Slack) / fields;
        int row = 0;
        int field = 0;
        for (int at = from; at < to && row < capacity; at++)
        {
            bool line = text[at] == separators.Newline;
            if (!line && text[at] != separators.Delimiter)
                continue;
            if (line != (field == fields - 1))
                return new ScanResult(row, WrongWidth: true);
            ends[(row * fields) + field] = at;
            field = line ? 0 : field + 1;
            row += line ? 1 : 0;
        }
        return new ScanResult(row, WrongWidth: false);
    }

    // Stores without a branch for each bit: a block of 64 bytes of a usual extract has 7 or 8 ends, and a wrongly predicted loop exit costs more than the few
    // stores too many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Flatten(ulong bits, int offset, int count, ref int target)
    {
        Store(ref bits, offset, ref target);
        Store(ref bits, offset, ref Unsafe.Add(ref target, 4));
        if (count <= 8)
            return;
        Store(ref bits, offset, ref Unsafe.Add(ref target, 8));
        for (int done = 12; done < count; done += 4)
            Store(ref bits, offset, ref Unsafe.Add(ref target, done));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref ulong bits, int offset, ref int target)
    {
        target = offset + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        Unsafe.Add(ref target, 1) = offset + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        Unsafe.Add(ref target, 2) = offset + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        Unsafe.Add(ref target, 3) = offset + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
    }
}
