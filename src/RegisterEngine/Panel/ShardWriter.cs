using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Takes batches of employments, and puts each row into the shard of its person: for one thread.</summary>
public sealed class ShardWriter
{
    private readonly PersonShards _shards;
    private readonly ShardSegment[] _segments = new ShardSegment[PersonShards.Count];

    // By shard, where the next row goes, and where the open block ends.
    private readonly Tail[] _tails = new Tail[PersonShards.Count];

    // By block, the one that its shard filled before: a list for each shard would be far away whenever a block is opened.
    private int[] _before = [];
    private readonly Stack<int> _blocks = new();

    // By row of the batch: its words, and the place.
    private ulong[] _facts = [];
    private ulong[] _pays = [];
    private long[] _keys = [];
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
            Close(shard);
        _shards.Add(_segments, _deliveries);
    }

    // Places are taken for many rows before the first is written: the loads of one row do not wait for those of another then, as they would if each were
    // written at once.
    private void Scatter(ColumnBatch batch)
    {
        Reserve(batch.Rows);
        PanelRow.Pack(batch, Math.Min(batch.Origin, PanelRow.MostOrigins - 1), _facts.AsSpan(0, batch.Rows), _pays.AsSpan(0, batch.Rows));
        var rows = new PackedRows
        {
            Facts = _facts,
            Pays = _pays,
            Persons = _keys,
            Units = batch.Numbers(BatchColumn.Unit),
            Jobs = batch.Numbers(BatchColumn.Job),
        };
        for (int row = 0; row < batch.Rows;)
        {
            int placed = Place(batch, row);
            _shards.Store.Write(rows[row..placed], _places.AsSpan(row..placed));
            if (placed < batch.Rows)
            {
                Spill();
                Open(PersonShards.ShardOf(_keys[placed]), _shards.Store.Rent());
            }
            row = placed;
        }
    }

    private void Reserve(int rows)
    {
        if (_keys.Length >= rows)
            return;
        _facts = new ulong[rows];
        _pays = new ulong[rows];
        _keys = new long[rows];
        _places = new int[rows];
    }

    // Takes places for the rows from one on, up to the first for whose shard there is no block left.
    private int Place(ColumnBatch batch, int from)
    {
        ReadOnlySpan<long> persons = batch.Longs(BatchColumn.Person)[..batch.Rows];
        Span<long> keys = _keys.AsSpan(0, persons.Length);
        Span<int> places = _places.AsSpan(0, persons.Length);
        Tail[] tails = _tails;
        for (int row = from; row < persons.Length; row++)
        {
            long key = persons[row];
            ReadOnlySpan<byte> text = key < 0 ? batch.Column(BatchColumn.PersonText).TextAt(row) : [];
            if (key < 0)
                key = TextKey(text);
            int shard = PersonShards.ShardOf(key);
            keys[row] = key;
            ref Tail tail = ref tails[shard];
            if (tail.Next == tail.End)
            {
                if (!_shards.Store.TryRent(out int block))
                    return row;
                Open(shard, block);
            }
            places[row] = tail.Next++;
            if (key < 0)
                _segments[shard].Add(text);
        }
        return persons.Length;
    }

    private static long TextKey(ReadOnlySpan<byte> text) => (long)Hashing.Bytes(text) | long.MinValue;

    private void Open(int shard, int block)
    {
        int number = block / RowStore.BlockRows;
        if (number >= _before.Length)
            Array.Resize(ref _before, Math.Max(number + 1, _before.Length * 2));
        _before[number] = _tails[shard].End - RowStore.BlockRows;
        _tails[shard] = new Tail { Next = block, End = block + RowStore.BlockRows };
    }

    // Hands the blocks of a shard over in the order in which they were filled. Before the first there is none, which is negative.
    private void Close(int shard)
    {
        Tail tail = _tails[shard];
        for (int block = tail.End - RowStore.BlockRows; block >= 0; block = _before[block / RowStore.BlockRows])
            _blocks.Push(block);
        while (_blocks.TryPop(out int block))
            _segments[shard].Add(block);
        _segments[shard].SetLastRows(RowStore.BlockRows - (tail.End - tail.Next));
        _tails[shard] = default;
    }

    private void Spill()
    {
        for (int shard = 0; shard < _segments.Length; shard++)
        {
            Close(shard);
            _segments[shard].Spill(_shards.Scratch(), _shards.Store);
        }
    }

    private struct Tail
    {
        public int Next;
        public int End;
    }
}
