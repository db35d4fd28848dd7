namespace RegisterEngine.Regression;

/// <summary>Rows by level of a factor: those of the first level, then those of the second, and so on; within a level as they were.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Starts">By level, the place of its first row; one more than there are levels.</param>
internal sealed record LevelOrder(int[] Rows, int[] Starts)
{
    /// <summary>Levels, with and without rows.</summary>
    public int Levels => Starts.Length - 1;

    /// <summary>Whether rows are as they were.</summary>
    public bool IsRising { get; private init; }

    // By row in the order of levels, its level: levels with few rows are summed faster by it than one after the other.
    private int[] LevelOf => field ??= Levelled();

    /// <summary>Orders the rows of a factor.</summary>
    public static LevelOrder Of(Grouping factor)
    {
        int[] codes = factor.Codes;
        int[] starts = new int[factor.Levels + 1];
        bool isRising = true;
        int last = 0;
        foreach (int code in codes)
        {
            starts[code + 1]++;
            isRising &= code >= last;
            last = code;
        }
        for (int i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        int[] rows = GC.AllocateUninitializedArray<int>(codes.Length);
        if (isRising)
        {
            for (int i = 0; i < rows.Length; i++)
                rows[i] = i;
            return new LevelOrder(rows, starts) { IsRising = true };
        }
        int[] next = [.. starts];
        for (int i = 0; i < rows.Length; i++)
            rows[next[codes[i]]++] = i;
        return new LevelOrder(rows, starts);
    }

    /// <summary>The same without levels that have no rows.</summary>
    public LevelOrder WithoutEmpty() => new(Rows, [.. Starts.Where((start, level) => level == Levels || start < Starts[level + 1])]) { IsRising = IsRising };

    /// <summary>The rows of a level.</summary>
    public ReadOnlySpan<int> Of(int level) => Rows.AsSpan(Starts[level]..Starts[level + 1]);

    /// <summary>By level, the sum of its rows.</summary>
    public double[] Sums(double[] values)
    {
        double[] sums = new double[Levels];
        for (int level = 0; level < sums.Length; level++)
            foreach (int row in Of(level))
                sums[level] += values[row];
        return sums;
    }

    /// <summary>Values of the rows of some levels, in the order of levels; not copied where rows are as they were.</summary>
    public ReadOnlySpan<double> Among(double[] values, int fromLevel, int toLevel)
    {
        if (IsRising)
            return values.AsSpan(Starts[fromLevel]..Starts[toLevel]);
        ReadOnlySpan<int> rows = Rows.AsSpan(Starts[fromLevel]..Starts[toLevel]);
        double[] among = GC.AllocateUninitializedArray<double>(rows.Length);
        for (int i = 0; i < among.Length; i++)
            among[i] = values[rows[i]];
        return among;
    }

    /// <summary>Adds values by level.</summary>
    /// <param name="values">Values of the rows of some levels, in the order of levels.</param>
    /// <param name="fromLevel">The first level.</param>
    /// <param name="toLevel">Before this one.</param>
    /// <param name="sums">By level, from level 0 on.</param>
    public void AddSums(ReadOnlySpan<double> values, int fromLevel, int toLevel, Span<double> sums)
    {
        ReadOnlySpan<int> levels = LevelOf.AsSpan(Starts[fromLevel]..Starts[toLevel]);
        values = values[..levels.Length];
        for (int row = 0; row < levels.Length; row++)
            sums[levels[row]] += values[row];
    }

    private int[] Levelled()
    {
        int[] levels = GC.AllocateUninitializedArray<int>(Rows.Length);
        for (int level = 0; level < Levels; level++)
            levels.AsSpan(Starts[level]..Starts[level + 1]).Fill(level);
        return levels;
    }

    /// <summary>Cuts the levels into parts of so many rows or some more: first level of each part, then the number of levels.</summary>
    public int[] Cuts(int rows)
    {
        var cuts = new List<int> { 0 };
        for (int level = 1; level < Levels; level++)
            if (Starts[level] - Starts[cuts[^1]] >= rows)
                cuts.Add(level);
        return [.. cuts, Levels];
    }
}
