using RegisterEngine.Cells;
using RegisterEngine.Regression.Probability;

namespace RegisterEngine.Regression.Inference;

/// <summary>A group of a two-sample test: how many, their mean, and the sum of squares around it.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Squares">Sum of squares around the mean.</param>
public readonly record struct Group(long Count, double Mean, double Squares)
{
    /// <summary>The standard deviation, with n - 1; null below two.</summary>
    public double? StandardDeviation => Count > 1 ? Math.Sqrt(Squares / (Count - 1)) : null;

    /// <summary>A group of a 0/1 variable.</summary>
    public static Group Of(Proportion proportion) =>
        proportion.Of == 0 ? default : new Group(proportion.Of, proportion.Rate!.Value, (double)proportion.Count * (proportion.Of - proportion.Count) / proportion.Of);

    /// <summary>A group of whole numbers: how many, their sum and the sum of their squares.</summary>
    public static Group Of(long count, long sum, long squares) =>
        count == 0 ? default : new Group(count, (double)sum / count, (double)(((Int128)count * squares) - ((Int128)sum * sum)) / count);
}

/// <summary>The difference of two means, and what a test says about it.</summary>
/// <remarks>Student (1908) with pooled variance; B. L. Welch, Biometrika 34 (1947) with Satterthwaite's degrees of freedom. The difference is first less second.</remarks>
public sealed record TwoSample
{
    /// <summary>The first group.</summary>
    public required Group First { get; init; }

    /// <summary>The second group.</summary>
    public required Group Second { get; init; }

    /// <summary>Mean of the first less that of the second; null where a group is empty.</summary>
    public double? Difference { get; init; }

    /// <summary>Its standard error.</summary>
    public double? Error { get; init; }

    /// <summary>Difference over error.</summary>
    public double? T { get; init; }

    /// <summary>Degrees of freedom.</summary>
    public double? Degrees { get; init; }

    /// <summary>Probability of a t at least as far from zero.</summary>
    public double? P { get; init; }

    /// <summary>Why something above is missing; null where nothing is.</summary>
    public string? Note { get; init; }

    /// <summary>The test with one variance for both groups.</summary>
    public static TwoSample Pooled(Group first, Group second)
    {
        if (Empty(first, second) is { } empty)
            return empty;
        double degrees = first.Count + second.Count - 2;
        double variance = (first.Squares + second.Squares) / degrees * ((1.0 / first.Count) + (1.0 / second.Count));
        return Of(first, second, variance, degrees);
    }

    /// <summary>The test with a variance for each group.</summary>
    public static TwoSample Welch(Group first, Group second)
    {
        if (Empty(first, second) is { } empty)
            return empty;
        if (first.Count < 2 || second.Count < 2)
            return Without(first, second, "no error: a group has one person-year only");
        double a = first.Squares / (first.Count - 1) / first.Count;
        double b = second.Squares / (second.Count - 1) / second.Count;
        return Of(first, second, a + b, (a + b) * (a + b) / ((a * a / (first.Count - 1)) + (b * b / (second.Count - 1))));
    }

    private static TwoSample Of(Group first, Group second, double variance, double degrees)
    {
        if (!(degrees > 0))
            return Without(first, second, "no error: no degrees of freedom are left");
        if (!(variance > 0))
            return Without(first, second, "no t: neither group varies") with { Error = 0 };
        double error = Math.Sqrt(variance);
        double t = (first.Mean - second.Mean) / error;
        return Without(first, second, null) with { Error = error, T = t, Degrees = degrees, P = StudentT.TwoSided(t, degrees) };
    }

    private static TwoSample? Empty(Group first, Group second) => (first.Count, second.Count) switch
    {
        (0, 0) => new TwoSample { First = first, Second = second, Note = "no person-years in either group" },
        (0, _) => new TwoSample { First = first, Second = second, Note = "no person-years in the first group" },
        (_, 0) => new TwoSample { First = first, Second = second, Note = "no person-years in the second group" },
        _ => null,
    };

    private static TwoSample Without(Group first, Group second, string? note) =>
        new() { First = first, Second = second, Difference = first.Mean - second.Mean, Note = note };
}
