using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Where rows are kept while the panel is made.</summary>
public sealed record ShardOptions
{
    /// <summary>Bytes of rows that are held in memory; what is more goes to disk.</summary>
    public long RowBudget { get; init; } = long.MaxValue;

    /// <summary>Where temporary files go.</summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();
}

/// <summary>
/// All employments of a run, dealt out by a hash of the person: whatever the files and years, all rows of a person meet in one shard. Shards have nothing to do
/// with each other, which is where all parallelism of the panel comes from. Their number is fixed.
/// </summary>
public sealed class PersonShards : IDisposable
{
    /// <summary>How many of the highest bits of a person's hash tell the shard.</summary>
    internal const int Bits = 10;

    /// <summary>How many shards there are.</summary>
    public const int Count = 1 << Bits;

    private readonly Lock _adding = new();
    private readonly ShardOptions _options;
    private readonly List<ShardSegment>[] _segments = Arrays.Make(Count, _ => new List<ShardSegment>());
    private ScratchFile? _scratch;

    /// <summary>Empty shards.</summary>
    public PersonShards(RegisterBooks books, ShardOptions options)
    {
        _options = options;
        Books = books;
        Store = new RowStore(options.RowBudget);
    }

    /// <summary>What the codes of rows mean.</summary>
    public RegisterBooks Books { get; }

    /// <summary>Rows by unit and year, once all writers have finished.</summary>
    public DeliveryCounts Deliveries { get; } = new();

    /// <summary>Bytes that lie on disk.</summary>
    public long SpilledBytes => _scratch?.Length ?? 0;

    internal RowStore Store { get; }

    /// <summary>A writer for one thread.</summary>
    public ShardWriter NewWriter() => new(this);

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    // What orders the persons within a shard takes the bits after these.
    internal static int ShardOf(long person) => (int)(Hashing.Mix((ulong)person) >> (64 - Bits));

    internal ScratchFile Scratch()
    {
        lock (_adding)
            return _scratch ??= new ScratchFile(_options.ScratchFolder);
    }

    internal void Add(ShardSegment[] segments, DeliveryCounts deliveries)
    {
        lock (_adding)
        {
            for (int shard = 0; shard < Count; shard++)
                _segments[shard].Add(segments[shard]);
            Deliveries.Merge(deliveries);
        }
    }

    /// <summary>Takes the rows of a shard out.</summary>
    internal void Take(int shard, ShardBuffer buffer)
    {
        List<ShardSegment> segments = _segments[shard];
        buffer.Reserve(segments.Sum(segment => segment.Count), segments.Sum(segment => segment.TextBytes));
        int rows = 0, texts = 0;
        foreach (ShardSegment segment in segments)
        {
            segment.CopyTo(buffer.Rows[rows..], buffer.Texts[texts..], Store, _scratch);
            rows += segment.Count;
            texts += segment.TextBytes;
            segment.Release(Store);
        }
        segments.Clear();
    }

    /// <summary>Puts person-years in the place of the rows that they were made from.</summary>
    internal void Put(int shard, ReadOnlySpan<PanelRow> rows, IEnumerable<byte[]> texts)
    {
        var segment = new ShardSegment();
        foreach (byte[] text in texts)
            segment.Add(text);
        while (!rows.IsEmpty)
        {
            if (!Store.TryRent(out int block))
            {
                segment.Spill(Scratch(), Store);
                segment.Spill(Scratch(), rows);
                break;
            }
            int count = Math.Min(rows.Length, RowStore.BlockRows);
            rows[..count].CopyTo(Store.Rows(block));
            segment.Add(block);
            segment.SetLastRows(count);
            rows = rows[count..];
        }
        _segments[shard].Add(segment);
    }

    /// <summary>Copies the rows of a shard.</summary>
    internal void Copy(int shard, ShardBuffer buffer)
    {
        List<ShardSegment> segments = _segments[shard];
        buffer.Reserve(segments.Sum(segment => segment.Count), segments.Sum(segment => segment.TextBytes));
        int rows = 0, texts = 0;
        foreach (ShardSegment segment in segments)
        {
            segment.CopyTo(buffer.Rows[rows..], buffer.Texts[texts..], Store, _scratch);
            rows += segment.Count;
            texts += segment.TextBytes;
        }
    }
}

/// <summary>The rows of one shard, together: memory that a thread uses for one shard after the other.</summary>
internal sealed class ShardBuffer
{
    private PanelRow[] _rows = [];
    private byte[] _texts = [];
    private int _count;
    private int _textBytes;

    /// <summary>The rows.</summary>
    public Span<PanelRow> Rows => _rows.AsSpan(0, _count);

    /// <summary>The texts of persons without a key of digits, each after its length in four bytes, in the order of their rows.</summary>
    public Span<byte> Texts => _texts.AsSpan(0, _textBytes);

    /// <summary>Makes room.</summary>
    public void Reserve(int rows, int textBytes)
    {
        if (rows > _rows.Length)
            _rows = GC.AllocateUninitializedArray<PanelRow>(rows + (rows / 4));
        if (textBytes > _texts.Length)
            _texts = new byte[textBytes + (textBytes / 4)];
        _count = rows;
        _textBytes = textBytes;
    }
}
