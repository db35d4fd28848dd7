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
    private int[] _places = [];

    // Keys of persons, in a batch that has some without a key of digits.
    private long[] _keys = [];

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
        ReadOnlySpan<long> keys = KeysOf(batch, out bool hasTexts);
        var rows = new PackedRows
        {
            Facts = _facts,
            Pays = _pays,
            Persons = keys,
            Units = batch.Numbers(BatchColumn.Unit),
            Jobs = batch.Numbers(BatchColumn.Job),
        };
        for (int row = 0; row < batch.Rows;)
        {
            int placed = Place(keys, row);
            _shards.Store.Write(rows[row..placed], _places.AsSpan(row..placed));
            if (hasTexts)
                AddTexts(batch, row, placed);
            if (placed < batch.Rows)
            {
                Spill();
                Open(PersonShards.ShardOf(keys[placed]), _shards.Store.Rent());
            }
            row = placed;
        }
    }

    private void Reserve(int rows)
    {
        if (_places.Length >= rows)
            return;
        _facts = new ulong[rows];
        _pays = new ulong[rows];
        _places = new int[rows];
    }

    private ReadOnlySpan<long> KeysOf(ColumnBatch batch, out bool hasTexts)
    {
        ReadOnlySpan<long> persons = batch.Longs(BatchColumn.Person)[..batch.Rows];
        hasTexts = persons.ContainsAnyInRange(long.MinValue, -1);
        if (!hasTexts)
            return persons;
        if (_keys.Length < persons.Length)
            _keys = new long[persons.Length];
        for (int row = 0; row < persons.Length; row++)
            _keys[row] = persons[row] < 0 ? TextKey(batch.Column(BatchColumn.PersonText).TextAt(row)) : persons[row];
        return _keys.AsSpan(0, persons.Length);
    }

    // Takes places for the rows from one on, up to the first for whose shard there is no block left.
    private int Place(ReadOnlySpan<long> keys, int from)
    {
        Span<int> places = _places.AsSpan(0, keys.Length);
        Span<Tail> tails = _tails;
        for (int row = from; row < keys.Length; row++)
        {
            ref Tail tail = ref tails[PersonShards.ShardOf(keys[row])];
            if (tail.Next == tail.End && !TryOpen(keys[row]))
                return row;
            places[row] = tail.Next++;
        }
        return keys.Length;
    }

    private bool TryOpen(long key)
    {
        if (!_shards.Store.TryRent(out int block))
            return false;
        Open(PersonShards.ShardOf(key), block);
        return true;
    }

    // The texts of rows that have their places.
    private void AddTexts(ColumnBatch batch, int from, int to)
    {
        for (int row = from; row < to; row++)
            if (_keys[row] < 0)
                _segments[PersonShards.ShardOf(_keys[row])].Add(batch.Column(BatchColumn.PersonText).TextAt(row));
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
