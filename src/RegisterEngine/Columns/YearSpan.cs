namespace RegisterEngine.Columns;

/// <summary>First and last year, both included.</summary>
public readonly record struct YearSpan(int From, int To)
{
    /// <summary>Whether a year lies in the span.</summary>
    public bool Contains(int year) => year >= From && year <= To;

    /// <inheritdoc/>
    public override string ToString() => $"{From}-{To}";
}
