using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Takes batches of employments, and puts each row into the shard of its person: for one thread.</summary>
public sealed class ShardWriter
{
    private readonly PersonShards _shards;
    private readonly ShardSegment[] _segments = new ShardSegment[PersonShards.Count];

    // The open block of each shard: its slab, where the next row goes, and where the block ends.
    private readonly PanelRow[][] _slab = new PanelRow[PersonShards.Count][];
    private readonly int[] _next = new int[PersonShards.Count];
    private readonly int[] _end = new int[PersonShards.Count];

    private readonly DeliveryCounts _deliveries = new();

    internal ShardWriter(PersonShards shards)
    {
        _shards = shards;
        for (int shard = 0; shard < _segments.Length; shard++)
            _segments[shard] = new ShardSegment();
    }

    /// <summary>Adds all rows of a batch.</summary>
    public void Add(ColumnBatch batch)
    {
        Scatter(batch);
        _deliveries.Add(batch);
    }

    /// <summary>Says that no more rows come; hands the rows over.</summary>
    public void Finish()
    {
        for (int shard = 0; shard < _segments.Length; shard++)
            _segments[shard].SetLastRows(RowsInBlock(shard));
        _shards.Add(_segments, _deliveries);
    }

    private void Scatter(ColumnBatch batch)
    {
        int rows = batch.Rows;
        ReadOnlySpan<long> persons = batch.Longs(BatchColumn.Person)[..rows];
        ReadOnlySpan<int> years = batch.Numbers(BatchColumn.Year)[..rows];
        ReadOnlySpan<int> births = batch.Numbers(BatchColumn.BirthYear)[..rows];
        ReadOnlySpan<int> sexes = batch.Numbers(BatchColumn.Sex)[..rows];
        ReadOnlySpan<int> sizes = batch.Numbers(BatchColumn.PositionSize)[..rows];
        ReadOnlySpan<int> starts = batch.Numbers(BatchColumn.StartDate)[..rows];
        ReadOnlySpan<long> pays = batch.Longs(BatchColumn.Pay)[..rows];
        ReadOnlySpan<int> units = batch.Numbers(BatchColumn.Unit)[..rows];
        ReadOnlySpan<int> jobs = batch.Numbers(BatchColumn.Job)[..rows];
        int origin = Math.Min(batch.Origin, PanelRow.MostOrigins - 1);
        for (int row = 0; row < rows; row++)
        {
            long person = persons[row];
            if (person < 0)
                person = TextKey(batch.Column(BatchColumn.PersonText).TextAt(row));
            int shard = PersonShards.ShardOf(person);
            int at = _next[shard];
            if (at == _end[shard])
                at = NextBlock(shard);
            var values = new EmploymentValues(years[row], births[row], sexes[row], sizes[row], starts[row], pays[row]);
            _slab[shard][at] = PanelRow.Employment(person, units[row], jobs[row], values, origin);
            _next[shard] = at + 1;
            if (person < 0)
                _segments[shard].Add(batch.Column(BatchColumn.PersonText).TextAt(row));
        }
    }

    private static long TextKey(ReadOnlySpan<byte> text) => (long)Hashing.Bytes(text) | long.MinValue;

    private int NextBlock(int shard)
    {
        if (!_shards.Store.TryRent(out RowBlock block))
        {
            Spill();
            block = _shards.Store.Rent();
        }
        _segments[shard].Add(block);
        _slab[shard] = block.Slab;
        _next[shard] = block.Offset;
        _end[shard] = block.Offset + RowStore.BlockRows;
        return block.Offset;
    }

    private void Spill()
    {
        for (int shard = 0; shard < _segments.Length; shard++)
        {
            _segments[shard].SetLastRows(RowsInBlock(shard));
            _segments[shard].Spill(_shards.Scratch(), _shards.Store);
            _next[shard] = _end[shard] = 0;
        }
    }

    private int RowsInBlock(int shard) => _end[shard] == 0 ? 0 : RowStore.BlockRows - (_end[shard] - _next[shard]);
}
