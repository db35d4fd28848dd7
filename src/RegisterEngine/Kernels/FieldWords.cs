using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Fields of up to eight bytes as machine words: the last byte highest, zeros before the first.</summary>
/// <remarks>A field of no bytes or more than eight becomes <see cref="NoWord"/>, which no parser of words accepts.</remarks>
internal static class FieldWords
{
    /// <summary>Stands for a field that does not fit.</summary>
    public const ulong NoWord = ulong.MaxValue;

    /// <summary>The words of the fields from <paramref name="first"/> on, as many as there is room for.</summary>
    public static void Load(FieldColumn fields, int first, Span<ulong> words)
    {
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        FieldCursor cursor = fields.CursorAt(first);
        foreach (ref ulong word in words)
        {
            int start = cursor.Start;
            int length = cursor.End - start;
            word = (uint)(length - 1) < 8 ? Leading(ref text, start, length) : NoWord;
            cursor.MoveNext();
        }
    }

    /// <summary>Whether all fields are the same, one to eight bytes long.</summary>
    public static bool AllSame(FieldColumn fields)
    {
        if (fields.Rows == 0 || (uint)(fields[0].Length - 1) >= 8)
            return false;
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        FieldCursor cursor = fields.CursorAt(0);
        int length = cursor.End - cursor.Start;
        ulong first = Leading(ref text, cursor.Start, length);
        ulong difference = 0;
        for (int row = 0; row < fields.Rows; row++, cursor.MoveNext())
        {
            int start = cursor.Start;
            difference |= (Leading(ref text, start, length) ^ first) | (uint)(cursor.End - start - length);
        }
        return difference == 0;
    }

    /// <summary>The words of the last eight and of the up to eight bytes before them.</summary>
    public static void LoadPairs(FieldColumn fields, int first, Span<ulong> high, Span<ulong> low)
    {
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        FieldCursor cursor = fields.CursorAt(first);
        for (int i = 0; i < low.Length; i++, cursor.MoveNext())
        {
            int start = cursor.Start;
            int length = cursor.End - start;
            if ((uint)(length - 9) < 8)
            {
                low[i] = Word(ref text, start + length - 8);
                high[i] = Leading(ref text, start, length - 8);
            }
            else
            {
                low[i] = (uint)(length - 1) < 8 ? Leading(ref text, start, length) : NoWord;
                high[i] = 0;
            }
        }
    }

    /// <summary>The words of dates, in the order yyyymmdd.</summary>
    public static void LoadDates(FieldColumn fields, int first, DateForm form, Span<ulong> words)
    {
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        FieldCursor cursor = fields.CursorAt(first);
        foreach (ref ulong word in words)
        {
            ref byte date = ref Unsafe.Add(ref text, cursor.Start);
            bool fits = cursor.End - cursor.Start == form.Length && form.HasSeparators(ref date);
            ulong year = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref date, form.YearAt));
            ulong month = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref date, form.MonthAt));
            ulong day = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref date, form.DayAt));
            word = fits ? year | (month << 32) | (day << 48) : NoWord;
            cursor.MoveNext();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Leading(ref byte text, int start, int length) => Word(ref text, start) << (64 - (8 * length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte text, int start) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, start));
}
