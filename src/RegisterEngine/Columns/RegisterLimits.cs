namespace RegisterEngine.Columns;

/// <summary>What the canonical columns can hold; a source rejects a row with anything beyond.</summary>
public static class RegisterLimits
{
    /// <summary>Years of counts.</summary>
    public static YearSpan Years { get; } = new(1900, 2155);

    /// <summary>Years of birth.</summary>
    public static YearSpan BirthYears { get; } = new(1860, 2110);

    /// <summary>Years of start dates.</summary>
    public static YearSpan StartYears { get; } = new(1900, 2155);

    /// <summary>Largest position size in hundredths of a percent: 10 000 %.</summary>
    public const int LargestPositionSize = 1_000_000;

    /// <summary>Largest pay in hundredths of the currency.</summary>
    public const long LargestPay = 100_000_000_000_000;
}
