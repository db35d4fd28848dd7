namespace RegisterEngine.Schemas;

/// <summary>What an eleven-digit text is, seen as a Norwegian national identity number.</summary>
public enum NationalIdKind
{
    /// <summary>No valid number of any kind.</summary>
    None,

    /// <summary>An ordinary national identity number (fødselsnummer).</summary>
    Ordinary,

    /// <summary>A D-number: 4 added to the first digit.</summary>
    DNumber,

    /// <summary>An H-number (help number of the health services): 40 added to the month.</summary>
    HNumber,

    /// <summary>A synthetic number of the test population (80 added to the month), ordinary or D-number: belongs to nobody.</summary>
    Synthetic,
}

/// <summary>Norwegian national identity numbers: date of birth, individual number and two check digits.</summary>
/// <remarks>
/// The Norwegian Tax Administration: control digits k1 and k2 modulo 11 with weights 3 7 6 1 8 9 4 5 2 (1) and 5 4 3 2 7 6 5 4 3 2 (1). A number is valid
/// where both remainders are 0; from 1 January 2032 the first may also be 1, 2 or 3.
/// </remarks>
public static class NationalId
{
    /// <summary>Digits of a number.</summary>
    public const int Length = 11;

    /// <summary>The first year in which the wider rule for the first check digit holds.</summary>
    public const int WideRuleYear = 2032;

    private const int DateLength = 6;

    private static ReadOnlySpan<byte> FirstWeights => [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];

    private static ReadOnlySpan<byte> SecondWeights => [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

    /// <summary>The kind of number that a text is.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="wideRule">Whether numbers of the rule of 2032 count.</param>
    public static NationalIdKind KindOf(ReadOnlySpan<byte> text, bool wideRule = true)
    {
        if (text.Length != Length || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return NationalIdKind.None;
        (int first, int second) = Remainders(text);
        if (first > (wideRule ? 3 : 0) || second != 0)
            return NationalIdKind.None;
        int day = Two(text, 0);
        int month = Two(text, 2);
        bool dNumber = day > 40;
        int shift = month / 20 * 20;
        if (!IsDate(dNumber ? day - 40 : day, month - shift, Two(text, 4)))
            return NationalIdKind.None;
        return (shift, dNumber) switch
        {
            (0, false) => NationalIdKind.Ordinary,
            (0, true) => NationalIdKind.DNumber,
            (40, false) => NationalIdKind.HNumber,
            (80, _) => NationalIdKind.Synthetic,
            _ => NationalIdKind.None,
        };
    }

    /// <summary>Whether a text in a register of a year is a number that belongs, or may belong, to somebody.</summary>
    public static bool IsPersonal(ReadOnlySpan<byte> text, int year) =>
        KindOf(text, year >= WideRuleYear) is NationalIdKind.Ordinary or NationalIdKind.DNumber or NationalIdKind.HNumber;

    /// <summary>The digits of a text that spells a number as it is read aloud, its two parts apart: <c>010203 12345</c>, or with a hyphen.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="digits">Takes the eleven digits.</param>
    public static bool TryJoin(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        if (text.Length != Length + 1 || text[DateLength] is not ((byte)' ' or (byte)'-'))
            return false;
        text[..DateLength].CopyTo(digits);
        text[(DateLength + 1)..].CopyTo(digits[DateLength..]);
        return !digits[..Length].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>The remainders modulo 11 of eleven digits; (0, 0) under the rule of today.</summary>
    public static (int First, int Second) Remainders(ReadOnlySpan<byte> digits)
    {
        int first = 0, second = 0;
        for (int i = 0; i < FirstWeights.Length; i++)
            first += FirstWeights[i] * (digits[i] - '0');
        for (int i = 0; i < SecondWeights.Length; i++)
            second += SecondWeights[i] * (digits[i] - '0');
        return (first % 11, second % 11);
    }

    // The century is not told by all kinds of numbers: 29 February counts where any century makes the year a leap year (1900 is the only one that does not).
    private static bool IsDate(int day, int month, int yearOfCentury) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2000 + yearOfCentury, month);

    private static int Two(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}
