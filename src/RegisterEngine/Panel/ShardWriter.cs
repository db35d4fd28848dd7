using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Takes batches of employments, and puts each row into the shard of its person: for one thread.</summary>
public sealed class ShardWriter
{
    private readonly PersonShards _shards;
    private readonly DeliveryCounts _deliveries = new();

    // Compact until the first batch that has a row which is not, and whole from there on.
    private RowForm _form = RowForm.Compact;
    private ShardSegment[] _segments;

    // By shard, where the next row goes, and where the open block ends.
    private readonly Tail[] _tails = new Tail[PersonShards.Count];

    // By block, the one that its shard filled before: a list for each shard would be far away whenever a block is opened.
    private int[] _before = [];
    private readonly Stack<int> _blocks = new();

    // By row of the batch: its words, and the place.
    private ulong[] _facts = [];
    private ulong[] _pays = [];
    private ulong[] _joined = [];
    private uint[] _rests = [];
    private uint[] _places = [];

    // Keys of persons, in a batch that has some without a key of digits.
    private long[] _keys = [];

    internal ShardWriter(PersonShards shards)
    {
        _shards = shards;
        _segments = NewSegments();
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
        HandOver();
        _shards.Add(_deliveries);
    }

    // Places are taken for many rows before the first is written: the loads of one row do not wait for those of another then, as they would if each were
    // written at once.
    private void Scatter(ColumnBatch batch)
    {
        Reserve(batch.Rows);
        PackedRows rows = Pack(batch);
        bool hasTexts = rows.Persons.ContainsAnyInRange(long.MinValue, -1);
        for (int row = 0; row < batch.Rows;)
        {
            int placed = Place(rows.Persons, row);
            rows[row..placed].Write(_shards.Memory.Slabs, _form, _places.AsSpan(row..placed));
            if (hasTexts)
                AddTexts(batch, row, placed);
            if (placed < batch.Rows)
            {
                Spill();
                Open(ShardKey.ShardOf(rows.Persons[placed]), _shards.Memory.Rent());
            }
            row = placed;
        }
    }

    private PackedRows Pack(ColumnBatch batch)
    {
        Span<ulong> facts = _facts.AsSpan(0, batch.Rows), pays = _pays.AsSpan(0, batch.Rows), joined = _joined.AsSpan(0, batch.Rows);
        Span<uint> rests = _rests.AsSpan(0, batch.Rows);
        int origin = Math.Min(batch.Origin, PanelRow.MostOrigins - 1);
        ReadOnlySpan<int> units = batch.Numbers(BatchColumn.Unit)[..batch.Rows], jobs = batch.Numbers(BatchColumn.Job)[..batch.Rows];
        ReadOnlySpan<long> keys = KeysOf(batch);
        PanelRow.Pack(batch, origin, facts, pays);
        if (_form.IsCompact && !CompactRows.TryJoin(facts, pays, keys, units, jobs, joined, rests))
        {
            HandOver();
            _form = RowForm.Whole;
            _segments = NewSegments();
            PanelRow.Pack(batch, origin, facts, pays);
        }
        return new PackedRows { Facts = facts, Pays = pays, Persons = keys, Units = units, Jobs = jobs, Joined = joined, Rests = rests };
    }

    private ShardSegment[] NewSegments() => Arrays.Make(PersonShards.Count, shard => new ShardSegment(shard, _form));

    private void HandOver()
    {
        for (int shard = 0; shard < _segments.Length; shard++)
            Close(shard);
        _shards.Add(_segments);
    }

    private void Reserve(int rows)
    {
        if (_places.Length >= rows)
            return;
        _facts = new ulong[rows];
        _pays = new ulong[rows];
        _joined = new ulong[rows];
        _rests = new uint[rows];
        _places = new uint[rows];
    }

    private ReadOnlySpan<long> KeysOf(ColumnBatch batch)
    {
        ReadOnlySpan<long> persons = batch.Longs(BatchColumn.Person)[..batch.Rows];
        if (!persons.ContainsAnyInRange(long.MinValue, -1))
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
        Span<uint> places = _places.AsSpan(0, keys.Length);
        Span<Tail> tails = _tails;
        uint words = (uint)_form.Words;
        for (int row = from; row < keys.Length; row++)
        {
            ref Tail tail = ref tails[ShardKey.ShardOf(keys[row])];
            if (tail.Next == tail.End && !TryOpen(keys[row]))
                return row;
            places[row] = tail.Next;
            tail.Next += words;
        }
        return keys.Length;
    }

    private bool TryOpen(long key)
    {
        if (!_shards.Memory.TryRent(out int block))
            return false;
        Open(ShardKey.ShardOf(key), block);
        return true;
    }

    // The texts of rows that have their places.
    private void AddTexts(ColumnBatch batch, int from, int to)
    {
        for (int row = from; row < to; row++)
            if (_keys[row] < 0)
                _segments[ShardKey.ShardOf(_keys[row])].Add(batch.Column(BatchColumn.PersonText).TextAt(row));
    }

    private static long TextKey(ReadOnlySpan<byte> text) => (long)Hashing.Bytes(text) | long.MinValue;

    private void Open(int shard, int block)
    {
        if (block >= _before.Length)
            Array.Resize(ref _before, Math.Max(block + 1, _before.Length * 2));
        _before[block] = _tails[shard].Block;
        uint first = (uint)block * BlockSlabs.BlockWords;
        _tails[shard] = new Tail { Next = first, End = first + (uint)(_form.BlockRows * _form.Words) };
    }

    // Hands the blocks of a shard over in the order in which they were filled.
    private void Close(int shard)
    {
        Tail tail = _tails[shard];
        if (tail.Block == Tail.NoBlock)
            return;
        for (int block = tail.Block; block != Tail.NoBlock; block = _before[block])
            _blocks.Push(block);
        while (_blocks.TryPop(out int block))
            _segments[shard].Add(block);
        _segments[shard].SetLastRows((int)(tail.Next - ((uint)tail.Block * BlockSlabs.BlockWords)) / _form.Words);
        _tails[shard] = default;
    }

    private void Spill()
    {
        for (int shard = 0; shard < _segments.Length; shard++)
        {
            Close(shard);
            _segments[shard].Spill(_shards.Scratch(), _shards.Memory);
        }
    }

    private struct Tail
    {
        public const int NoBlock = -1;

        public uint Next;
        public uint End;

        // The open block: it ends where a row or the block itself does.
        public readonly int Block => End == 0 ? NoBlock : (int)((End - 1) / BlockSlabs.BlockWords);
    }
}
