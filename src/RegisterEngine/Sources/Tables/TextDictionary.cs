using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>Gives each distinct value of any length a code, in the order of arrival, and keeps its bytes.</summary>
internal sealed class TextDictionary
{
    private const int HashShift = 32;

    private readonly Growing<int> _ends = new();
    private readonly ByteBuffer _bytes = new();

    // The hash of a value above its code and one more, or 0: what is found is nearly always the one that is looked for.
    private ulong[] _slots = new ulong[1 << 10];

    // How many can be found: all, or fewer where values were added that nobody has looked for since.
    private int _findable;

    /// <summary>How many there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Whether values have been looked for.</summary>
    public bool IsSearched => _findable > 0;

    /// <summary>Bytes of all.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>The value of a code.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.Written[(code == 0 ? 0 : _ends.Items[code - 1]).._ends.Items[code]];

    /// <summary>The code of a value, given now if it has none yet.</summary>
    public int CodeOf(ReadOnlySpan<byte> value)
    {
        if (_findable < Count)
            Catalogue();
        uint hash = HashOf(value);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
            if (_slots[slot] >> HashShift == hash && value.SequenceEqual(this[CodeIn(_slots[slot])]))
                return CodeIn(_slots[slot]);
        int code = Add(value);
        _slots[slot] = SlotOf(hash, code);
        if (++_findable * 2 > _slots.Length)
            Resize(_slots.Length * 2);
        return code;
    }

    /// <summary>Adds a value that is not there, and returns its code.</summary>
    public int Add(ReadOnlySpan<byte> value)
    {
        _bytes.Append(value);
        _ends.Add(_bytes.Length);
        return Count - 1;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _ends.Clear();
        if (IsSearched)
            Array.Clear(_slots);
        _findable = 0;
    }

    // Makes values findable that were added without a look.
    private void Catalogue()
    {
        Resize(Math.Max(_slots.Length, (int)BitOperations.RoundUpToPowerOf2((uint)Count * 2)));
        for (; _findable < Count; _findable++)
            Put(SlotOf(HashOf(this[_findable]), _findable));
    }

    private void Resize(int slots)
    {
        ulong[] before = _slots;
        _slots = new ulong[slots];
        foreach (ulong slot in before)
            if (slot != 0)
                Put(slot);
    }

    private void Put(ulong slot)
    {
        int mask = _slots.Length - 1;
        int at = (int)(slot >> HashShift) & mask;
        while (_slots[at] != 0)
            at = (at + 1) & mask;
        _slots[at] = slot;
    }

    private static ulong SlotOf(uint hash, int code) => ((ulong)hash << HashShift) | (uint)(code + 1);

    private static int CodeIn(ulong slot) => (int)(uint)slot - 1;

    private static uint HashOf(ReadOnlySpan<byte> value) => (uint)(Hashing.Bytes(value) >> 32);
}
