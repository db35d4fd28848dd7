using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

namespace RegisterEngine;

/// <summary>
/// The main job, from extracts to tables of cells: the only place where sources, panel and cells meet. All threads do the same: they read batches and deal the rows
/// out by person; then, shard by shard, they build the panel and count its person-years.
/// </summary>
public static class Pipeline
{
    /// <summary>Runs the main job.</summary>
    /// <param name="plan">What to read, by which rules, and what to count.</param>
    /// <param name="cancellation">Stops the run; nothing is left behind.</param>
    /// <exception cref="ExtractException">An input cannot be read; the message names it and tells what to do.</exception>
    /// <exception cref="RejectLimitException">Too many rows were rejected.</exception>
    public static RunResult Run(RunPlan plan, CancellationToken cancellation = default)
    {
        var books = new RegisterBooks();
        var extracts = new ExtractSet(plan.Inputs, books, plan.Sources with { Cancellation = cancellation });
        var shards = new PersonShards(books, plan.Shards);
        try
        {
            return Run(plan, books, extracts, shards, cancellation);
        }
        catch
        {
            extracts.Dispose();
            shards.Dispose();
            throw;
        }
    }

    private static RunResult Run(RunPlan plan, RegisterBooks books, ExtractSet extracts, PersonShards shards, CancellationToken cancellation)
    {
        var clock = new StageClock();
        plan.Progress?.Watch(() => ("reading", extracts.Length > 0 ? (double)extracts.BytesTaken / extracts.Length : null, extracts.Rows, extracts.BytesRead));
        Workers.Run(plan.Threads, Read, cancellation);
        CheckRejects(plan, extracts.Reports);
        clock.End("read");

        var coverage = new Coverage(books, shards.Deliveries, plan.Panel.Coverage);
        var codes = new PanelCodes(books, plan.Panel.Universe);
        var tables = new CellTables(plan.Tables, plan.Moments, codes, coverage, plan.Ages, shards.SpareMemory);
        var counts = new PanelCounts(plan.Inputs.Count, books[RegisterColumn.Municipality].Count, coverage.YearCount);
        int next = 0;
        plan.Progress?.Watch(() => ("building", (double)Math.Min(next, PersonShards.Count) / PersonShards.Count, extracts.Rows, extracts.BytesRead));
        Workers.Run(plan.Threads, Build, cancellation);
        clock.End("panel");

        IReadOnlyList<CellTable> cells = tables.Finish(plan.Threads);
        IReadOnlyList<MomentTable> moments = tables.FinishMoments(plan.Threads);
        clock.End("cells");
        return new RunResult(plan, extracts, shards, new PersonYears(shards, codes, counts.PersonYears), coverage, counts, cells, clock.Stages) { Moments = moments };

        void Read(CancellationToken stop)
        {
            using ExtractReader reader = extracts.NewReader();
            ShardWriter writer = shards.NewWriter();
            ColumnBatch batch = RegisterBatch.Create(books, plan.BatchRows);
            while (reader.Read(batch))
            {
                writer.Add(batch);
                stop.ThrowIfCancellationRequested();
            }
            writer.Finish();
        }

        void Build(CancellationToken stop)
        {
            var builder = new PanelBuilder(codes, plan.Panel, coverage, plan.Inputs.Count);
            CellWriter writer = tables.NewWriter();
            var buffer = new ShardBuffer();
            for (int shard; (shard = Interlocked.Increment(ref next) - 1) < PersonShards.Count;)
            {
                shards.Take(shard, buffer);
                builder.Build(buffer);
                writer.Add(builder.Panel);
                shards.Put(shard, builder.Panel, builder.Texts);
                stop.ThrowIfCancellationRequested();
            }
            lock (counts)
                counts.Merge(builder.Counts);
        }
    }

    private static void CheckRejects(RunPlan plan, IReadOnlyList<SourceReport> sources)
    {
        long rejected = 0, accepted = 0;
        foreach (SourceReport source in sources)
        {
            rejected += source.Counts.Rejected;
            accepted += source.Counts.Accepted;
        }
        if (plan.Quarantine is { } path)
        {
            if (rejected > 0)
                Quarantine.Write(path, sources);
            else
                Quarantine.Remove(path);
        }
        if (rejected == 0)
            return;
        // Rows of other years are none of the data; among them a share of bad rows would look small.
        if (plan.MaxRejects.IsExceededBy(rejected, accepted + rejected))
            throw new RejectLimitException(rejected, accepted + rejected, plan.MaxRejects, plan.Quarantine);
    }
}
