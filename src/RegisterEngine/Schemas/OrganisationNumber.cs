namespace RegisterEngine.Schemas;

/// <summary>Norwegian organisation numbers: nine digits, the last a check digit modulo 11.</summary>
/// <remarks>Brønnøysund Register Centre: weights 3 2 7 6 5 4 3 2; check = 11 - (sum mod 11), 11 becomes 0, numbers that would need 10 are not issued.</remarks>
public static class OrganisationNumber
{
    private static ReadOnlySpan<byte> Weights => [3, 2, 7, 6, 5, 4, 3, 2];

    /// <summary>Whether a text is a valid organisation number.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 9 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        return CheckDigit(text[..8]) == text[8] - '0';
    }

    /// <summary>The check digit of eight digits, or 10 where no number is issued.</summary>
    public static int CheckDigit(ReadOnlySpan<byte> eightDigits)
    {
        int sum = 0;
        for (int i = 0; i < Weights.Length; i++)
            sum += Weights[i] * (eightDigits[i] - '0');
        return (11 - (sum % 11)) % 11;
    }
}
