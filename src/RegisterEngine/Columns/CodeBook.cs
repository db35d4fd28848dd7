using System.Buffers.Binary;
using System.Text;
using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>
/// Gives each distinct text of a column a code, 0, 1, 2 ... in the order of arrival. One book serves all batches, files and threads of a run, so
/// equal codes mean equal texts from there on.
/// </summary>
/// <remarks>
/// Codes depend on which thread came first; nothing that leaves the engine may. Whatever is ordered uses <see cref="Ranks"/>, whatever is
/// printed uses <see cref="Text"/>. All members may be called from any thread.
/// </remarks>
public sealed class CodeBook : ICodes
{
    /// <summary>The code that stands for a missing text.</summary>
    public const int Missing = -1;

    private const int TagShift = 32;

    private readonly Lock _adding = new();
    private volatile byte[][] _texts = new byte[64][];

    // The lowest bits of the hash above the code and one more, or 0: they spare looking at most texts that are others, and at all texts where slots are dealt out anew.
    private volatile ulong[] _slots = new ulong[128];
    private volatile int _count;

    /// <inheritdoc/>
    public int Count => _count;

    /// <summary>The code of a text in UTF-8, given now if it has none yet.</summary>
    public int Code(ReadOnlySpan<byte> utf8)
    {
        ulong hash = Hashing.Bytes(utf8);
        int code = Find(hash, utf8, out _);
        return code != Missing ? code : Add(hash, utf8);
    }

    /// <summary>The code of a text that is likely to have a certain one; given now if it has none yet.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="likely">The code that is looked at first: none of this book does no harm.</param>
    internal int Code(ReadOnlySpan<byte> utf8, int likely) => (uint)likely < (uint)_count && utf8.SequenceEqual(_texts[likely]) ? likely : Code(utf8);

    /// <summary>The code of a text, given now if it has none yet.</summary>
    public int Code(string text) => Code(Encoding.UTF8.GetBytes(text));

    /// <summary>The code of a text, or <see cref="Missing"/> where it has none.</summary>
    public int Find(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Find(Hashing.Bytes(utf8), utf8, out _);
    }

    /// <summary>The text of a code, in UTF-8; empty for <see cref="Missing"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int code) => code == Missing ? [] : _texts[code];

    /// <summary>The text of a code; empty for <see cref="Missing"/>.</summary>
    public string Text(int code) => Encoding.UTF8.GetString(Utf8(code));

    /// <summary>For each code, the place of its text in ordinal order (by bytes of UTF-8, which is the order of code points).</summary>
    public int[] Ranks()
    {
        int count = _count;
        var ranks = new int[count];
        int[] order = Order();
        for (int place = 0; place < count; place++)
            ranks[order[place]] = place;
        return ranks;
    }

    /// <summary>All codes, by the ordinal order of their texts.</summary>
    public int[] Order()
    {
        byte[][] texts = _texts;
        var entries = new Entry[_count];
        for (int code = 0; code < entries.Length; code++)
            entries[code] = new Entry(texts[code], code);
        entries.AsSpan().Sort((a, b) => a.First != b.First ? a.First.CompareTo(b.First)
            : a.Second != b.Second ? a.Second.CompareTo(b.Second)
            : texts[a.Code].AsSpan().SequenceCompareTo(texts[b.Code]));
        return Array.ConvertAll(entries, entry => entry.Code);
    }

    // Takes no lock: who sees a slot sees the text that was written before it; and who sees an array from before it grew does not find what came after.
    private int Find(ulong hash, ReadOnlySpan<byte> utf8, out int at)
    {
        ulong[] slots = _slots;
        int mask = slots.Length - 1;
        for (at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ulong slot = Volatile.Read(ref slots[at]);
            if (slot == 0)
                return Missing;
            if (slot >> TagShift == (uint)hash && utf8.SequenceEqual(_texts[CodeIn(slot)]))
                return CodeIn(slot);
        }
    }

    private int Add(ulong hash, ReadOnlySpan<byte> utf8)
    {
        lock (_adding)
        {
            if (_count == _texts.Length)
                Grow();
            int code = Find(hash, utf8, out int at);
            if (code != Missing)
                return code;
            code = _count;
            _texts[code] = utf8.ToArray();
            Volatile.Write(ref _slots[at], ((ulong)(uint)hash << TagShift) | (uint)(code + 1));
            _count = code + 1;
            return code;
        }
    }

    // Texts and slots move to larger arrays that are published whole.
    private void Grow()
    {
        byte[][] texts = _texts;
        Array.Resize(ref texts, texts.Length * 2);
        _texts = texts;
        ulong[] slots = new ulong[texts.Length * 2];
        int mask = slots.Length - 1;
        foreach (ulong slot in _slots)
        {
            if (slot == 0)
                continue;
            int at = (int)(slot >> TagShift) & mask;
            while (slots[at] != 0)
                at = (at + 1) & mask;
            slots[at] = slot;
        }
        _slots = slots;
    }

    private static int CodeIn(ulong slot) => (int)(uint)slot - 1;

    // A code beside the first sixteen bytes of its text, as two numbers that compare as they do: hardly any text is looked at again. A shorter one ends in zeros.
    private readonly struct Entry
    {
        public Entry(ReadOnlySpan<byte> utf8, int code)
        {
            Span<byte> first = stackalloc byte[2 * sizeof(ulong)];
            first.Clear();
            utf8[..Math.Min(utf8.Length, first.Length)].CopyTo(first);
            First = BinaryPrimitives.ReadUInt64BigEndian(first);
            Second = BinaryPrimitives.ReadUInt64BigEndian(first[sizeof(ulong)..]);
            Code = code;
        }

        public ulong First { get; }

        public ulong Second { get; }

        public int Code { get; }
    }
}
