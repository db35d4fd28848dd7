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
    /// <summary>How many shards there are.</summary>
    public const int Count = 1 << ShardKey.Bits;

    private readonly Lock _adding = new();
    private readonly ShardOptions _options;
    private readonly List<ShardSegment>[] _segments = Arrays.Make(Count, _ => new List<ShardSegment>());
    private ScratchFile? _scratch;

    /// <summary>Empty shards.</summary>
    public PersonShards(RegisterBooks books, ShardOptions options)
    {
        _options = options;
        Books = books;
        Memory = new BlockPool(options.RowBudget);
    }

    /// <summary>What the codes of rows mean.</summary>
    public RegisterBooks Books { get; }

    /// <summary>Rows by unit and year, once all writers have finished.</summary>
    public DeliveryCounts Deliveries { get; } = new();

    /// <summary>Bytes that lie on disk.</summary>
    public long SpilledBytes => _scratch?.Length ?? 0;

    /// <summary>Where rows are held.</summary>
    internal BlockPool Memory { get; }

    /// <summary>Memory that person-years, being fewer than the rows that they are made from, leave to others; new one where rows had to go to disk.</summary>
    internal BlockPool SpareMemory => _scratch is null ? Memory : new BlockPool();

    /// <summary>A writer for one thread.</summary>
    public ShardWriter NewWriter() => new(this);

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    internal ScratchFile Scratch()
    {
        lock (_adding)
            return _scratch ??= new ScratchFile(_options.ScratchFolder);
    }

    internal void Add(ShardSegment[] segments)
    {
        lock (_adding)
            for (int shard = 0; shard < Count; shard++)
                _segments[shard].Add(segments[shard]);
    }

    internal void Add(DeliveryCounts deliveries)
    {
        lock (_adding)
            Deliveries.Merge(deliveries);
    }

    /// <summary>Takes the rows of a shard out.</summary>
    internal void Take(int shard, ShardBuffer buffer)
    {
        List<ShardSegment> segments = _segments[shard];
        buffer.Reserve(segments.Sum(segment => segment.Count), segments.Sum(segment => segment.TextBytes));
        int rows = 0, texts = 0;
        foreach (ShardSegment segment in segments)
        {
            segment.CopyTo(buffer.Rows[rows..], buffer.Texts[texts..], Memory, _scratch);
            rows += segment.Count;
            texts += segment.TextBytes;
            segment.Release(Memory);
        }
        segments.Clear();
    }

    /// <summary>Puts person-years in the place of the rows that they were made from.</summary>
    internal void Put(int shard, ReadOnlySpan<PanelRow> rows, IEnumerable<byte[]> texts)
    {
        ShardSegment segment = TryHold(shard, RowForm.Compact, rows) ?? TryHold(shard, RowForm.Whole, rows)!;
        foreach (byte[] text in texts)
            segment.Add(text);
        if (segment.Count < rows.Length)
        {
            segment.Spill(Scratch(), Memory);
            segment.Spill(Scratch(), rows[segment.Count..]);
        }
        _segments[shard].Add(segment);
    }

    // Rows in memory, as many as there is room for; null where some do not fit in a form.
    private ShardSegment? TryHold(int shard, RowForm form, ReadOnlySpan<PanelRow> rows)
    {
        var segment = new ShardSegment(shard, form);
        while (!rows.IsEmpty && Memory.TryRent(out int block))
        {
            int count = Math.Min(rows.Length, form.BlockRows);
            segment.Add(block);
            segment.SetLastRows(count);
            if (!form.TryWrite(rows[..count], Memory.Slabs.Words(block)))
            {
                segment.Release(Memory);
                return null;
            }
            rows = rows[count..];
        }
        return segment;
    }

    /// <summary>Copies the rows of a shard.</summary>
    internal void Copy(int shard, ShardBuffer buffer)
    {
        List<ShardSegment> segments = _segments[shard];
        buffer.Reserve(segments.Sum(segment => segment.Count), segments.Sum(segment => segment.TextBytes));
        int rows = 0, texts = 0;
        foreach (ShardSegment segment in segments)
        {
            segment.CopyTo(buffer.Rows[rows..], buffer.Texts[texts..], Memory, _scratch);
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
