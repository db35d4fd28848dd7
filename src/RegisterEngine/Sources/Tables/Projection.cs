namespace RegisterEngine.Sources.Tables;

/// <summary>Chooses the columns of a file that are read.</summary>
internal static class Projection
{
    /// <summary>The columns that are wanted, in the order wanted.</summary>
    /// <param name="input">Name of the file.</param>
    /// <param name="all">Its columns.</param>
    /// <param name="name">The name of a column.</param>
    /// <param name="refusal">Why a column cannot be read; null where it can.</param>
    /// <param name="options">Which columns are wanted.</param>
    /// <exception cref="ExtractException">A column is not there, not the only one of its name, or cannot be read.</exception>
    public static List<T> Of<T>(string input, IReadOnlyList<T> all, Func<T, string> name, Func<T, string?> refusal, TableReadOptions options)
    {
        IReadOnlyList<string>? wanted = options.Choose is { } choose ? choose([.. all.Select(name)]) : options.Columns;
        var chosen = new List<T>();
        if (wanted is null)
            chosen.AddRange(all);
        foreach (string one in wanted ?? [])
        {
            List<T> called = [.. all.Where(column => name(column) == one)];
            if (called.Count > 1)
                throw new ExtractException(input, $"two columns are called '{one}'.");
            List<T> parts = [.. all.Where(column => name(column).StartsWith(one + ".", StringComparison.Ordinal) && refusal(column) is not null)];
            if (called.Count == 0 && parts.Count > 0)
                throw new ExtractException(input, $"the column '{name(parts[0])}' {refusal(parts[0])}. Nested and repeated columns are not read.");
            chosen.Add(called.Count == 1 ? called[0] : throw new ExtractException(
                input, $"there is no column '{one}', only {string.Join(", ", all.Take(30).Select(column => $"'{name(column)}'"))}."));
        }
        foreach (T column in chosen)
            if (refusal(column) is { } why)
                throw new ExtractException(input, $"the column '{name(column)}' {why}. Name the columns that you want, without this one.");
        return chosen;
    }
}
