using RegisterEngine.Kernels;

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
        IReadOnlyList<string>? wanted = options.Choose is { } choose ? choose(Arrays.Make(all, name)) : options.Columns;
        var chosen = new List<T>();
        if (wanted is null)
            chosen.AddRange(all);
        foreach (string one in wanted ?? [])
        {
            int before = chosen.Count;
            foreach (T column in all)
                if (name(column) == one)
                    chosen.Add(column);
            if (chosen.Count > before + 1)
                throw new ExtractException(input, $"two columns are called '{one}'.");
            if (chosen.Count == before)
                throw Absent(input, all, name, refusal, one);
        }
        foreach (T column in chosen)
            if (refusal(column) is { } why)
                throw new ExtractException(input, $"the column '{name(column)}' {why}. Name the columns that you want, without this one.");
        return chosen;
    }

    private static ExtractException Absent<T>(string input, IReadOnlyList<T> all, Func<T, string> name, Func<T, string?> refusal, string wanted)
    {
        foreach (T column in all)
            if (name(column).StartsWith(wanted + ".", StringComparison.Ordinal) && refusal(column) is { } why)
                return new ExtractException(input, $"the column '{name(column)}' {why}. Nested and repeated columns are not read.");
        return new ExtractException(input, $"there is no column '{wanted}', only {string.Join(", ", all.Take(30).Select(column => $"'{name(column)}'"))}.");
    }
}
