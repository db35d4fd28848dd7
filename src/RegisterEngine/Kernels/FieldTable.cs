using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>
/// Where the fields of some records lie in a block of text. Two offsets bound a field: the byte before its first and the byte after
/// its last; a table of offsets, a fixed number a record, holds them.
/// </summary>
/// <remarks>
/// Delimited text needs one offset a field (the end of one is the byte before the next), fixed-width text two; which entries bound a field
/// is all that differs. Where every line ends in two bytes, the last field of each is one byte shorter than its offset says.
/// </remarks>
internal readonly ref struct FieldTable(ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, int stride, int rows, bool twoByteLineEnds = false)
{
    /// <summary>Bytes that must be readable before and after every field.</summary>
    public const int Padding = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<int> _offsets = offsets;

    /// <summary>How many records.</summary>
    public int Rows => rows;

    /// <summary>One field of each record.</summary>
    public FieldColumn Column(FieldBounds bounds)
    {
        if (rows > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(((rows - 1) * stride) + bounds.After, _offsets.Length);
            ArgumentOutOfRangeException.ThrowIfNegative(bounds.Before);
            ArgumentOutOfRangeException.ThrowIfLessThan(bounds.After, bounds.Before);
        }
        int cut = twoByteLineEnds && bounds.After == stride ? 1 : 0;
        return new FieldColumn(_text, _offsets, stride, bounds, rows, cut);
    }

    /// <summary>Some of the records.</summary>
    public FieldTable Slice(int from, int count) => new(_text, _offsets[(from * stride)..], stride, count, twoByteLineEnds);

    /// <summary>Offset of the first byte of a record.</summary>
    public int StartOf(int row) => _offsets[row * stride] + 1;
}

/// <summary>Which entries of a record's offsets bound a field: those of the byte before it and of the byte after it.</summary>
internal readonly record struct FieldBounds(int Before, int After);

/// <summary>One field of each record of a <see cref="FieldTable"/>.</summary>
internal readonly ref struct FieldColumn(
    ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, int stride, FieldBounds bounds, int rows, int cut)
{
    private readonly ReadOnlySpan<int> _offsets = offsets;

    /// <summary>How many records.</summary>
    public int Rows => rows;

    /// <summary>The field of the first record alone.</summary>
    public FieldColumn First => new(Text, _offsets, stride, bounds, 1, cut);

    /// <summary>The block that the fields lie in.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The field's bytes, as they stand in the file.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            int record = row * stride;
            return Text[(_offsets[record + bounds.Before] + 1)..(_offsets[record + bounds.After] - cut)];
        }
    }

    /// <summary>A cursor that walks down the column, unchecked.</summary>
    public FieldCursor CursorAt(int row)
    {
        ref int record = ref Unsafe.Add(ref MemoryMarshal.GetReference(_offsets), row * stride);
        return new FieldCursor(ref Unsafe.Add(ref record, bounds.Before), bounds.After - bounds.Before, stride, cut);
    }
}

/// <summary>Walks down one field of successive records, without checks: the caller counts the rows.</summary>
internal ref struct FieldCursor(ref int before, nint width, nint stride, int cut)
{
    private ref int _before = ref before;

    /// <summary>Offset of the field's first byte.</summary>
    public readonly int Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _before + 1;
    }

    /// <summary>Offset after the field's last byte.</summary>
    public readonly int End
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.Add(ref _before, width) - cut;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveNext() => _before = ref Unsafe.Add(ref _before, stride);
}
