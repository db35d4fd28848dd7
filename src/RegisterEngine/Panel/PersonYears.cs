using RegisterEngine.Kernels;


namespace RegisterEngine.Panel;

/// <summary>The panel: all person-years, in shards, held in memory or on disk as the budget allows. Shards and the rows in them have a fixed order.</summary>
public sealed class PersonYears
{
    private readonly PersonShards _shards;

    internal PersonYears(PersonShards shards, PanelCodes codes, long count)
    {
        _shards = shards;
        Codes = codes;
        Count = count;
    }

    /// <summary>How many shards there are.</summary>
    public static int ShardCount => PersonShards.Count;

    /// <summary>Person-years in all.</summary>
    public long Count { get; }

    /// <summary>What the codes of the rows mean.</summary>
    public PanelCodes Codes { get; }

    /// <summary>Copies the person-years of a shard. May be called from any thread.</summary>
    /// <param name="shard">Which, from 0.</param>
    /// <param name="target">Where to; what was there is gone.</param>
    public void Read(int shard, PanelShard target)
    {
        _shards.Copy(shard, target.Buffer);
        target.FindTexts();
    }
}

/// <summary>The person-years of one shard, by a hash of the person, then by year: memory that is used for one shard after the other.</summary>
public sealed class PanelShard
{
    private readonly List<(int At, int Length)> _texts = [];

    /// <summary>The most bytes that a key of digits has.</summary>
    public const int LongestDigits = DigitKey.MaxLength;

    /// <summary>The person-years.</summary>
    public ReadOnlySpan<PanelRow> Rows => Buffer.Rows;

    internal ShardBuffer Buffer { get; } = new();

    /// <summary>The key of a person in UTF-8.</summary>
    /// <param name="person">As a row has it.</param>
    /// <param name="digits">Room for <see cref="LongestDigits"/> bytes, where keys of digits are written.</param>
    public ReadOnlySpan<byte> KeyOf(long person, Span<byte> digits)
    {
        if (person >= 0)
            return digits[..DigitKey.Format(person, digits)];
        (int at, int length) = _texts[(int)(person & int.MaxValue)];
        return Buffer.Texts.Slice(at, length);
    }

    internal void FindTexts()
    {
        _texts.Clear();
        ReadOnlySpan<byte> texts = Buffer.Texts;
        for (int at = 0; at < texts.Length;)
        {
            int length = BitConverter.ToInt32(texts[at..]);
            _texts.Add((at + sizeof(int), length));
            at += sizeof(int) + length;
        }
    }
}
