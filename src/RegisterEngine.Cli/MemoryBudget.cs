namespace RegisterEngine.Cli;

/// <summary>Divides the memory that a run may use.</summary>
internal static class MemoryBudget
{
    // What a run takes besides rows: the runtime, code books, blocks of text, and the cells of tables with many groups.
    private const long Base = 160L << 20;
    private const long OutsideHeap = 50L << 20;
    private const double ShareOfRows = 0.6;
    private const double UsualShare = 0.75;

    /// <summary>Holds the collector to a bound: without one it lets garbage stand while the machine has room.</summary>
    /// <param name="memory">Bytes for the whole run.</param>
    public static void Enforce(long memory)
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)(memory - OutsideHeap));
        GC.RefreshMemoryLimit();
    }

    /// <summary>Bytes of rows that may be held in memory.</summary>
    /// <param name="memory">Bytes for the whole run; null for three quarters of what there is.</param>
    /// <exception cref="UsageException">It is too little for any run.</exception>
    public static long RowsOf(long? memory)
    {
        long all = memory ?? (long)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * UsualShare);
        return all > Base
            ? (long)((all - Base) * ShareOfRows)
            : throw new UsageException($"--memory: a run needs at least {(Base >> 20) + 1}MB.");
    }
}
