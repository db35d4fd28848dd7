namespace RegisterEngine.Sources.Fields;

/// <summary>Reads decimal numbers of any form that extracts have, exactly.</summary>
internal static class DecimalText
{
    private const int MostDigits = 28;

    /// <summary>A number times <paramref name="scale"/>, rounded half away from zero where decimals are left over.</summary>
    /// <param name="text">An optional sign, digits, and decimals after a comma or a point.</param>
    /// <param name="sign">The decimal sign that was declared; the other one is understood too.</param>
    /// <param name="scale">A power of ten.</param>
    /// <param name="value">The number times the scale.</param>
    /// <param name="repair">What had to be repaired, if anything.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, char sign, int scale, out long value, out Repair? repair)
    {
        value = 0;
        repair = null;
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
            text = text[1..];
        int point = text.IndexOfAny((byte)',', (byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> decimals = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length + decimals.Length is 0 or > MostDigits
            || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        // The digits up to the last place that counts make the number; those behind it tell how it is rounded.
        int at = 0;
        foreach (byte digit in whole)
            if (!TryAppend(digit, ref value))
                return false;
        for (int unit = 1; unit < scale; unit *= 10, at++)
            if (!TryAppend(at < decimals.Length ? decimals[at] : (byte)'0', ref value))
                return false;
        ReadOnlySpan<byte> rest = decimals[Math.Min(at, decimals.Length)..];
        if (!rest.IsEmpty && rest[0] >= '5')
        {
            if (value == long.MaxValue)
                return false;
            value++;
        }
        value = negative ? -value : value;
        repair = rest.ContainsAnyExcept((byte)'0') ? Repair.Rounded : point >= 0 && text[point] != sign ? Repair.DecimalSign : null;
        return true;
    }

    private static bool TryAppend(byte digit, ref long value)
    {
        int number = digit - '0';
        if (value > (long.MaxValue - number) / 10)
            return false;
        value = (value * 10) + number;
        return true;
    }
}
