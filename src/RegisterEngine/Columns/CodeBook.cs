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

    private readonly Lock _adding = new();
    private volatile byte[][] _texts = new byte[64][];
    private Slot[] _slots = new Slot[256];
    private volatile int _count;

    /// <inheritdoc/>
    public int Count => _count;

    /// <summary>The code of a text in UTF-8, given now if it has none yet.</summary>
    public int Code(ReadOnlySpan<byte> utf8)
    {
        lock (_adding)
        {
            ulong hash = Hashing.Bytes(utf8);
            int slot = SlotOf(hash, utf8);
            if (_slots[slot].Code != Missing)
                return _slots[slot].Code;
            int code = _count;
            if (code == _texts.Length)
            {
                Grow();
                slot = SlotOf(hash, utf8);
            }
            _texts[code] = utf8.ToArray();
            _slots[slot] = new Slot(code, hash);
            _count = code + 1;
            return code;
        }
    }

    /// <summary>The code of a text, given now if it has none yet.</summary>
    public int Code(string text) => Code(Encoding.UTF8.GetBytes(text));

    /// <summary>The code of a text, or <see cref="Missing"/> where it has none.</summary>
    public int Find(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        lock (_adding)
            return _slots[SlotOf(Hashing.Bytes(utf8), utf8)].Code;
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

    private int SlotOf(ulong hash, ReadOnlySpan<byte> utf8)
    {
        int mask = _slots.Length - 1;
        int at = (int)hash & mask;
        while (_slots[at].Code != Missing && !(_slots[at].IsOf(hash) && utf8.SequenceEqual(_texts[_slots[at].Code])))
            at = (at + 1) & mask;
        return at;
    }

    // Texts move to a larger array that is published whole, so that readers need no lock.
    private void Grow()
    {
        byte[][] texts = _texts;
        Array.Resize(ref texts, texts.Length * 2);
        _texts = texts;
        Slot[] before = _slots;
        _slots = new Slot[texts.Length * 4];
        int mask = _slots.Length - 1;
        foreach (Slot slot in before)
        {
            if (slot.Code == Missing)
                continue;
            int at = slot.Tag & mask;
            while (_slots[at].Code != Missing)
                at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }

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

    // The lowest bits of the hash spare looking at most texts that are others, and at all texts where slots are dealt out anew.
    private readonly struct Slot(int code, ulong hash)
    {
        private readonly int _codePlusOne = code + 1;

        public int Code => _codePlusOne - 1;

        public int Tag { get; } = (int)hash;

        public bool IsOf(ulong other) => Tag == (int)other;
    }
}
