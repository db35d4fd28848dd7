namespace RegisterEngine.Regression.Inference;

/// <summary>Corrections for many tests.</summary>
public static class Multiplicity
{
    /// <summary>The q-value of each probability: the least share of false findings at which it is still one.</summary>
    /// <param name="probabilities">Probabilities; null where there is no test, which has no q-value and does not count.</param>
    /// <remarks>Y. Benjamini and Y. Hochberg, JRSS B 57 (1995).</remarks>
    public static double?[] QValues(IReadOnlyList<double?> probabilities)
    {
        int[] order = [.. Enumerable.Range(0, probabilities.Count).Where(i => probabilities[i] is not null).OrderByDescending(i => probabilities[i]).ThenBy(i => i)];
        double?[] q = new double?[probabilities.Count];
        double least = 1;
        for (int i = 0; i < order.Length; i++)
        {
            least = Math.Min(least, probabilities[order[i]]!.Value * order.Length / (order.Length - i));
            q[order[i]] = least;
        }
        return q;
    }
}
