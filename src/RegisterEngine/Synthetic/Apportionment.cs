namespace RegisterEngine.Synthetic;

/// <summary>Divides whole things in proportion to weights.</summary>
internal static class Apportionment
{
    /// <summary>How many each gets: its proportion, rounded so that the sum is exact, and at least <paramref name="least"/>.</summary>
    /// <remarks>The method of largest remainders (T. Hare, 1859); ties go to the first.</remarks>
    public static int[] Divide(int total, IReadOnlyList<double> weights, int least = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, least * weights.Count);
        int free = total - (least * weights.Count);
        double sum = weights.Sum();
        // Where everyone gets some beforehand, proportions are of the whole, less what was had.
        double[] exact = [.. weights.Select(weight => Math.Max((weight / sum * total) - least, 0))];
        double scale = free == 0 ? 0 : free / exact.Sum();
        int[] parts = new int[exact.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            exact[i] *= scale;
            parts[i] = (int)exact[i];
        }
        int left = free - parts.Sum();
        foreach (int i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take(left))
            parts[i]++;
        for (int i = 0; i < parts.Length; i++)
            parts[i] += least;
        return parts;
    }
}
