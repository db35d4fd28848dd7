using RegisterEngine.Cells;

namespace RegisterEngine.Publication.Tables;

/// <summary>What the values of a column are.</summary>
public enum ValueKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole numbers.</summary>
    Count,

    /// <summary>Shares, which readers see in percent.</summary>
    Share,

    /// <summary>Other numbers.</summary>
    Number,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name in files: lower case, words joined by underscores.</param>
/// <param name="Kind">What its values are.</param>
public sealed record OutputColumn(string Name, ValueKind Kind);

/// <summary>One value; missing where it is the default.</summary>
public readonly record struct Value
{
    private Value(string? text, long count, double number, Proportion proportion, ValueKind kind)
    {
        Text = text;
        Count = count;
        Number = number;
        Proportion = proportion;
        Kind = kind;
        IsMissing = false;
    }

    /// <summary>A missing value.</summary>
    public Value() => IsMissing = true;

    /// <summary>A missing value.</summary>
    public static Value Missing => new();

    /// <summary>Whether there is none.</summary>
    public bool IsMissing { get; }

    /// <summary>What it is.</summary>
    public ValueKind Kind { get; }

    /// <summary>The text.</summary>
    public string? Text { get; }

    /// <summary>The whole number.</summary>
    public long Count { get; }

    /// <summary>The number, or the share as a number.</summary>
    public double Number { get; }

    /// <summary>The counts that a share is made of; of no cases where it is not made of counts.</summary>
    public Proportion Proportion { get; }

    /// <summary>A text; the empty one is missing.</summary>
    public static Value Of(string? text) => string.IsNullOrEmpty(text) ? Missing : new(text, 0, 0, default, ValueKind.Text);

    /// <summary>A whole number.</summary>
    public static Value Of(long count) => new(null, count, count, default, ValueKind.Count);

    /// <summary>A number; one that is not finite is missing.</summary>
    public static Value Of(double? number) => number is { } value && double.IsFinite(value) ? new(null, 0, value, default, ValueKind.Number) : Missing;

    /// <summary>A share that is made of counts; missing where there are no cases.</summary>
    public static Value Share(Proportion proportion) =>
        proportion.Rate is { } rate ? new(null, 0, rate, proportion, ValueKind.Share) : Missing;

    /// <summary>A share that is not made of counts; one that is not finite is missing.</summary>
    public static Value Share(double? share) => share is { } value && double.IsFinite(value) ? new(null, 0, value, default, ValueKind.Share) : Missing;
}

/// <summary>A table as it goes out, in whatever format: names, kinds and rows.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">What it shows, for people.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, made when they are asked for: there may be millions.</param>
public sealed record OutputTable(string Name, string Title, IReadOnlyList<OutputColumn> Columns, IEnumerable<Value[]> Rows);
