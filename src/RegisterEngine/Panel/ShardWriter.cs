using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Takes batches of employments, and puts each row into the shard of its person: for one thread.</summary>
public sealed class ShardWriter
{
    private readonly PersonShards _shards;
    private readonly ShardSegment[] _segments = new ShardSegment[PersonShards.Count];

    // The open block of each shard: its slab, where in it the next row goes, and where the block ends.
    private readonly PanelRow[][] _slab = new PanelRow[PersonShards.Count][];
    private readonly Tail[] _tails = new Tail[PersonShards.Count];

    // By row of the batch: the key of the person, the shard, and the place in its slab.
    private long[] _keys = [];
    private int[] _shardOf = [];
    private int[] _places = [];

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

    // Places are taken for many rows before the first is written: the loads of one row do not wait for those of another then, as they would if each were
    // written at once.
    private void Scatter(ColumnBatch batch)
    {
        if (_keys.Length < batch.Rows)
        {
            _keys = new long[batch.Rows];
            _shardOf = new int[batch.Rows];
            _places = new int[batch.Rows];
        }
        for (int row = 0; row < batch.Rows;)
        {
            int placed = Place(batch, row);
            Write(batch, row, placed);
            if (placed < batch.Rows)
                NextBlock(_shardOf[placed]);
            row = placed;
        }
    }

    // Takes places for the rows from one on, up to the first whose shard has no room left.
    private int Place(ColumnBatch batch, int from)
    {
        ReadOnlySpan<long> persons = batch.Longs(BatchColumn.Person)[..batch.Rows];
        Span<long> keys = _keys.AsSpan(0, persons.Length);
        Span<int> shards = _shardOf.AsSpan(0, persons.Length), places = _places.AsSpan(0, persons.Length);
        Tail[] tails = _tails;
        for (int row = from; row < persons.Length; row++)
        {
            long key = persons[row];
            if (key < 0)
                key = TextKey(batch.Column(BatchColumn.PersonText).TextAt(row));
            int shard = PersonShards.ShardOf(key);
            keys[row] = key;
            shards[row] = shard;
            ref Tail tail = ref tails[shard];
            int place = tail.Next;
            if (place == tail.End)
                return row;
            places[row] = place;
            tail.Next = place + 1;
        }
        return persons.Length;
    }

    private void Write(ColumnBatch batch, int from, int to)
    {
        ReadOnlySpan<int> years = batch.Numbers(BatchColumn.Year)[..to];
        ReadOnlySpan<int> births = batch.Numbers(BatchColumn.BirthYear)[..to];
        ReadOnlySpan<int> sexes = batch.Numbers(BatchColumn.Sex)[..to];
        ReadOnlySpan<int> sizes = batch.Numbers(BatchColumn.PositionSize)[..to];
        ReadOnlySpan<int> starts = batch.Numbers(BatchColumn.StartDate)[..to];
        ReadOnlySpan<long> pays = batch.Longs(BatchColumn.Pay)[..to];
        ReadOnlySpan<int> units = batch.Numbers(BatchColumn.Unit)[..to];
        ReadOnlySpan<int> jobs = batch.Numbers(BatchColumn.Job)[..to];
        ReadOnlySpan<long> keys = _keys.AsSpan(0, to);
        ReadOnlySpan<int> shards = _shardOf.AsSpan(0, to), places = _places.AsSpan(0, to);
        int origin = Math.Min(batch.Origin, PanelRow.MostOrigins - 1);
        for (int row = from; row < to; row++)
        {
            var values = new EmploymentValues(years[row], births[row], sexes[row], sizes[row], starts[row], pays[row]);
            _slab[shards[row]][places[row]] = PanelRow.Employment(keys[row], units[row], jobs[row], values, origin);
            if (keys[row] < 0)
                _segments[shards[row]].Add(batch.Column(BatchColumn.PersonText).TextAt(row));
        }
    }

    private static long TextKey(ReadOnlySpan<byte> text) => (long)Hashing.Bytes(text) | long.MinValue;

    private void NextBlock(int shard)
    {
        if (!_shards.Store.TryRent(out RowBlock block))
        {
            Spill();
            block = _shards.Store.Rent();
        }
        _segments[shard].Add(block);
        _slab[shard] = block.Slab;
        _tails[shard] = new Tail { Next = block.Offset, End = block.Offset + RowStore.BlockRows };
    }

    private void Spill()
    {
        for (int shard = 0; shard < _segments.Length; shard++)
        {
            _segments[shard].SetLastRows(RowsInBlock(shard));
            _segments[shard].Spill(_shards.Scratch(), _shards.Store);
            _tails[shard] = default;
        }
    }

    private int RowsInBlock(int shard) => _tails[shard] is { End: > 0 } tail ? RowStore.BlockRows - (tail.End - tail.Next) : 0;

    private struct Tail
    {
        public int Next;
        public int End;
    }
}
