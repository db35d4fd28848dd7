namespace RegisterEngine.Kernels;

/// <summary>Makes arrays.</summary>
/// <remarks>
/// What every run does before its first row is written with loops and arrays rather than with iterators over values: code of those is made when the process starts,
/// which takes longer than they do, and arrays have theirs made ahead.
/// </remarks>
internal static class Arrays
{
    /// <summary>An array of some items, each made from its place.</summary>
    public static T[] Make<T>(int count, Func<int, T> item)
    {
        var items = new T[count];
        for (int i = 0; i < items.Length; i++)
            items[i] = item(i);
        return items;
    }

    /// <summary>A length for an array that must hold some items, and a quarter more: what comes next is often a little larger.</summary>
    public static int Roomy(int count) => (int)Math.Min(count + (count / 4L), Array.MaxLength);

    /// <summary>An array of what is made of each item of a list.</summary>
    public static TResult[] Make<T, TResult>(IReadOnlyList<T> list, Func<T, TResult> item)
    {
        var items = new TResult[list.Count];
        for (int i = 0; i < items.Length; i++)
            items[i] = item(list[i]);
        return items;
    }
}
