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
    private int[] _slots = NewSlots(256);
    private volatile int _count;

    /// <inheritdoc/>
    public int Count => _count;

    /// <summary>The code of a text in UTF-8, given now if it has none yet.</summary>
    public int Code(ReadOnlySpan<byte> utf8)
    {
        lock (_adding)
        {
            int slot = SlotOf(utf8);
            if (_slots[slot] >= 0)
                return _slots[slot];
            int code = _count;
            if (code == _texts.Length)
                Grow();
            _texts[code] = utf8.ToArray();
            _slots[SlotOf(utf8)] = code;
            _count = code + 1;
            return code;
        }
    }

    /// <summary>The code of a text, given now if it has none yet.</summary>
    public int Code(string text) => Code(Encoding.UTF8.GetBytes(text));

    /// <summary>The code of a text, or <see cref="Missing"/> where it has none.</summary>
    public int Find(string text)
    {
        lock (_adding)
            return _slots[SlotOf(Encoding.UTF8.GetBytes(text))];
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
        var order = new int[_count];
        for (int code = 0; code < order.Length; code++)
            order[code] = code;
        Array.Sort(order, (a, b) => texts[a].AsSpan().SequenceCompareTo(texts[b]));
        return order;
    }

    private static int[] NewSlots(int size)
    {
        var slots = new int[size];
        Array.Fill(slots, Missing);
        return slots;
    }

    private int SlotOf(ReadOnlySpan<byte> utf8)
    {
        int mask = _slots.Length - 1;
        int slot = (int)Hashing.Bytes(utf8) & mask;
        while (_slots[slot] >= 0 && !utf8.SequenceEqual(_texts[_slots[slot]]))
            slot = (slot + 1) & mask;
        return slot;
    }

    // Texts move to a larger array that is published whole, so that readers need no lock.
    private void Grow()
    {
        byte[][] texts = _texts;
        Array.Resize(ref texts, texts.Length * 2);
        _texts = texts;
        _slots = NewSlots(texts.Length * 4);
        for (int code = 0; code < _count; code++)
            _slots[SlotOf(texts[code])] = code;
    }
}
