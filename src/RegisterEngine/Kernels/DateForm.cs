using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Where year, month and day stand in a date of fixed length, and which separators stand between them.</summary>
/// <param name="Length">Bytes of the whole date: 8 without separators, 10 with two.</param>
/// <param name="YearAt">Offset of the four digits of the year.</param>
/// <param name="MonthAt">Offset of the two digits of the month.</param>
/// <param name="DayAt">Offset of the two digits of the day.</param>
/// <param name="Separator">The byte between the parts; 0 where there is none.</param>
internal readonly record struct DateForm(int Length, int YearAt, int MonthAt, int DayAt, byte Separator)
{
    /// <summary>The form that a pattern such as <c>%Y-%m-%d</c> describes, or null where it is not one of year, month and day.</summary>
    public static DateForm? FromPattern(string pattern)
    {
        int year = -1, month = -1, day = -1, length = 0;
        string separators = "";
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                separators += pattern[i];
                length++;
                continue;
            }
            switch (++i < pattern.Length ? pattern[i] : '\0')
            {
                case 'Y' when year < 0: year = length; length += 4; break;
                case 'm' when month < 0: month = length; length += 2; break;
                case 'd' when day < 0: day = length; length += 2; break;
                default: return null;
            }
        }
        if (year < 0 || month < 0 || day < 0)
            return null;
        bool plain = separators.Length == 0;
        bool separated = separators.Length == 2 && separators[0] == separators[1] && char.IsAscii(separators[0])
            && ((year == 0 && Math.Min(month, day) == 5 && length == 10) || (year == 6 && Math.Max(month, day) == 3));
        return plain || separated ? new DateForm(length, year, month, day, plain ? (byte)0 : (byte)separators[0]) : null;
    }

    /// <summary>Whether the separators of a date stand where they should.</summary>
    public bool HasSeparators(ReadOnlySpan<byte> date) => date.Length >= Length && HasSeparators(ref MemoryMarshal.GetReference(date));

    /// <summary>Writes a date whose day or month lacks its zero, such as <c>1.3.2015</c>, in full; false where it has no separators, or is none.</summary>
    /// <param name="text">The date, and what may follow it.</param>
    /// <param name="padded">Room for <see cref="Length"/> bytes.</param>
    /// <param name="length">How much of the text is the date.</param>
    public bool TryPad(ReadOnlySpan<byte> text, Span<byte> padded, out int length)
    {
        length = 0;
        if (Separator == 0)
            return false;
        for (int at = 0; at < Length; at++)
        {
            int width = at == YearAt ? 4 : 2;
            ReadOnlySpan<byte> rest = text[length..];
            int digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = digits < 0 ? rest.Length : digits;
            if (digits == 0 || digits > width || (width == 4 && digits < width))
                return false;
            padded.Slice(at, width - digits).Fill((byte)'0');
            rest[..digits].CopyTo(padded[(at + width - digits)..]);
            (at, length) = (at + width, length + digits);
            if (at == Length)
                break;
            if (length == text.Length || text[length] != Separator)
                return false;
            padded[at] = text[length++];
        }
        return true;
    }

    /// <summary>Whether the separators stand where they should in a date that starts at <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasSeparators(ref byte first)
    {
        if (Separator == 0)
            return true;
        // Year first: separators at 4 and 7; year last: at 2 and 5.
        int one = YearAt == 0 ? 4 : 2;
        return Unsafe.Add(ref first, one) == Separator && Unsafe.Add(ref first, one + 3) == Separator;
    }
}
