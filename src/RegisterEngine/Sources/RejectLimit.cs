using System.Globalization;

namespace RegisterEngine.Sources;

/// <summary>How many rows may be rejected before a run fails: a number, or a share of all rows.</summary>
/// <param name="Rows">So many; null where it is a share.</param>
/// <param name="Share">A share from 0 to 1; null where it is a number.</param>
public readonly record struct RejectLimit(long? Rows, double? Share)
{
    /// <summary>One percent.</summary>
    public static RejectLimit Usual { get; } = new(null, 0.01);

    /// <summary>Whether so many of so many rows are too many.</summary>
    public bool IsExceededBy(long rejected, long read) => Rows is { } most ? rejected > most : rejected > (Share ?? 1) * read;

    /// <summary>Reads <c>100</c> or <c>0.5%</c>.</summary>
    public static bool TryParse(string text, out RejectLimit limit)
    {
        bool isShare = text.EndsWith('%');
        bool read = double.TryParse(isShare ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        limit = isShare ? new(null, number / 100) : new((long)number, null);
        return read && (isShare ? number <= 100 : number == Math.Floor(number));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Rows is { } rows ? rows.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Share * 100}%");
}

/// <summary>More rows were rejected than the limit allows.</summary>
public sealed class RejectLimitException(long rejected, long read, RejectLimit limit, string? quarantine) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"{rejected} of {read} rows were rejected, and the limit is {limit}. ")
    + (quarantine is null ? "Say --quarantine FILE to see each with its place and what was expected, " : $"They are in {quarantine}, each with its place and what was expected: repair the extract, ")
    + "or raise the limit with --max-rejects.");
